import { isDeepStrictEqual } from "node:util";
import { type CafeBook, type Closure, cafeBook, entryNamed } from "#core/cafes/cafe-book.ts";
import { addDays } from "#core/day.ts";
import type { CafeRegistry } from "#core/ports/cafe-registry.ts";
import type { CafeEntry as SampleCafe } from "#feed/generate/ledger.ts";

/**
 * Enters into the registry what the made-up chain's ledger says of its cafés, as head office would have: when they opened
 * and closed, and which days they were closed as planned. What is there already stays.
 */
export async function enterSampleCafes(registry: CafeRegistry, cafes: readonly SampleCafe[]): Promise<void> {
  const { book, version } = await registry.read();
  const next = withSampleCafes(book, cafes);
  if (!isDeepStrictEqual(next, book)) await registry.replace(next, version);
}

function withSampleCafes(book: CafeBook, cafes: readonly SampleCafe[]): CafeBook {
  const everywhere = daysOfTheChain(cafes);
  const entries = { ...book.cafes };
  for (const { name, openedOn, closedOn, closures } of cafes) {
    const tillName = entryNamed(book, name) ?? name;
    const known = entries[tillName] ?? {};
    const opened = openedOn ?? known.openedOn;
    const closed = closedOn ?? known.closedOn;
    const planned = together(known.closures, inRanges(closures.filter(({ date }) => !everywhere.has(date))));
    const { closedOn: _, ...others } = known;
    const entry = {
      ...others,
      ...(opened ? { openedOn: opened } : {}),
      // A café that opened again is closed no longer.
      ...(closed && !(opened && opened >= closed) ? { closedOn: closed } : {}),
      ...(planned.length > 0 ? { closures: planned } : {}),
    };
    if (Object.keys(entry).length > 0) entries[tillName] = entry;
  }
  const chain = [...everywhere].map(([date, reason]) => ({ date, reason }));
  return cafeBook.parse({ closures: together(book.closures, inRanges(chain)), cafes: entries });
}

/** Days on which most cafés are closed are the chain's, with why: Christmas Day. */
function daysOfTheChain(cafes: readonly SampleCafe[]): Map<string, string> {
  const days = new Map<string, { cafes: number; reason: string }>();
  for (const { date, reason } of cafes.flatMap(({ closures }) => closures)) {
    days.set(date, { cafes: (days.get(date)?.cafes ?? 0) + 1, reason });
  }
  const most = [...days].filter(([, closed]) => 2 * closed.cafes > cafes.length);
  return new Map(most.map(([date, { reason }]) => [date, reason]));
}

/** Days in a row, closed for one reason, are one closure. */
function inRanges(days: SampleCafe["closures"]): Closure[] {
  const ranges: Closure[] = [];
  for (const { date, reason } of days) {
    const last = ranges.at(-1);
    if (last?.reason === reason && addDays(last.to, 1) === date) last.to = date;
    else ranges.push({ from: date, to: date, reason });
  }
  return ranges;
}

function together(known: readonly Closure[] = [], more: readonly Closure[]): Closure[] {
  return [...known, ...more.filter((one) => !known.some((other) => isDeepStrictEqual(one, other)))];
}
