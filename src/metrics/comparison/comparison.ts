import type { Change, Comparison, ComparisonKind } from "../answer.ts";
import { shiftDaysOf } from "../period.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";

const totals = statementOf(new URL("./totals.sql", import.meta.url));

/** Both sides of a comparison, over the café-days that are compared. Money is whole pence. */
export interface ComparedTotals {
  cafesCompared: number;
  cafeDaysCompared: number;
  cafeDaysLeftOut: number;
  nowPence: number;
  beforePence: number;
  nowReceipts: number;
  beforeReceipts: number;
  nowItems: number;
  beforeItems: number;
  nowIdentifiedReceipts: number;
  beforeIdentifiedReceipts: number;
  nowIdentifiedCustomers: number;
  beforeIdentifiedCustomers: number;
}

/** The like-for-like totals of the question's period against its counterpart of that kind. */
export async function comparedTotals(question: Question, kind: ComparisonKind): Promise<ComparedTotals> {
  const [row] = await question.query<ComparedTotals>(totals, {
    comparison: question.counterpart(kind),
  });
  if (!row) throw new Error("An aggregate without groups always has one row.");
  return row;
}

/** How the comparison reads in an answer; null when no day can be compared. */
export function comparisonFrom(question: Question, kind: ComparisonKind, found: ComparedTotals): Comparison | null {
  if (found.cafeDaysCompared === 0) return null;
  const { from, to } = question.counterpart(kind);
  const { cafesCompared, cafeDaysCompared, cafeDaysLeftOut } = found;
  return {
    kind,
    from,
    to,
    shiftDays: shiftDaysOf(question.period.days, kind),
    cafesCompared,
    cafeDaysCompared,
    cafeDaysLeftOut,
  };
}

/** The change from one number to another. */
export function changeOf(now: number, before: number): Change {
  return { now, before, difference: now - before, ratio: before === 0 ? null : (now - before) / before };
}

/** The change of a ratio such as average spend; null when one side has nothing to divide by. */
export function changeOfRatio(now: number, nowBy: number, before: number, beforeBy: number): Change | null {
  return nowBy === 0 || beforeBy === 0 ? null : changeOf(now / nowBy, before / beforeBy);
}
