import type { SessionAnswer } from "../../../src/api/contract/index.ts";
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

/** The days that the name of a period promises. Data that began a few days ago hold fewer. */
const LENGTHS: Partial<Record<Preset, number>> = { "7d": 7, "28d": 28 };

/** The business dates that have data, and which of them each named period means. */
export type Dates = NonNullable<SessionAnswer["dates"]>;

/** The presets that there are days for, in the order they are offered: in a chain's first month there is no last one. */
export function presetsOf({ named }: Dates): Preset[] {
  return presets.filter((preset) => preset === "custom" || named[preset] !== null);
}

/**
 * The days of a preset, or those chosen, kept within the data, whichever way round they come. A preset without days, which an
 * address may still name, is read as the last day.
 */
export function periodOf(
  preset: Preset,
  dates: Dates,
  custom: { from?: string | undefined; to?: string | undefined } = {},
): Period {
  if (preset === "custom") return { preset, ...customDays(custom, dates) };
  const days = dates.named[preset];
  return days ? { preset, ...days } : { preset: "yesterday", ...customDays({}, dates) };
}

function customDays(chosen: { from?: string | undefined; to?: string | undefined }, { first, last }: Dates) {
  const clamp = (day: Day) => (day < first ? first : day > last ? last : day);
  const end = clamp(chosen.to ?? chosen.from ?? last);
  const start = clamp(chosen.from ?? end);
  const [from = start, to = end] = [start, end].sort();
  return { from, to, days: daysIn(from, to) };
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

/** The days of a named period, and how many there are where the data begin within it. */
export function presetDays(preset: Exclude<Preset, "custom">, dates: Dates, today: Day): string {
  const { from, to, days } = periodOf(preset, dates);
  const range = dayRange(from, to, today);
  return days < (LENGTHS[preset] ?? 0) ? `${range}, the only ${days === 1 ? "day" : days}` : range;
}

/** A period as its control shows it: Yesterday, Tue 3 Mar; Last 7 days, Wed 25 Feb – Tue 3 Mar; All 5 days, Fri 27 Feb – Tue 3 Mar. */
export function periodPhrase({ preset, from, to, days }: Period, dates: Dates, today: Day): string {
  const range = dayRange(from, to, today);
  if (preset === "custom") return range;
  return `${days < (LENGTHS[preset] ?? 0) ? (days === 1 ? "The only day" : `All ${days} days`) : presetName(preset, dates, today)}, ${range}`;
}
