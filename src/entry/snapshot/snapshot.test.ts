import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openFolder } from "#adapters/storage/folder.ts";
import { readSettings, type Settings } from "#core/settings.ts";
import { NoDataError } from "#metrics/errors.ts";
import { latte, shapes } from "../../../test/till-fixtures.ts";
import { openTracker, type Tracker } from "../../../test/tracker.ts";
import { publishIfChanged } from "./publish-snapshot.ts";
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
  const read = readSettings({ flags: { home: join(folder, "home") }, environment: {}, folder });
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

/** Every table of the snapshot, but for the one column that stays behind, as the warehouse has it. */
async function expectSame(): Promise<void> {
  const tables =
    "locations location_names products files deliveries quarantine runs closures daily_sales location_days transactions transaction_items hourly_sales daily_products";
  for (const table of tables.split(" ")) {
    const rows = async (warehouse: { query: Tracker["warehouse"]["query"] }) =>
      (await warehouse.query(`select * from ${table}`)).map((row) => JSON.stringify(row)).sort();
    expect(await rows(snapshot), table).toEqual(await rows(tracker.warehouse));
  }
}

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

  // Receipts, their lines, hours and products: of two days at first, then of the one that was corrected, whose hours
  // and products add up to the same.
  const changed = said.map((line) => Number(/"changed":(\d+)/.exec(line)?.[1]));
  expect(changed.slice(0, 2)).toEqual([2 + 2 + 2 + 1 + (2 + 2 + 2 + 2), 2 + 2]);
});

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
  expect(said).toEqual(['What the dashboard reads was not published. {"error":"SettingError"}']);
});
