import { addDays, daysBetween } from "#core/day.ts";
import { Scope } from "#core/scope.ts";
import type { Change, Comparison, ComparisonKind, Period } from "../answer.ts";
import type { Cafe } from "../directory.ts";
import { shiftDaysOf } from "../period.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";

const outcomesStatement = statementOf(new URL("./outcomes.sql", import.meta.url));

/** Both sides of a comparison. Money is whole pence; identified customers are counted once a café and day. */
export interface Sides {
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

/** A café's days with one outcome of the comparison: `compared`, or the reason why they leave it. */
export interface OutcomeRow extends Sides {
  cafeId: number;
  name: string;
  region: string;
  outcome: string;
  openedOn: string | null;
  closedOn: string | null;
  closureReason: string | null;
  holiday: string | null;
  days: number;
  missingDays: number;
}

/** What is compared, altogether. */
export interface ComparedTotals extends Sides {
  cafesCompared: number;
  cafeDaysCompared: number;
  cafeDaysLeftOut: number;
}

/** Both sides of nothing. */
export const nobodysSides: Sides = {
  nowPence: 0,
  beforePence: 0,
  nowReceipts: 0,
  beforeReceipts: 0,
  nowItems: 0,
  beforeItems: 0,
  nowIdentifiedReceipts: 0,
  beforeIdentifiedReceipts: 0,
  nowIdentifiedCustomers: 0,
  beforeIdentifiedCustomers: 0,
};

type ReadRow = Omit<OutcomeRow, "name" | "region" | "closedOn"> & { shiftDays: number };

/**
 * The outcomes of these cafés, like for like, of the question's period against one or two others that are as long, in one reading:
 * by the first day of each.
 */
export async function readOutcomes(
  question: Question,
  cafes: readonly Cafe[],
  befores: readonly Period[],
): Promise<Map<string, OutcomeRow[]>> {
  const [before, other] = befores;
  if (before === undefined) return new Map();
  const { from } = question.period;
  const isOther = other !== undefined && other.from !== before.from;
  const rows = await question.query<ReadRow>(outcomesStatement, {
    scope: new Scope(cafes.map(({ cafeId }) => cafeId)),
    comparison: before,
    params: { other_shift_days: isOther ? daysBetween(from, other.from) : null },
  });
  const known = new Map(cafes.map((cafe) => [cafe.cafeId, cafe]));
  const outcomes = new Map<string, OutcomeRow[]>();
  for (const [shiftDays, ofShift] of Map.groupBy(rows, (row) => row.shiftDays)) {
    const named = ofShift.flatMap(({ shiftDays: _, ...row }) => {
      const cafe = known.get(row.cafeId);
      return cafe ? [{ ...row, name: cafe.name, region: cafe.region, closedOn: cafe.closedOn }] : [];
    });
    outcomes.set(addDays(from, shiftDays), named);
  }
  return outcomes;
}

/** The sum of what is compared. */
export function totalsOf(outcomes: readonly OutcomeRow[]): ComparedTotals {
  const compared = outcomes.filter((row) => row.outcome === "compared");
  const daysOf = (rows: readonly OutcomeRow[]) => rows.reduce((sum, { days }) => sum + days, 0);
  return {
    ...compared.reduce<Sides>(added, nobodysSides),
    cafesCompared: compared.length,
    cafeDaysCompared: daysOf(compared),
    cafeDaysLeftOut: daysOf(outcomes) - daysOf(compared),
  };
}

/** Both together. */
export function added(one: Sides, other: Sides): Sides {
  const sum = { ...nobodysSides };
  for (const name of Object.keys(nobodysSides) as (keyof Sides)[]) sum[name] = one[name] + other[name];
  return sum;
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
