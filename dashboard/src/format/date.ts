import { NBSP } from "./number.ts";

/** A day as the API writes it: `YYYY-MM-DD`. */
export type Day = string;

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;
const DAY_MS = 86_400_000;

const at = (day: Day) => new Date(`${day}T00:00:00Z`);

/** Whether an address holds a day that the calendar has: by the API's rule, which no page carries the parser for. */
export function isDay(text: string): text is Day {
  const isWritten = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at(text).getTime());
  // A 30 February is read as 2 March.
  return isWritten && addDays(text, 0) === text;
}

/** The day so many days later, or earlier when negative. */
export function addDays(day: Day, days: number): Day {
  return new Date(at(day).getTime() + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days lie from the first to the last, both counted. */
export function daysIn(from: Day, to: Day): number {
  return Math.round((at(to).getTime() - at(from).getTime()) / DAY_MS) + 1;
}

/** Monday is 1, Sunday is 7. */
export function weekdayNumber(day: Day): number {
  return at(day).getUTCDay() || 7;
}

/** Tuesday. */
export function weekdayName(day: Day): string {
  return WEEKDAYS[at(day).getUTCDay()] ?? "";
}

/** Tue, for a Monday-first number as in `weekdayNumber`. */
export function shortWeekday(number: number): string {
  return (WEEKDAYS[number % 7] ?? "").slice(0, 3);
}

/** Tuesday, for a Monday-first number as in `weekdayNumber`. */
export function longWeekday(number: number): string {
  return WEEKDAYS[number % 7] ?? "";
}

/** The first day of the day's month. */
export function monthStart(day: Day): Day {
  return `${day.slice(0, 8)}01`;
}

/** March, or March 2025 when that is not the year of `now`. */
export function monthName(day: Day, now?: Day): string {
  return `${MONTHS[at(day).getUTCMonth()]}${yearUnless(day, now)}`;
}

/** Tue 3 Mar, and the year only when it is not the year of `now`. Without `now`, always the year. */
export function shortDay(day: Day, now?: Day): string {
  return `${weekdayName(day).slice(0, 3)} ${axisDay(day)}${yearUnless(day, now)}`;
}

/** 3 Mar, for an axis. */
export function axisDay(day: Day): string {
  return `${at(day).getUTCDate()} ${MONTHS[at(day).getUTCMonth()]?.slice(0, 3)}`;
}

/** Wed 25 Feb – Tue 3 Mar; one day alone when both are the same. */
export function dayRange(from: Day, to: Day, now?: Day): string {
  if (from === to) return shortDay(from, now);
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  return `${shortDay(from, sameYear ? from : now)} \u2013 ${shortDay(to, now)}`;
}

/** 11:00. */
export function hour(value: number): string {
  return `${String(value).padStart(2, "0")}:00`;
}

/** 11:00–14:00, the end not included. */
export function hourRange(from: number, to: number): string {
  return `${hour(from)}\u2013${hour(to)}`;
}

/** 09:14, of a receipt's local time. */
export function clock(localTime: string): string {
  return localTime.slice(11, 16);
}

const londonParts = new Intl.DateTimeFormat("en-CA", {
  timeZone: "Europe/London",
  dateStyle: "short",
  timeStyle: "medium",
  hourCycle: "h23",
});

/** A moment in UTC as the clock in London shows it: its day, and its time to the second. */
export function inLondon(instant: string): { day: Day; time: string } {
  const [day = "", time = ""] = londonParts.format(new Date(instant)).split(", ");
  return { day, time };
}

/** How long something took: 850 ms, 1.7 s, 2 min 5 s. A figure keeps its unit beside it. */
export function duration(milliseconds: number): string {
  // What rounds up to the next unit is told in that one.
  if (milliseconds < 999.5) return `${Math.round(milliseconds)}${NBSP}ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)}${NBSP}s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}${NBSP}min ${seconds % 60}${NBSP}s`;
}

function yearUnless(day: Day, now: Day | undefined): string {
  return now?.slice(0, 4) === day.slice(0, 4) ? "" : ` ${day.slice(0, 4)}`;
}
