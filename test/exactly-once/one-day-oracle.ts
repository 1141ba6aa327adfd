import type { FixtureReceipt } from "../till-fixtures.ts";

/** A file as it stands in the end: its bytes, and the receipts in them. */
export interface StandingFile {
  content: string;
  receipts: readonly FixtureReceipt[];
}

interface Delivery {
  content: string;
  receipts: readonly FixtureReceipt[];
}

/**
 * What each café takes each day, as `café day: receipts, pence`, worked out without any SQL from the rules: the same bytes
 * are a duplicate; a later file with at least half of the smaller one's receipts takes an earlier one's place.
 *
 * @param files in the order of their discovery
 */
export function expectedTakings(files: readonly StandingFile[]): string[] {
  const days = Map.groupBy(
    files.flatMap(({ content, receipts }) =>
      [...Map.groupBy(receipts, ({ cafe, at }) => `${cafe} ${at.slice(0, 10)}`)].map(([day, own]) => ({
        day,
        delivery: { content, receipts: own },
      })),
    ),
    ({ day }) => day,
  );
  return [...days]
    .map(([day, entries]) => {
      const counted = counting(entries.map(({ delivery }) => delivery)).flatMap(({ receipts }) => receipts);
      return `${day}: ${counted.length}, ${counted.reduce((sum, receipt) => sum + paid(receipt), 0)}`;
    })
    .sort();
}

/** The deliveries of one day that count. */
function counting(deliveries: readonly Delivery[]): Delivery[] {
  const isDuplicate = (place: number) =>
    deliveries.slice(0, place).some(({ content }) => content === deliveries[place]?.content);
  return deliveries.filter(
    (delivery, place) =>
      !isDuplicate(place) &&
      !deliveries.some(
        (other, later) =>
          later > place && !isDuplicate(later) && other.content !== delivery.content && overtakes(other, delivery),
      ),
  );
}

function overtakes({ receipts: later }: Delivery, { receipts: earlier }: Delivery): boolean {
  const left = later.map(identity);
  const common = earlier.filter((receipt) => {
    const place = left.indexOf(identity(receipt));
    if (place !== -1) left.splice(place, 1);
    return place !== -1;
  }).length;
  return common >= Math.min(later.length, earlier.length) / 2;
}

/** What makes two receipts coincide: time, basket, total and payment. */
function identity({ at, lines, payment, paidPence }: FixtureReceipt): string {
  return JSON.stringify([at, lines, payment, paidPence ?? null]);
}

function paid({ lines, paidPence }: FixtureReceipt): number {
  return paidPence ?? lines.reduce((sum, { pence }) => sum + pence, 0);
}
