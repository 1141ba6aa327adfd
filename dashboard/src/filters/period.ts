import { addDays, type Day, dayRange, daysIn, monthName, monthStart } from "../format/date.ts";

/** The periods that have a name, in the order they are offered. `custom` has dates of its own. */
export const presets = ["yesterday", "7d", "28d", "this-month", "last-month", "custom"] as const;
export type Preset = (typeof presets)[number];

export interface Period {
  preset: Preset;
  from: Day;
  to: Day;
  days: number;
}

/** The business dates that have data. */
export interface Dates {
  first: Day;
  last: Day;
}

/** The days a preset means, counted from the last day with data, and kept within the data. */
export function periodOf(
  preset: Preset,
  dates: Dates,
  custom: { from?: string | undefined; to?: string | undefined } = {},
): Period {
  const { last } = dates;
  const monthBefore = addDays(monthStart(last), -1);
  const [from, to] = {
    yesterday: [last, last],
    "7d": [addDays(last, -6), last],
    "28d": [addDays(last, -27), last],
    "this-month": [monthStart(last), last],
    "last-month": [monthStart(monthBefore), monthBefore],
    custom: customDays(custom, last),
  }[preset] as [Day, Day];
  return within(preset, from, to, dates);
}

function customDays({ from, to }: { from?: string | undefined; to?: string | undefined }, last: Day): [Day, Day] {
  const end = to ?? from ?? last;
  const start = from ?? end;
  return start <= end ? [start, end] : [end, start];
}

function within(preset: Preset, from: Day, to: Day, { first, last }: Dates): Period {
  const clamp = (day: Day) => (day < first ? first : day > last ? last : day);
  const period = { preset, from: clamp(from), to: clamp(to) };
  return { ...period, days: daysIn(period.from, period.to) };
}

/** The name of a preset, as its control reads it. The last day is only yesterday when it is. */
export function presetName(preset: Preset, { last }: Dates, today: Day): string {
  return {
    yesterday: addDays(last, 1) === today ? "Yesterday" : "Latest day",
    "7d": "Last 7 days",
    "28d": "Last 28 days",
    "this-month": monthStart(last) === monthStart(today) ? "This month" : monthName(last, today),
    "last-month":
      monthStart(last) === monthStart(today) ? "Last month" : monthName(addDays(monthStart(last), -1), today),
    custom: "Choose dates",
  }[preset];
}

/** A period as its control shows it: Yesterday, Tue 3 Mar; Last 7 days, Wed 25 Feb – Tue 3 Mar. */
export function periodPhrase(period: Period, dates: Dates, today: Day): string {
  const days = dayRange(period.from, period.to, today);
  return period.preset === "custom" ? days : `${presetName(period.preset, dates, today)}, ${days}`;
}
