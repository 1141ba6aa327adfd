import { timePattern } from "../time-pattern.ts";

// In order of preference: where a date reads both ways, the day comes first, as it does in the United Kingdom.
const dates = [
  ...["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%d.%m.%y"],
  ...["%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y", "%m-%d-%y", "%Y-%m-%d", "%Y/%m/%d", "%Y%m%d"],
  ...["%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y", "%B %d, %Y"],
];
const plainClocks = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p", "%I:%M%p", "%H.%M", "%H:%M:%S.%f"];
/** The zones of the United Kingdom as tills write them, that of the winter first. */
const zones = [
  [" GMT", " BST"],
  [" +0000", " +0100"],
  ["+00:00", "+01:00"],
] as const;
const zonedClocks = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%H:%M:%S.%f"].flatMap((clock) =>
  [...zones.flat(), "Z"].map((zone) => `${clock}${zone}`),
);
const clocks = [...plainClocks, ...zonedClocks];
const joints = [" ", "T", ", "];

const candidates = {
  time: dates.flatMap((date) => joints.flatMap((joint) => clocks.map((clock) => `${date}${joint}${clock}`))),
  date: dates,
  clock: clocks,
};

export interface TimeGuess {
  /** The formats that read most values between them, the commonest first. */
  formats: string[];
  /** The share of values they read. */
  share: number;
  /** Every value could be day and month the other way round as well. */
  ambiguous: boolean;
}

/** How the values of a column might be written as times, dates or times of day. */
export function guessTimes(values: readonly string[], kind: keyof typeof candidates): TimeGuess {
  const formats: string[] = [];
  let left = [...values];
  let ambiguous = false;
  while (left.length > 0 && formats.length < 4) {
    const [best, next] = candidates[kind]
      .map((format) => ({ format, read: left.filter(matcher(format)).length }))
      .sort((a, b) => b.read - a.read);
    if (!best || best.read === 0) break;
    ambiguous ||= next !== undefined && next.read === best.read && isSwapped(best.format, next.format);
    const reads = matcher(best.format);
    left = left.filter((value) => !reads(value));
    formats.push(best.format);
  }
  return { formats, share: values.length === 0 ? 0 : 1 - left.length / values.length, ambiguous };
}

/** What a time's format is called in the other half of the year; undefined for a time without a zone, or in UTC all year. */
export function otherZone(format: string): string | undefined {
  for (const [winter, summer] of zones) {
    if (format.endsWith(winter)) return format.slice(0, -winter.length) + summer;
    if (format.endsWith(summer)) return format.slice(0, -summer.length) + winter;
  }
  return undefined;
}

function matcher(format: string): (value: string) => boolean {
  const pattern = new RegExp(`^${timePattern(format)}$`);
  return (value) => pattern.test(value);
}

function isSwapped(a: string, b: string): boolean {
  return a.replace("%d", "%#").replace("%m", "%d").replace("%#", "%m") === b;
}
