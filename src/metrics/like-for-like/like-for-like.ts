import { type ComparisonKind, comparisonKind } from "../answer.ts";
import { added, changeOf, changeOfRatio, nobodysSides, totalsOf } from "../comparison/comparison.ts";
import { readLeftOut } from "../comparison/left-out.ts";
import type { Metric } from "../metric.ts";
import { shiftDaysOf } from "../period.ts";
import type { Question } from "../question.ts";
import { type LikeForLikeAnswer, likeForLikeAnswer } from "./schema.ts";

/** How do sales compare, over what is there on both sides? */
export const likeForLike: Metric<Record<never, never>, LikeForLikeAnswer> = {
  name: "like-for-like",
  question: "How do sales compare with the week and the year before, like for like, and what is left out of that?",
  formula:
    "Over café-days on which the café was open and delivered in the period and 7 (or 364) days before, or the next multiple of that " +
    "at least as long as the period. A day with a bank holiday where the café is, on one side only, is left out. Compared + left " +
    "out = everything delivered, on both sides.",
  grain: "A comparison; a café and reason for what is left out.",
  units: "Pence; receipts; mean pence a receipt; mean items a receipt; café-days.",
  suppression: "None: totals of the cafés asked about.",
  answer: likeForLikeAnswer,
  table: "excluded",
  async run(question) {
    const [head, comparisons, excluded] = await Promise.all([
      question.head(),
      Promise.all(comparisonKind.options.map((kind) => comparedWith(question, kind))),
      readExcluded(question),
    ]);
    return { ...head, comparisons, excluded };
  },
};

/** A long period has the same counterpart of either kind: then what is left out is looked up once. */
async function readExcluded(question: Question): Promise<LikeForLikeAnswer["excluded"]> {
  const [week, year] = comparisonKind.options.map((kind) => shiftDaysOf(question.period.days, kind));
  const ofWeek = readLeftOut(question, "week");
  const ofYear = week === year ? ofWeek : readLeftOut(question, "year");
  const [inWeek, inYear] = await Promise.all([ofWeek, ofYear]);
  return [
    ...inWeek.map((entry) => ({ kind: "week" as const, ...entry })),
    ...inYear.map((entry) => ({ kind: "year" as const, ...entry })),
  ];
}

async function comparedWith(
  question: Question,
  kind: ComparisonKind,
): Promise<LikeForLikeAnswer["comparisons"][number]> {
  const outcomes = await question.outcomes(kind);
  const both = totalsOf(outcomes);
  const leftOut = outcomes.filter((row) => row.outcome !== "compared").reduce(added, nobodysSides);
  const { from, to } = question.counterpart(kind);
  const compared = both.cafeDaysCompared > 0;
  return {
    kind,
    from,
    to,
    shiftDays: shiftDaysOf(question.period.days, kind),
    cafesCompared: both.cafesCompared,
    cafeDaysCompared: both.cafeDaysCompared,
    cafeDaysLeftOut: both.cafeDaysLeftOut,
    sales: compared ? changeOf(both.nowPence, both.beforePence) : null,
    receipts: compared ? changeOf(both.nowReceipts, both.beforeReceipts) : null,
    averageSpend: changeOfRatio(both.nowPence, both.nowReceipts, both.beforePence, both.beforeReceipts),
    itemsPerReceipt: changeOfRatio(both.nowItems, both.nowReceipts, both.beforeItems, both.beforeReceipts),
    comparedPence: both.nowPence,
    leftOutPence: leftOut.nowPence,
    beforeComparedPence: both.beforePence,
    beforeLeftOutPence: leftOut.beforePence,
  };
}
