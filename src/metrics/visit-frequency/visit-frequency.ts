import {
  type ActivityRow,
  activitySum,
  cellsBy,
  publishSegments,
  readActivity,
  rowsOfGroup,
  type segments,
  visitBands,
} from "../customer-activity/activity.ts";
import type { Metric } from "../metric.ts";
import type { Question } from "../question.ts";
import { type Breakdown, inBreakdownWeeks, publishing } from "../suppression/permitted.ts";
import type { CustomerParams } from "../suppression/schema.ts";
import type { Published } from "../suppression/withheld.ts";
import { type VisitFrequencyAnswer, visitFrequencyAnswer } from "./schema.ts";

/** How often do customers come? */
export const visitFrequency: Metric<CustomerParams, VisitFrequencyAnswer> = {
  name: "visit-frequency",
  question: "How often do customers come?",
  formula:
    "Identified customers by their visits to the cafés asked about, over the 13 weeks to the period's last whole week. A visit is " +
    "a day with a receipt: whoever pays twice on a day came once.",
  grain: "A number of visits, in five bands.",
  units: "Customers; visits; ratio.",
  suppression: "Below head office: one café or region, bands of 10 or more, never all but one small one.",
  answer: visitFrequencyAnswer,
  table: "bands",
  async run(asked, { names }) {
    const question = await inBreakdownWeeks(asked);
    const withNames = names === "yes";
    const [head, activity] = await Promise.all([question.head(), readActivity(question, { withNames, before: null })]);
    const { customers, visits: visitsOfAll } = activitySum(rowsOfGroup(activity, 0, withNames));
    const { cells, hidden } = publishBands(question, activity)(0, withNames);
    const bands = visitBands.map((visits) => {
      const shown = hidden.has(visits) ? null : (cells.get(visits) ?? 0);
      return { visits, customers: shown, share: shown === null || customers === 0 ? null : shown / customers };
    });
    const [once] = bands;
    return {
      ...head,
      suppressed: !question.isHeadOffice,
      customers,
      visits: visitsOfAll,
      visitsEach: customers === 0 ? null : visitsOfAll / customers,
      cameAgainShare: once?.share == null ? null : 1 - once.share,
      bands,
    };
  },
};

/**
 * Segments whose customers are all in one band. Regulars come 12 times or more, on purpose: were they within the band of 13 or
 * more, the few that this band has besides would mostly hide it.
 */
const segmentWithin: Partial<Record<(typeof visitBands)[number], (typeof segments)[number]>> = {
  "1": "one_visit",
  "6-12": "frequent",
};

/** The bands as the caller may see them, who may see the segments too: Frequent customers are among those with 6 to 12 visits. */
function publishBands(question: Question, activity: readonly ActivityRow[]): Breakdown<Published> {
  const segmentsOf = publishSegments(question, activity);
  return publishing(
    question,
    (group, withNames) => cellsBy(rowsOfGroup(activity, group, withNames), "band", visitBands),
    (group, withNames) => {
      const { cells, hidden } = segmentsOf(group, withNames);
      const shown = visitBands.filter((band) => !hidden.has(segmentWithin[band] ?? ""));
      return [
        {
          cells: new Map(shown.map((band) => [band, cells.get(segmentWithin[band] ?? "") ?? 0])),
          hidden: new Set(visitBands.filter((band) => segmentWithin[band] === undefined || !shown.includes(band))),
        },
      ];
    },
  );
}
