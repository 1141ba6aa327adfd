import { addDays } from "#core/day.ts";
import type { ComparisonKind, Period } from "../answer.ts";
import { NoDataError, ParameterError } from "../errors.ts";
import { clamped, longestPeriod, periodOf } from "../period.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";

const wholePeriodsStatement = statementOf(new URL("./whole-periods.sql", import.meta.url));

/** What a period is compared with, and how. */
export interface Versus {
  readonly before: Period;
  /** Each day with its counterpart; else the two as wholes. */
  readonly byDay: boolean;
  /** Which comparison this is; null for any other period. */
  readonly kind: ComparisonKind | null;
}

/** A café in both periods, with one outcome: compared, or the reason why not. Money is whole pence. */
export interface CafeSides {
  cafeId: number;
  name: string;
  region: string;
  outcome: string;
  nowDays: number;
  beforeDays: number;
  nowReceipts: number;
  beforeReceipts: number;
  nowItems: number;
  beforeItems: number;
  nowPence: number;
  beforePence: number;
}

/**
 * Any period that was named, else the counterpart.
 *
 * @throws ParameterError when the dates are the wrong way round, or too many, or only the last is given.
 * @throws NoDataError when nothing was loaded for them.
 */
export function versusOf(question: Question, beforeFrom?: string, beforeTo?: string): Versus {
  const { period, compare, dates } = question;
  if (beforeFrom === undefined) {
    if (beforeTo !== undefined)
      throw new ParameterError("beforeFrom", "`beforeTo` was given without `beforeFrom`.", "Give both.");
    const kind = compare === "none" ? "week" : compare;
    return { before: question.counterpart(kind), byDay: true, kind };
  }
  const before = periodOf(beforeFrom, beforeTo ?? addDays(beforeFrom, period.days - 1));
  if (before.days < 1) {
    throw new ParameterError("beforeFrom", "`beforeFrom` is later than `beforeTo`.", "Swap the two dates.");
  }
  if (before.days > longestPeriod) {
    throw new ParameterError("beforeFrom", `A period has at most ${longestPeriod} days.`, "Choose a later first day.");
  }
  if (before.from > dates.last || before.to < dates.first) {
    throw new NoDataError(`The data runs from ${dates.first} to ${dates.last}; there is none for the dates before.`);
  }
  if (before.days === period.days) return { before, byDay: true, kind: null };
  const [from, to] = [clamped(before.from, dates), clamped(before.to, dates)];
  return { before: periodOf(from, to), byDay: false, kind: null };
}

/** Every café with both its sides: what is compared, and what is not with the reason. */
export async function readCafeSides(question: Question, { before, byDay, kind }: Versus): Promise<CafeSides[]> {
  if (!byDay) return await question.query<CafeSides>(wholePeriodsStatement, { comparison: before });
  const outcomes = kind === null ? await question.outcomesAgainst(before) : await question.outcomes(kind);
  return outcomes.map((row) => ({ ...row, nowDays: row.days, beforeDays: row.days }));
}
