import type { ComparisonKind, Period } from "./answer.ts";

const millisecondsADay = 86_400_000;

/** Days that one answer may be about. */
export const longestPeriod = 1100;

/** The date so many days later (or earlier, when negative). Business dates have no clock, so UTC days are exact. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * millisecondsADay).toISOString().slice(0, 10);
}

/** The earlier of two dates. */
export function earlierOf(one: string, other: string): string {
  return [one, other].sort()[0] as string;
}

/** The later of two dates. */
export function laterOf(one: string, other: string): string {
  return [one, other].sort()[1] as string;
}

/** The Monday of the date's week. */
export function mondayOf(date: string): string {
  return addDays(date, -((new Date(date).getUTCDay() + 6) % 7));
}

/** How many days later the second date is than the first; negative when it is earlier. */
export function daysBetween(one: string, other: string): number {
  return Math.round((Date.parse(other) - Date.parse(one)) / millisecondsADay);
}

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
