import { addDays, type Day, dayRange, shortDay, weekdayName } from "../format/date.ts";
import { inWords } from "../format/words.ts";

export type Compare = "week" | "year";

/** How a comparison is named, in each of the places that name one. All from the period's days alone. */
export interface ComparisonWords {
  /** −7 or −364, or the next multiple that is as long as the period. */
  shiftDays: number;
  /** The counterpart of the period. */
  from: Day;
  to: Day;
  /** In a column or a row: last Tue; week before; last year. */
  short: string;
  /** In a headline: last Tuesday; the week before; last year. */
  headline: string;
  /** In a caption, with its days: Tue 24 Feb. */
  days: string;
}

/** Names the comparison of a period: both a table's head and a headline must say which days are meant. */
export function comparisonWords(
  compare: Compare,
  period: { from: Day; to: Day; days: number },
  today: Day,
): ComparisonWords {
  const step = compare === "week" ? 7 : 364;
  const steps = Math.ceil(period.days / step);
  const shiftDays = -step * steps;
  const from = addDays(period.from, shiftDays);
  const to = addDays(period.to, shiftDays);
  const days = period.days === 1 ? shortDay(to, today) : dayRange(from, to, today);
  const base = { shiftDays, from, to, days };
  if (compare === "year") {
    if (steps > 1) return { ...base, short: `${steps} years before`, headline: `${inWords(steps)} years before` };
    return {
      ...base,
      short: "last year",
      headline: period.days === 1 ? `the same ${weekdayName(to)} last year` : "last year",
    };
  }
  if (period.days === 1) {
    const name = weekdayName(to);
    const recent = today <= addDays(period.to, 7);
    return recent
      ? { ...base, short: `last ${name.slice(0, 3)}`, headline: `last ${name}` }
      : { ...base, short: `${name.slice(0, 3)} before`, headline: `the ${name} before` };
  }
  if (steps === 1) return { ...base, short: "week before", headline: "the week before" };
  return { ...base, short: `${steps} weeks before`, headline: `the ${inWords(steps)} weeks before` };
}
