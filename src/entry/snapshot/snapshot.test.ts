import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openFolder } from "#adapters/storage/folder.ts";
import { openDuckdb } from "#adapters/warehouse/duckdb.ts";
import { readSettings, type Settings } from "#core/settings.ts";
import { schemaStatements } from "#core/warehouse/schema.ts";
import { NoDataError } from "#metrics/errors.ts";
import { latte, shapes } from "../../../test/till-fixtures.ts";
import { openTracker, type Tracker } from "../../../test/tracker.ts";
import { copyDashboardTables } from "./copy-tables.ts";
import { publishIfChanged } from "./publish-snapshot.ts";
import { dividedTables, wholeTables } from "./snapshot-tables.ts";
import { SnapshotWarehouse } from "./snapshot-warehouse.ts";

let tracker: Tracker;
let folder: string;
let settings: Settings;
let said: string[];
let clock: number;
let snapshot: SnapshotWarehouse;

const log = {
  info: (words: string, facts: object) => void said.push(`${words} ${JSON.stringify(facts)}`),
  error: (words: string, facts: object) => void said.push(`${words} ${JSON.stringify(facts)}`),
};

beforeEach(async () => {
  tracker = await openTracker();
  folder = mkdtempSync(join(tmpdir(), "snapshots-"));
  mkdirSync(join(folder, "published"));
  const read = readSettings({ flags: { home: tracker.folder }, environment: {}, folder });
  settings = { ...read, warehouseMemoryMegabytes: 256, snapshots: join(folder, "published") };
  said = [];
  clock = 0;
  snapshot = new SnapshotWarehouse({
    snapshots: openFolder(join(folder, "published")),
    memoryMegabytes: 256,
    lookEveryMs: 1000,
    now: () => clock,
  });
});

afterEach(async () => {
  await snapshot.close();
  await tracker.close();
  rmSync(folder, { recursive: true });
});

const publish = (notWithinMs?: number) =>
  publishIfChanged({ settings, warehouse: tracker.warehouse }, log, notWithinMs);
const receiptsIn = async (warehouse: { query: Tracker["warehouse"]["query"] }) =>
  Number((await warehouse.query<{ n: number }>("select count(*) as n from transactions"))[0]?.n);
const day = (cafe: string, ...times: string[]) => shapes.list(times.map((time) => latte(cafe, `2026-03-${time}`)));

const copiedTables: readonly string[] = [...wholeTables, ...dividedTables.map(({ name }) => name)];

/** What metrics and the API name in their SQL, of the tables there are: what a snapshot must have. */
const tablesRead = (() => {
  const places = ["../../metrics", "../../api"].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const sources = places.flatMap((place) =>
    readdirSync(place, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(?:sql|ts)$/.test(name) && !/\.(?:test|suite)\.ts$/.test(name))
      .map((name) => readFileSync(join(place, name), "utf8").replace(/^\s*(?:--|\/\/|\*|\/\*).*$/gm, "")),
  );
  const declared = schemaStatements().map((sql) => /create table if not exists (\w+)/.exec(sql)?.[1] ?? "");
  return declared.filter((table) =>
    sources.some((source) => new RegExp(`\\b(?:from|join)\\s+${table}\\b`, "i").test(source)),
  );
})();

type Asked = Pick<Tracker["warehouse"], "query">;

/** A table's rows, but for the one column that stays behind. */
const rowsOf = async (warehouse: Asked, table: string) =>
  (await warehouse.query<{ customer_hash?: unknown }>(`select * from ${table}`))
    .map(({ customer_hash: _, ...row }) => JSON.stringify(row))
    .sort();

/** Every table of the snapshot is as the warehouse has it. */
async function expectSame(): Promise<void> {
  for (const table of copiedTables) {
    expect(await rowsOf(snapshot, table), table).toEqual(await rowsOf(tracker.warehouse, table));
  }
}

test("every table that a metric or the API reads is in the snapshot", () => {
  expect(tablesRead).toEqual(expect.arrayContaining(["transactions", "customer_years", "day_bits", "closures"]));
  expect(tablesRead.filter((table) => !copiedTables.includes(table))).toEqual([]);
});

test("before the first snapshot there is no data", async () => {
  await expect(snapshot.query("select 1 as one")).rejects.toBeInstanceOf(NoDataError);
});

test("a snapshot has what metrics read, and no customer's id", async () => {
  await tracker.deliver("2026/03/02/leeds.csv", day("Leeds", "02 09:00", "02 10:00"));
  await tracker.deliver("2026/03/02/broken.csv", "no,till\nwrites,this\n");
  await tracker.run();
  await publish();
  await expectSame();
  expect(await snapshot.query("select distinct customer_hash from customers")).toEqual([{ customer_hash: 0 }]);
  expect(await receiptsIn(snapshot)).toBe(2);
});

test("the next snapshot says the same as the warehouse after corrections, merges and removals, and brings over only what changed", async () => {
  await tracker.deliver("2026/03/02/leeds.csv", day("Leeds", "02 09:00", "02 10:00"));
  await tracker.deliver("2026/03/03/leeds.csv", day("Leeds", "03 09:00"));
  await tracker.deliver("2026/03/03/leds.csv", day("Leds", "03 12:00"));
  await tracker.run();
  await publish();
  await snapshot.query("select 1 as one");

  await tracker.deliver("2026/03/02/leeds.csv", day("Leeds", "02 09:00", "02 10:05"));
  await tracker.run();
  await publish();
  clock += 1000;
  await expectSame();

  await tracker.writeBook({ cafes: { Leeds: { aliases: ["Leds"] } } });
  await tracker.applyBook();
  await tracker.deliver("2026/03/02/leeds.csv", "");
  await tracker.run();
  await publish();
  clock += 1000;
  await expectSame();
  expect(await receiptsIn(snapshot)).toBe(2);

  // Receipts, their lines, hours, products and prices: of two days at first, with a café's week of kinds and a customer's year;
  // then of the one that was corrected, where only receipts and lines do not add up to the same.
  const changed = said.map((line) => Number(/"changed":(\d+)/.exec(line)?.[1]));
  expect(changed.slice(0, 2)).toEqual([4 + 4 + 4 + 3 + 3 + (2 + 2), 2 + 2]);
});

test("whatever becomes of rows, the next copy has them as they are", async () => {
  const passage = join(folder, "passage");
  mkdirSync(passage);
  const open = (name: string) =>
    openDuckdb({ path: join(folder, name), readableFolders: [passage], memoryMegabytes: 256, threads: 1 });
  const [from, to] = [await open("from.duckdb"), await open("to.duckdb")];
  await from.migrate();
  await to.migrate();
  await from.transact([
    {
      sql: "insert into locations select range, 'A café', 'Wales', null, null, null, null, null, true from range(1, 4)",
    },
  ]);
  // Few different values: what one row loses another may well gain.
  const few = fc.integer({ min: 1, max: 3 });
  const rows = fc.array(fc.tuple(few, few, few, few), { maxLength: 6 });
  const date = (day: number) => `cast('2026-03-0${day}' as date)`;
  const written = {
    daily_prices: ([cafe, day, product, price]: number[]) => `${cafe}, ${date(day ?? 0)}, ${product}, ${price}, ${day}`,
    weekly_pairs: ([cafe, day, kind, other]: number[]) => `${cafe}, ${date(day ?? 0)}, ${kind}, ${other}, ${day}`,
    customer_years: ([cafe, year, customer, mask]: number[]) =>
      `${cafe}, 202${year}, ${customer}, ${mask === 1}, ${cafe === 1}, ${cafe === 2}, ${date(1)}, ${date(2)}, ${mask}, 0, 0, ${mask}, 0, 0, 1, 215${", 0".repeat(11)}`,
  };
  const history = fc.array(fc.record({ daily_prices: rows, weekly_pairs: rows, customer_years: rows }), {
    maxLength: 3,
  });
  const replay = async (versions: readonly Record<keyof typeof written, number[][]>[]) => {
    for (const version of versions) {
      const tables = Object.entries(written) as [keyof typeof written, (row: number[]) => string][];
      await from.transact(
        tables.flatMap(([table, row]) => [
          { sql: `delete from ${table}` },
          ...version[table].map((one) => ({ sql: `insert into ${table} values (${row(one)})` })),
        ]),
      );
      await copyDashboardTables({ from, to, folder: passage });
      for (const [table] of tables) expect(await rowsOf(to, table), table).toEqual(await rowsOf(from, table));
    }
  };
  await fc.assert(fc.asyncProperty(history, replay), { numRuns: 12 });
  await from.close();
  await to.close();
}, 60_000);

test("nothing is published twice, nor within the time that was asked for, nor where no place is set", async () => {
  await tracker.deliver("2026/03/02/leeds.csv", day("Leeds", "02 09:00"));
  await tracker.run();
  await publish();
  await publish();
  expect(said).toHaveLength(1);
  await tracker.deliver("2026/03/03/leeds.csv", day("Leeds", "03 09:00"));
  await tracker.run();
  await publish(60_000);
  settings = { ...settings, snapshots: undefined };
  await publish();
  expect(said).toHaveLength(1);
});

test("a new snapshot is noticed after a while, the old one answers until then, and old ones go", async () => {
  for (const date of ["02", "03", "04", "05"]) {
    await tracker.deliver(`2026/03/${date}/leeds.csv`, day("Leeds", `${date} 09:00`));
    await tracker.run();
    await publish();
    if (date === "02") expect(await receiptsIn(snapshot)).toBe(1);
  }
  expect(await receiptsIn(snapshot)).toBe(1);
  clock += 1000;
  const answers = await Promise.all([receiptsIn(snapshot), receiptsIn(snapshot)]);
  expect(answers).toEqual([4, 4]);
  const left = (await openFolder(join(folder, "published")).list()).map(({ key }) => key.split(".").at(-1));
  expect(left.sort()).toEqual(["duckdb", "duckdb", "json"]);
});

test("a snapshot that fails is said and stops nobody", async () => {
  settings = { ...settings, snapshots: join(folder, "nowhere") };
  await publish();
  expect(said).toEqual([
    expect.stringMatching(/^What the dashboard reads was not published. .*"error":"SettingError"/),
  ]);
});
