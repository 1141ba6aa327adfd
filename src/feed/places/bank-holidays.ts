import { millisecondsADay } from "#core/day.ts";
import { type Nation, nations } from "./regions.ts";

/** A day on which banks close in one or more nations. A holiday that fell on a weekend is given on its substitute day. */
export interface BankHoliday {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly name: string;
  readonly nations: readonly Nation[];
}

const MONDAY = 1;
const EVERYWHERE: readonly Nation[] = nations;
const SCOTLAND: readonly Nation[] = ["scotland"];
const NORTHERN_IRELAND: readonly Nation[] = ["northern_ireland"];
const NOT_SCOTLAND: readonly Nation[] = ["england_wales", "northern_ireland"];

/** Proclaimed once. Sources: gov.uk/bank-holidays and, for 2026, the proclamation of February 2026 for Scotland. */
const proclaimed: readonly BankHoliday[] = [
  { date: "2002-06-03", name: "Golden Jubilee bank holiday", nations: EVERYWHERE },
  { date: "2011-04-29", name: "Royal wedding bank holiday", nations: EVERYWHERE },
  { date: "2012-06-05", name: "Diamond Jubilee bank holiday", nations: EVERYWHERE },
  { date: "2022-06-03", name: "Platinum Jubilee bank holiday", nations: EVERYWHERE },
  { date: "2022-09-19", name: "State Funeral of Queen Elizabeth II", nations: EVERYWHERE },
  { date: "2023-05-08", name: "Coronation of King Charles III", nations: EVERYWHERE },
  { date: "2026-06-15", name: "World Cup bank holiday", nations: SCOTLAND },
];

/** Moved for an anniversary or a jubilee (2020: 75 years of VE Day). */
const movedEarlyMay: Record<number, number> = { 2020: utc(2020, 5, 8) };
const movedSpring: Record<number, number> = { 2002: utc(2002, 6, 4), 2012: utc(2012, 6, 4), 2022: utc(2022, 6, 2) };

/**
 * The bank holidays of a year, in order of date, by the rules behind gov.uk/bank-holidays (Banking and Financial
 * Dealings Act 1971, St Andrew's Day Bank Holiday (Scotland) Act 2007). Right for 2000 to 2026, and the rule for later
 * years, in which others may yet be proclaimed. Days on which most shops close all the same, such as a Christmas Day on a
 * Sunday, are not in it: gov.uk gives their substitute day only.
 */
export function bankHolidays(year: number): BankHoliday[] {
  const easter = easterSunday(year);
  const found: BankHoliday[] = [
    ...newYear(year),
    { date: dateOf(easter - 2 * millisecondsADay), name: "Good Friday", nations: EVERYWHERE },
    { date: dateOf(easter + millisecondsADay), name: "Easter Monday", nations: NOT_SCOTLAND },
    {
      date: dateOf(movedEarlyMay[year] ?? firstMonday(year, 5)),
      name: "Early May bank holiday",
      nations: EVERYWHERE,
    },
    { date: dateOf(movedSpring[year] ?? lastMonday(year, 5)), name: "Spring bank holiday", nations: EVERYWHERE },
    { date: dateOf(firstMonday(year, 8)), name: "Summer bank holiday", nations: SCOTLAND },
    { date: dateOf(lastMonday(year, 8)), name: "Summer bank holiday", nations: NOT_SCOTLAND },
    { date: dateOf(weekdayFrom(utc(year, 3, 17))), name: "St Patrick’s Day", nations: NORTHERN_IRELAND },
    { date: dateOf(weekdayFrom(utc(year, 7, 12))), name: "Battle of the Boyne", nations: NORTHERN_IRELAND },
    ...christmas(year),
    ...proclaimed.filter(({ date }) => date.startsWith(`${year}-`)),
  ];
  if (year >= 2007) {
    found.push({ date: dateOf(weekdayFrom(utc(year, 11, 30))), name: "St Andrew’s Day", nations: SCOTLAND });
  }
  return found.sort((one, other) => (one.date < other.date ? -1 : 1));
}

/** New Year's Day everywhere, and 2 January in Scotland, each on a weekday of its own. */
function newYear(year: number): BankHoliday[] {
  const first = weekdayFrom(utc(year, 1, 1));
  const second = weekdayFrom(Math.max(utc(year, 1, 2), first + millisecondsADay));
  return [
    { date: dateOf(first), name: "New Year’s Day", nations: EVERYWHERE },
    { date: dateOf(second), name: "2nd January", nations: SCOTLAND },
  ];
}

/** Where Christmas Day is a Sunday, Boxing Day keeps its Monday and Christmas Day moves to Tuesday. */
function christmas(year: number): BankHoliday[] {
  const day = utc(year, 12, 25);
  const onSunday = weekday(day) === 0;
  const christmasDay = onSunday ? day + 2 * millisecondsADay : weekdayFrom(day);
  const boxingDay = onSunday
    ? day + millisecondsADay
    : weekdayFrom(Math.max(day + millisecondsADay, christmasDay + millisecondsADay));
  return [
    { date: dateOf(christmasDay), name: "Christmas Day", nations: EVERYWHERE },
    { date: dateOf(boxingDay), name: "Boxing Day", nations: EVERYWHERE },
  ];
}

/**
 * Easter Sunday in the Gregorian calendar, by the "anonymous" algorithm as corrected by Jones and Butcher (Jean Meeus,
 * Astronomical Algorithms, 2nd edition, chapter 8).
 */
function easterSunday(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const monthAndDay = h + l - 7 * m + 114;
  return utc(year, Math.floor(monthAndDay / 31), (monthAndDay % 31) + 1);
}

function utc(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day);
}

function weekday(time: number): number {
  return new Date(time).getUTCDay();
}

/** The day itself, or the Monday after a weekend. */
function weekdayFrom(time: number): number {
  const day = weekday(time);
  if (day === 6) return time + 2 * millisecondsADay;
  return day === 0 ? time + millisecondsADay : time;
}

function firstMonday(year: number, month: number): number {
  const first = utc(year, month, 1);
  return first + ((7 + MONDAY - weekday(first)) % 7) * millisecondsADay;
}

function lastMonday(year: number, month: number): number {
  const last = utc(year, month + 1, 1) - millisecondsADay;
  return last - ((7 + weekday(last) - MONDAY) % 7) * millisecondsADay;
}

function dateOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
