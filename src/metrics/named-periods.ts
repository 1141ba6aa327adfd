import { addDays } from "#core/day.ts";
import type { Period } from "./answer.ts";
import { clamped, periodOf } from "./period.ts";

/** The periods that have a name, in the order they are offered. */
export const namedPeriods = ["yesterday", "7d", "28d", "this-month", "last-month"] as const;
type NamedPeriod = (typeof namedPeriods)[number];

/** The days of every named period, in the order they are offered; null for one of which no day has data. */
export function namedPeriodsOf(dates: { first: string; last: string }): Record<NamedPeriod, Period | null> {
  return Object.fromEntries(namedPeriods.map((name) => [name, namedPeriod(name, dates)])) as Record<
    NamedPeriod,
    Period | null
  >;
}

/**
 * The days that a name means: counted from the last day that has data, not from today, and kept within the days that have data.
 * Months are those of the calendar.
 */
function namedPeriod(name: NamedPeriod, dates: { first: string; last: string }): Period | null {
  const { first, last } = dates;
  const monthBefore = addDays(monthStart(last), -1);
  const [from, to] = {
    yesterday: [last, last],
    "7d": [addDays(last, -6), last],
    "28d": [addDays(last, -27), last],
    "this-month": [monthStart(last), last],
    "last-month": [monthStart(monthBefore), monthBefore],
  }[name] as [string, string];
  // In the first month of all there is no month before: its nearest days would be this month's.
  if (to < first) return null;
  return periodOf(clamped(from, dates), clamped(to, dates));
}

function monthStart(date: string): string {
  return `${date.slice(0, 8)}01`;
}
