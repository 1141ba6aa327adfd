import { millisecondsADay } from "#core/day.ts";
import { bankHolidays } from "../places/bank-holidays.ts";
import { type Nation, nations } from "../places/regions.ts";

/** A day as a whole number: days since 1 January 2000, which was a Saturday. */
export type Day = number;

const EPOCH = Date.UTC(2000, 0, 1);

/** The first day that may be generated, and the last. */
export const firstDay: Day = 0;
export const lastDay: Day = dayOf("2049-12-31");

/** @param date `YYYY-MM-DD` */
export function dayOf(date: string): Day {
  return Math.round((Date.parse(`${date}T00:00:00Z`) - EPOCH) / millisecondsADay);
}

/** `YYYY-MM-DD` */
export function dateOf(day: Day): string {
  return new Date(EPOCH + day * millisecondsADay).toISOString().slice(0, 10);
}

/** 0 is Monday, 6 is Sunday. */
export function weekdayOf(day: Day): number {
  return (((day + 5) % 7) + 7) % 7;
}

/** A day in the parts that files and seasons need. */
export interface DayParts {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly dayOfMonth: number;
  readonly daysInMonth: number;
}

export function partsOf(day: Day): DayParts {
  const date = new Date(EPOCH + day * millisecondsADay);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + 1;
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return { year, month, dayOfMonth: date.getUTCDate(), daysInMonth };
}

const holidaysOfYear = new Map<number, Record<Nation, Set<Day>>>();

/** True where banks close that day. */
export function isBankHoliday(day: Day, nation: Nation): boolean {
  const { year } = partsOf(day);
  let known = holidaysOfYear.get(year);
  if (!known) {
    known = { england_wales: new Set(), scotland: new Set(), northern_ireland: new Set() };
    for (const holiday of bankHolidays(year)) {
      for (const each of nations) if (holiday.nations.includes(each)) known[each].add(dayOf(holiday.date));
    }
    holidaysOfYear.set(year, known);
  }
  return known[nation].has(day);
}

/**
 * A monthly pattern on one day: the twelve values are those of mid-month, with a straight line between them.
 *
 * @param months twelve numbers, January first
 */
export function seasonal(months: readonly number[], { month, dayOfMonth, daysInMonth }: DayParts): number {
  const position = month - 1 + (dayOfMonth - 0.5) / daysInMonth - 0.5;
  const before = Math.floor(position);
  const value = (at: number) => months[(at + 12) % 12] ?? 1;
  return value(before) + (position - before) * (value(before + 1) - value(before));
}
