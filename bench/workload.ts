import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { regions } from "#feed/places/regions.ts";

/** What the pipeline is measured on: plain days of plain cafés, in the shape most tills write (2021, items as a list). */
export interface Workload {
  cafes: number;
  days: number;
  /** Receipts of each café and day. */
  receipts: number;
  /** Every card is used once, instead of by customers who come back. */
  uniqueCards?: boolean;
  /** The first day, `YYYY-MM-DD`. */
  from: string;
}

const drinks = (
  "Latte 2.15 2.45|Flavoured latte - Vanilla 2.55 2.85|Flavoured latte - Caramel 2.55 2.85|Flavoured latte - Hazelnut 2.55 2.85|" +
  "Cappuccino 2.15 2.45|Americano 1.95 2.25|Flat white 2.15 2.45|Cortado 2.05 2.35|Mocha 2.30 2.70|Espresso 1.50 1.80|" +
  "Filter coffee 1.50 1.80|Chai latte 2.30 2.60|Hot chocolate 2.20 2.90|Luxury hot chocolate 2.40 2.70|Red Label tea 1.20 1.80|" +
  "Speciality Tea - Earl Grey 1.30 1.60|Speciality Tea - Green 1.30 1.60|Speciality Tea - Peppermint 1.30 1.60|" +
  "Iced latte 2.35 2.85|Iced americano 2.15 2.50|Frappes - Coffee 2.75 3.25|Frappes - Strawberries & Cream 2.75 3.25|" +
  "Smoothies - Berry Beautiful 2.00 2.50|Hot Chocolate 1.40 1.70|Glass of milk 0.70 1.10"
).split("|");
const items = drinks.flatMap((drink) => {
  const [, name = "", regular = "", large = ""] = /^(.*) ([\d.]+) ([\d.]+)$/.exec(drink) ?? [];
  return [
    { text: `Regular ${name} - ${regular}`, pence: Math.round(Number(regular) * 100) },
    { text: `Large ${name} - ${large}`, pence: Math.round(Number(large) * 100) },
  ];
});
const first = "Ada Ben Cai Dee Eli Fay Gus Hal Ivy Jo Kit Lou Max Nia Oli Pat Ravi Sam Tia Una Val Wes Yan Zoe".split(
  " ",
);
const last =
  "Ash Bell Cole Dunn Ellis Ford Gray Hill Innes Jones Kerr Lamb Moss Nash Owen Park Reid Shaw Todd Vale Wood York".split(
    " ",
  );

/** Writes the workload's files into a folder, one for each café and day. Returns bytes and receipts. */
export function writeWorkload(folder: string, workload: Workload): { files: number; bytes: number; receipts: number } {
  let bytes = 0;
  const start = Date.parse(`${workload.from}T00:00:00Z`);
  for (let day = 0; day < workload.days; day += 1) {
    const [year = "", month = "", date = ""] = new Date(start + day * 86_400_000).toISOString().slice(0, 10).split("-");
    const dayFolder = join(folder, year, month, date);
    mkdirSync(dayFolder, { recursive: true });
    for (let cafe = 0; cafe < workload.cafes; cafe += 1) {
      const text = cafeDay(workload, cafe, day, `${date}/${month}/${year}`);
      bytes += Buffer.byteLength(text);
      writeFileSync(join(dayFolder, `bench-cafe-${cafe}_${date}-${month}-${year}_20-00-00.csv`), text);
    }
  }
  const files = workload.cafes * workload.days;
  return { files, bytes, receipts: files * workload.receipts };
}

/** What head office says of the workload's cafés, as `cafes.yaml`: they are in all regions, since questions are asked by region. */
export function placesOf({ cafes }: Workload): string {
  const lines = Array.from(
    { length: cafes },
    (_, cafe) => `  Bench Café ${cafe}: { place: { region: ${regions[cafe % regions.length]} } }`,
  );
  return `cafes:\n${lines.join("\n")}\n`;
}

function cafeDay({ receipts, uniqueCards }: Workload, cafe: number, day: number, date: string): string {
  const random = seeded(cafe * 100_003 + day);
  const lines: string[] = [];
  for (let receipt = 0; receipt < receipts; receipt += 1) {
    const minute = 8 * 60 + Math.floor((receipt / receipts) * 10 * 60);
    const time = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
    const basket = Array.from({ length: 1 + random(5) }, () => items[random(items.length)] as (typeof items)[number]);
    const pence = basket.reduce((sum, item) => sum + item.pence, 0);
    const texts = basket.map(({ text }) => text).join(", ");
    const quoted = basket.length > 1 ? `"${texts}"` : texts;
    const name = `${first[random(first.length)]} ${last[random(last.length)]}`;
    // A café's customers come back: about 2,500 of them, a few far more often than the rest.
    const customer = uniqueCards ? (day * receipts + receipt) * 7 + 3 : Math.floor(2500 * (random(1e6) / 1e6) ** 2);
    const card = `4${String(cafe).padStart(5, "0")}${String(customer).padStart(10, "0")}`;
    const payment = random(10) < 6 ? `CARD,${card}` : "CASH,";
    lines.push(`${date} ${time},Bench Café ${cafe},${name},${quoted},${pence / 100},${payment}\n`);
  }
  return lines.join("");
}

/** A small repeatable generator (mulberry32). Returns whole numbers below its argument. */
function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
