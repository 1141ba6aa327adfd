import { changeOf } from "../comparison/comparison.ts";
import {
  type ActivityRow,
  activitySum,
  publishSegments,
  readActivity,
  rowsOfGroup,
  rowsOfSide,
  segments,
} from "../customer-activity/activity.ts";
import type { Metric } from "../metric.ts";
import type { Question } from "../question.ts";
import { breakdownBefore, inBreakdownWeeks } from "../suppression/permitted.ts";
import type { CustomerParams } from "../suppression/schema.ts";
import { fewestCustomers } from "../suppression/withheld.ts";
import { type CustomerSegmentsAnswer, customerSegmentsAnswer } from "./schema.ts";

type Segment = (typeof segments)[number];

const words: Record<Segment, readonly [name: string, meaning: string]> = {
  regulars: ["Regulars", "about once a week or more"],
  frequent: ["Frequent", "two or three times a month"],
  occasional: ["Occasional", "less often, more than one visit"],
  new: ["New", "first visit in the last 28 days"],
  one_visit: ["One visit", "came once in the 13 weeks, not for the first time in the last 28 days"],
  slipping_away: ["Slipping away", "came three times or more, not seen for 42 days"],
  gone_quiet: ["Gone quiet", "came weekly, not seen for 21 days"],
};

/** Who are the customers, and what do they spend? */
export const customerSegments: Metric<CustomerParams, CustomerSegmentsAnswer> = {
  name: "customer-segments",
  question: "Who are the customers, by recency, frequency and spend?",
  formula:
    "Over the 13 weeks to the period's last whole week, first match: New (first receipt here in the last 28 days), Gone quiet " +
    "(4 visits or more, at least one a week while they came, none for 21 days), Slipping away (3 or more, none for 42 days), " +
    "Regulars (12 or more), Frequent (6 or more), Occasional (2 or more), One visit. A visit is a day with a receipt.",
  grain: "A segment.",
  units: "Customers; visits; pence; ratio.",
  suppression: "Below head office: one café or region, segments of 10 or more, never all but one small one.",
  answer: customerSegmentsAnswer,
  table: "segments",
  async run(asked, { names }) {
    const question = await inBreakdownWeeks(asked);
    const withNames = names === "yes";
    const earlier = await breakdownBefore(question);
    const [head, activity] = await Promise.all([
      question.head(),
      readActivity(question, { withNames, before: earlier }),
    ]);
    const now = segmentsOf(question, rowsOfSide(activity, 1), withNames);
    const before = earlier && segmentsOf(earlier, rowsOfSide(activity, 0), withNames);
    const { customers, visits, totalPence } = now.total;
    return {
      ...head,
      suppressed: !question.isHeadOffice,
      segments: segments.map((segment) => {
        const [name, meaning] = words[segment];
        const own = now.shown(segment);
        const previous = before?.shown(segment);
        // How many are new is the café's own business; what fewer than ten of them spent is not.
        const spent = question.isHeadOffice || (own?.customers ?? 0) >= fewestCustomers ? own : null;
        return {
          segment,
          name,
          meaning,
          customers: own?.customers ?? null,
          customersChange: own && previous ? changeOf(own.customers, previous.customers) : null,
          customersShare: divided(own?.customers, customers),
          visits: spent?.visits ?? null,
          totalPence: spent?.totalPence ?? null,
          salesShare: divided(spent?.totalPence, totalPence),
          visitsEach: divided(spent?.visits, spent?.customers),
          spendPerVisitPence: divided(spent?.totalPence, spent?.visits),
        };
      }),
      customers,
      customersChange: before ? changeOf(customers, before.total.customers) : null,
      visits,
      totalPence,
    };
  },
};

/** The sums of each segment that the caller may see, and of everybody. */
function segmentsOf(question: Question, activity: readonly ActivityRow[], withNames: boolean) {
  const rows = rowsOfGroup(activity, 0, withNames);
  const { hidden } = publishSegments(question, activity)(0, withNames);
  const inSegment = (segment: Segment) => rows.filter((row: ActivityRow) => row.segment === segment);
  return {
    total: activitySum(rows),
    shown: (segment: Segment) => (hidden.has(segment) ? null : activitySum(inSegment(segment))),
  };
}

function divided(part: number | null | undefined, whole: number | null | undefined): number | null {
  return part === null || part === undefined || !whole ? null : part / whole;
}
