import { join } from "node:path";
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { openDuckdb } from "#adapters/warehouse/duckdb.ts";
import { Scope } from "#core/scope.ts";
import { readDirectory } from "#metrics/directory.ts";
import type { Metric } from "#metrics/metric.ts";
import { addDays } from "#metrics/period.ts";
import { type Asked, ask, type Question } from "#metrics/question.ts";
import { metrics } from "#metrics/registry.ts";

// `node bench/answers.ts --home DIR`: how long each metric takes on a home that nobody is serving, from the question to the
// answer, without the API's memory of answers; and all that a page asks, at once. Milliseconds, median and 95th percentile.
const { values } = parseArgs({
  options: { home: { type: "string", default: ".infinity/sample" }, rounds: { type: "string", default: "15" } },
});
const rounds = Number(values.rounds);

const warehouse = await openDuckdb({
  path: join(values.home, "warehouse.duckdb"),
  readableFolders: [],
  memoryMegabytes: 1024,
});
const directory = await readDirectory(warehouse);
if (!directory.dates) throw new Error(`${values.home} holds no data.`);
const { last } = directory.dates;
const everyone = new Scope(directory.cafes.map((cafe) => cafe.cafeId));
const [cafe] = directory.cafes;

const periods: Record<string, Partial<Asked>> = {
  "a day": {},
  "7 days": { from: addDays(last, -6) },
  "28 days": { from: addDays(last, -27) },
  "91 days": { from: addDays(last, -90) },
  "a year": { from: addDays(last, -363) },
};
const filters: Record<string, Partial<Asked>> = {
  "all cafés": {},
  "a region": { region: cafe?.region },
  "a café": { cafeIds: cafe ? [cafe.cafeId] : [] },
};
const params = { grain: "day", limit: 20, fewest: 20, days: 28 };
const homePage = ["sales", "salesTrend", "salesByHour", "products", "deliveries", "change"] as const;
const regionsPage = ["league", "sales", "salesTrend"] as const;
const productsPage = [
  "products",
  "productMix",
  "productPrices",
  "boughtTogether",
  "productLife",
  "productPenetration",
] as const;
const alone = ["sales", "salesTrend", "salesByHour", "deliveries", "change", "league", ...productsPage] as const;

const table = new Table({
  head: ["Cafés", "Period", "Brief", "Regions", "Products", ...alone],
  colAligns: ["left", "left", ...Array(alone.length + 3).fill("right")],
  style: { head: [], border: [] },
});
for (const [cafes, filter] of Object.entries(filters)) {
  for (const [period, dates] of Object.entries(periods)) {
    const asked = { compare: "week", ...dates, ...filter } as Asked;
    const cells = [await timed(asked, homePage), await timed(asked, regionsPage), await timed(asked, productsPage)];
    for (const name of alone) cells.push(await timed(asked, [name]));
    table.push([cafes, period, ...cells]);
  }
}
process.stdout.write(`${table.toString()}\n`);
await warehouse.close();

/** "median / 95th percentile" of asking these metrics at once, with nothing worked out before. */
async function timed(asked: Asked, names: readonly (keyof typeof metrics)[]): Promise<string> {
  const took: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const started = performance.now();
    const question: Question = ask(warehouse, directory, everyone, asked);
    await Promise.all(names.map((name) => (metrics[name] as Metric<unknown, object>).run(question, params)));
    // The first round warms up.
    if (round > 0) took.push(performance.now() - started);
  }
  took.sort((a, b) => a - b);
  const at = (share: number) => Math.round(took[Math.min(took.length - 1, Math.floor(share * took.length))] ?? 0);
  return `${at(0.5)} / ${at(0.95)}`;
}
