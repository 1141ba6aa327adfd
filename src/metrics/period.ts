import { addDays, daysBetween } from "#core/day.ts";
import type { ComparisonKind, Period } from "./answer.ts";

/** Days that one answer may be about. */
export const longestPeriod = 1100;

/** Days from the first to the last, both included. */
export function periodOf(from: string, to: string): Period {
  return { from, to, days: daysBetween(from, to) + 1 };
}

/** The date itself, or the nearest one that has data. */
export function clamped(date: string, { first, last }: { first: string; last: string }): string {
  if (date < first) return first;
  return date > last ? last : date;
}

/** The period moved by so many days. */
export function shifted({ from, to, days }: Period, by: number): Period {
  return { from: addDays(from, by), to: addDays(to, by), days };
}

/**
 * How far back a period's counterpart lies: the smallest multiple of 7 (or 364) days that is at least as long as the period.
 * Multiples of seven keep the weekdays together; at least as long keeps the two from overlapping.
 */
export function shiftDaysOf(days: number, kind: ComparisonKind): number {
  const step = kind === "week" ? 7 : 364;
  return -step * Math.ceil(days / step);
}
