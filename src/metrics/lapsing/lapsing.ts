import { changeOf } from "../comparison/comparison.ts";
import {
  type ActivityRow,
  absences,
  activitySum,
  cellsBy,
  publishSegments,
  readActivity,
  rowsOfGroup,
  rowsOfSide,
} from "../customer-activity/activity.ts";
import type { Metric } from "../metric.ts";
import type { Question } from "../question.ts";
import { breakdownBefore, inBreakdownWeeks, publishing } from "../suppression/permitted.ts";
import type { CustomerParams } from "../suppression/schema.ts";
import { type LapsingAnswer, lapsingAnswer } from "./schema.ts";

/** Who used to come weekly and stays away, and what are they worth? */
export const lapsing: Metric<CustomerParams, LapsingAnswer> = {
  name: "lapsing",
  question: "Which customers have gone quiet, and what are they worth?",
  formula:
    "The segment Gone quiet over the 13 weeks to the period's last whole week: 4 visits or more, at least one a week while they " +
    "came, none for 21 days; a visit is a day with a receipt. Worth: their sales / days while they came (28 at least) × 365 / 12.",
  grain: "A length of absence.",
  units: "Customers; pence a month.",
  suppression:
    "Below head office: one café or region; lengths of absence and their worth from 10 customers on, never all but one small one.",
  answer: lapsingAnswer,
  table: "absences",
  async run(asked, { names }) {
    const question = await inBreakdownWeeks(asked);
    const withNames = names === "yes";
    const earlier = await breakdownBefore(question);
    const [head, activity] = await Promise.all([
      question.head(),
      readActivity(question, { withNames, before: earlier }),
    ]);
    const now = lapsed(question, rowsOfSide(activity, 1), withNames);
    const before = earlier && lapsed(earlier, rowsOfSide(activity, 0), withNames);
    return {
      ...head,
      suppressed: !question.isHeadOffice,
      customers: now.all?.customers ?? null,
      customersChange: now.all && before?.all ? changeOf(now.all.customers, before.all.customers) : null,
      worthPence: now.all?.worthPence ?? null,
      absences: absences.map((days) => {
        const own = now.absent(days);
        return { days, customers: own?.customers ?? null, worthPence: own?.worthPence ?? null };
      }),
    };
  },
};

/** The sums of all who lapsed and of each length of absence, as far as the caller may see them: nothing of a segment that is withheld. */
function lapsed(question: Question, activity: readonly ActivityRow[], withNames: boolean) {
  const rows = activity.filter(({ segment }) => segment === "gone_quiet");
  const own = rowsOfGroup(rows, 0, withNames);
  const segment = publishSegments(question, activity)(0, withNames);
  const lengths = publishing(question, (group, named) => cellsBy(rowsOfGroup(rows, group, named), "absence", absences));
  const { hidden } = lengths(0, withNames);
  const all = segment.hidden.has("gone_quiet") ? null : activitySum(own);
  return {
    all,
    absent: (days: (typeof absences)[number]) =>
      all === null || hidden.has(days) ? null : activitySum(own.filter(({ absence }) => absence === days)),
  };
}
