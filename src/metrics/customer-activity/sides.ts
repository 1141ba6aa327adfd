import type { SqlValue } from "#core/ports/warehouse.ts";
import type { Period } from "../answer.ts";
import { addDays, laterOf } from "../period.ts";

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
    params[`pair_${place}_first`] = monthOn(lastPair - place, 0);
    params[`pair_${place}_second`] = monthOn(lastPair - place, 1);
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

/** The first day of the first (0) or second (1) month of a pair. */
function monthOn(pair: number, month: 0 | 1): string {
  return `${Math.floor(pair / 6)}-${String(2 * (pair % 6) + 1 + month).padStart(2, "0")}-01`;
}

function daysOf(from: string, to: string): string[] {
  const days: string[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) days.push(date);
  return days;
}
