import { z } from "zod";

/**
 * A day that the calendar has, written `YYYY-MM-DD`: whoever takes one from outside checks it by this. A pattern of digits would let
 * 30 February through to the warehouse, which fails on it, or to sums of dates, which move it into March.
 */
export const day = z.iso.date("a date such as 2026-03-03");

export const millisecondsADay = 86_400_000;

/** The date so many days later (or earlier, when negative). Business dates have no clock, so UTC days are exact. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * millisecondsADay).toISOString().slice(0, 10);
}

/** How many days later the second date is than the first; negative when it is earlier. */
export function daysBetween(one: string, other: string): number {
  return Math.round((Date.parse(other) - Date.parse(one)) / millisecondsADay);
}

/** The earlier of two dates. */
export function earlierOf(one: string, other: string): string {
  return [one, other].sort()[0] as string;
}

/** The later of two dates. */
export function laterOf(one: string, other: string): string {
  return [one, other].sort()[1] as string;
}

/** Monday is 1 and Sunday 7. */
export function weekdayOf(date: string): number {
  return new Date(date).getUTCDay() || 7;
}

/** The Monday of the date's week. */
export function mondayOf(date: string): string {
  return addDays(date, 1 - weekdayOf(date));
}

/**
 * The date that the clocks of a zone show at an instant: in summer, London's day begins an hour before that of UTC.
 *
 * @param timeZone of the IANA database, such as Europe/London
 */
export function dayIn(timeZone: string, instant: Date): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(instant);
}
