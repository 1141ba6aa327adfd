import type { SqlValue } from "#core/ports/warehouse.ts";
import type { Period } from "../answer.ts";
import { addDays, daysBetween, laterOf } from "../period.ts";

/** A customer seen on one of the last so many days has not gone quiet. */
const recentDays = 21;

/**
 * What `activity_sides` is made of: the days of the period and of the weeks before it as masks, two months a mask. `last_pair` numbers
 * the two months in which the period ends, six numbers a year; the others count back from there.
 *
 * @param period 13 weeks at most
 * @param before the 13 weeks up to the day before the period; null where they are not asked about
 */
export function sideParams(period: Period, before: Period | null): Record<string, SqlValue> {
  const lastPair = pairOf(period.to);
  const params: Record<string, SqlValue> = { last_pair: lastPair };
  for (const place of [0, 1, 2, 3]) {
    params[`pair_${place}_first`] = monthOn(2 * (lastPair - place));
    params[`pair_${place}_second`] = monthOn(2 * (lastPair - place) + 1);
  }
  for (const [side, asked, late] of [["now", period, lastPair] as const, ["before", before, lastPair - 1] as const]) {
    const days = asked === null ? [] : daysOf(asked.from, asked.to);
    const recent = asked === null ? [] : daysOf(laterOf(asked.from, addDays(asked.to, 1 - recentDays)), asked.to);
    params[`${side}_late`] = maskOf(days, late);
    params[`${side}_middle`] = maskOf(days, late - 1);
    params[`${side}_early`] = maskOf(days, late - 2);
    params[`${side}_outer_recent`] = maskOf(recent, late) | maskOf(recent, late - 2);
    params[`${side}_middle_recent`] = maskOf(recent, late - 1);
  }
  return params;
}

/** The days of those two months, as `day_bits` has them: 31 bits for either month. */
function maskOf(days: readonly string[], pair: number): bigint {
  return days
    .filter((date) => pairOf(date) === pair)
    .map((date) => 1n << BigInt(Number(date.slice(8)) - 1 + 31 * ((Number(date.slice(5, 7)) + 1) % 2)))
    .reduce((mask, bit) => mask | bit, 0n);
}

function pairOf(date: string): number {
  return 6 * Number(date.slice(0, 4)) + Math.ceil(Number(date.slice(5, 7)) / 2) - 1;
}

function daysOf(from: string, to: string): string[] {
  const days: string[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) days.push(date);
  return days;
}

/**
 * What `customer_spending` is made of: whole months (twelve numbers a year), and the odd days at either end by which the period is
 * longer (1) or shorter (-1) than these. It begins and ends with the month that leaves fewest odd days, so they are 15 at most.
 */
export function spendingParams({ from, to }: Period): Record<string, SqlValue> {
  const after = addDays(to, 1);
  const [first, end] = [nearestMonth(from), nearestMonth(after)];
  const months = { first_whole: first, last_whole: end - 1 };
  return first < end
    ? { ...months, ...oddDays("first", from, monthOn(first)), ...oddDays("last", monthOn(end), after) }
    : { ...months, ...oddDays("first", from, after), ...oddDays("last", after, after) };
}

/** The days from one date up to another, to be added; or the other way round, to be taken away. */
function oddDays(end: "first" | "last", from: string, before: string): Record<string, SqlValue> {
  const isMore = from < before;
  return {
    [`${end}_odd_from`]: isMore ? from : before,
    [`${end}_odd_to`]: addDays(isMore ? before : from, -1),
    [`${end}_sign`]: isMore ? 1 : -1,
  };
}

/** The month that begins nearest to that day. */
function nearestMonth(date: string): number {
  const month = 12 * Number(date.slice(0, 4)) + Number(date.slice(5, 7)) - 1;
  return daysBetween(monthOn(month), date) <= daysBetween(date, monthOn(month + 1)) ? month : month + 1;
}

/** The first day of a month. */
function monthOn(month: number): string {
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-01`;
}
