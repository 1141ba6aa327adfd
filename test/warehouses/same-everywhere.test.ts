import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { init, parse } from "@guanmingchiu/sqlparser-ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDuckdb } from "#adapters/warehouse/duckdb.ts";
import { openPostgres } from "#adapters/warehouse/postgres.ts";
import { metricDefinitions } from "#api/metric-definitions.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import { agreeOnSchema } from "#core/warehouse/schema-version.ts";
import type { Home } from "#entry/home/open-home.ts";
import { readHistory, writePurges, writeRuns } from "#entry/operations/copy-history.ts";
import { listCafes } from "#entry/operations/list-cafes.ts";
import { readQuarantine } from "#entry/operations/read-quarantine.ts";
import { readStatus } from "#entry/operations/read-status.ts";
import { traceDay } from "#entry/operations/trace-day.ts";
import { tellUnusuallySmall } from "#entry/operations/unusually-small.ts";
import { copyDashboardTables } from "#entry/snapshot/copy-tables.ts";
import { dividedTables, wholeTables } from "#entry/snapshot/snapshot-tables.ts";
import { readDirectory } from "#metrics/directory.ts";
import { purgeRawFiles } from "#pipeline/purge-raw-files.ts";
import { rotateKeys } from "#pipeline/rotate-keys.ts";
import { forgetPerson, knownKeys } from "../customers/people.ts";
import { answerOf } from "../metrics/answers.ts";
import { matrixOf, readHoldings } from "../metrics/matrix.ts";
import { type FakeRedshift, startFakeRedshift } from "../redshift/fake-redshift.ts";
import { lackedBy } from "../redshift/what-redshift-lacks.ts";
import { type FixtureReceipt, latte, shapes } from "../till-fixtures.ts";
import { openTracker, type Tracker } from "../tracker.ts";
import { emptyPostgres } from "./empty-postgres.ts";

// One history, told to a tracker on each warehouse: they must say the same at every step. What Redshift was sent on the way is
// then held against what Redshift takes.

let trackers: Tracker[];

let redshift: FakeRedshift;

beforeAll(async () => {
  redshift = await startFakeRedshift(await emptyPostgres("locale 'C'"));
  const others = [openPostgres(await emptyPostgres()), redshift.open()];
  // A Redshift warehouse has a table more.
  await others[1]?.migrate();
  trackers = await Promise.all([
    openTracker({ keys: knownKeys(), batchFiles: 2 }),
    ...others.map((warehouse) => openTracker({ keys: knownKeys(), batchFiles: 2, warehouse })),
  ]);
  for (const { warehouse } of trackers) await agreeOnSchema(warehouse);
});

afterAll(async () => {
  for (const tracker of trackers) await tracker.close();
  await redshift.stop();
});

/** The warehouses of the trackers, with what commands need besides. */
const homeOf = ({ context, folder }: Tracker) =>
  ({ ...context, folder, settings: { source: join(folder, "source") } }) as unknown as Home;

/** Asks every tracker the same: what they answer must be alike. */
async function alike<T>(act: (tracker: Tracker) => Promise<T>): Promise<T> {
  const results: T[] = [];
  for (const tracker of trackers) results.push(await act(tracker));
  for (const result of results) expect(result).toEqual(results[0]);
  return results[0] as T;
}

/** Does the same to every tracker: what comes of it must be alike, and so must everything the warehouses say afterwards. */
async function everywhere<T>(act: (tracker: Tracker) => Promise<T>): Promise<T> {
  const result = await alike(act);
  for (const tracker of trackers) expect(await tracker.audit()).toEqual([]);
  const [embedded, ...others] = await Promise.all(trackers.map((tracker) => tracker.digest()));
  for (const [index, digest] of others.entries()) {
    for (const table of Object.keys(embedded ?? {})) {
      if (digest[table] === embedded?.[table]) continue;
      expect(await trackers[index + 1]?.contents(table), table).toEqual(await trackers[0]?.contents(table));
    }
    expect(digest).toEqual(embedded);
  }
  return result;
}

const [card, other] = ["4000000000000002", "5555555555554444"];

const day = (cafe: string, date: string, ...times: (readonly [string, string?])[]): FixtureReceipt[] =>
  times.map(([time, digits]) => ({
    ...latte(cafe, `${date} ${time}`, digits ?? card),
    ...(digits === undefined ? { customer: "Zoë O'Neill", payment: "CASH" as const } : {}),
    lines: [
      { size: "Large", name: "Hot Chocolate", pence: 170 },
      { name: "Frappes", flavour: "Strawberries & Cream", pence: 275 },
    ],
  }));

const ran = async (tracker: Tracker) => {
  const { files, rows, items, totalPence, status } = await tracker.run();
  return { files, rows, items, totalPence, status };
};

test("a chain's history, with corrections, duplicates, refusals, merges, forgetting and a rotation, is the same on every warehouse", async () => {
  const leeds = day("Leeds", "2026-03-02", ["09:00", card], ["09:01", other], ["10:30"], ["10:30"]);
  await everywhere(async (tracker) => {
    await tracker.deliver("2026-03-02-Leeds.csv", shapes.list(leeds));
    await tracker.deliver("2026-03-02-York.csv", shapes.triples(day("York", "2026-03-02", ["08:00", card], ["17:45"])));
    await tracker.deliver("2026-03-02-Nowhere.csv", shapes.list(day("Nowhere at All", "2026-03-02", ["12:00", other])));
    await tracker.deliver("broken.csv", "this,is,no,till\n");
    // Weeks before, over New Year, so that customers of 13 weeks are counted.
    for (const [cafe, date] of [
      ["York", "2025-12-07"],
      ["Leeds", "2025-12-21"],
      ["Leds", "2026-01-18"],
    ] as const) {
      const receipts = day(cafe, date, ["09:00", card], ["09:30", other], ["10:00"]);
      await tracker.deliver(`${date}-${cafe}.csv`, shapes.list(receipts));
    }
    return await ran(tracker);
  });
  // A duplicate, a second part of a day, a correction, a row set aside, an empty day.
  await everywhere(async (tracker) => {
    await tracker.deliver("copy-of-leeds.csv", shapes.list(leeds));
    await tracker.deliver(
      "2026-03-02-York-2.csv",
      shapes.list(day("York", "2026-03-02", ["08:00", card], ["18:00", card], ["18:30"])),
    );
    await tracker.deliver(
      "2026-03-02-Nowhere.csv",
      shapes.list(day("Nowhere at All", "2026-03-02", ["12:00", other], ["13:00"])),
    );
    await tracker.deliver(
      "2026-03-03-Leeds.csv",
      `${shapes.list(day("Leeds", "2026-03-03", ["09:00", other], ["11:00"]))}2026-03-03 25:00,Leeds\n`,
    );
    await tracker.deliver("2026-03-03-York.csv", "");
    return await ran(tracker);
  });
  await everywhere(ran);
  // A café under another name, its place, owners and closures.
  await everywhere(async (tracker) => {
    await tracker.deliver(
      "2026-03-04-Leds.csv",
      shapes.list(day("Leds", "2026-03-04", ["09:00", card], ["10:00", other])),
    );
    await tracker.deliver(
      "2026-03-02-Leds.csv",
      shapes.list(day("Leds", "2026-03-02", ["09:00", card], ["09:01", other])),
    );
    await ran(tracker);
    await tracker.writeBook({
      closures: [{ from: "2026-12-25", to: "2026-12-26", reason: "Christmas" }],
      cafes: {
        Leeds: {
          aliases: ["Leds"],
          name: "Leeds Station",
          openedOn: "2020-01-01",
          owners: [{ owner: "Jo Example", from: "2020-01-01" }],
        },
        "Nowhere at All": { place: { region: "Wales", latitude: 52.1234567, longitude: -3.5 } },
      },
    });
    return [await tracker.applyBook(), await tracker.applyBook(), await tracker.standing()];
  });
  // Somebody is forgotten, the keys are rotated, and a batch from before comes again.
  await everywhere(async (tracker) => {
    const receipts = await forgetPerson(tracker.context, { card: other });
    const rotated = await rotateKeys(tracker.context);
    return { receipts, rotated };
  });
  await everywhere(async (tracker) => {
    await tracker.deliver(
      "2026-03-05-York.csv",
      shapes.list(day("York", "2026-03-05", ["09:00", card], ["09:01", other])),
    );
    await tracker.run();
    return await tracker.standing();
  });
  // The files of a reason, of some days, of another transform; then what is old goes.
  await everywhere(async (tracker) => {
    const chosen: unknown[] = [];
    for (const replay of [
      { outdated: true },
      { reason: "file_unknown_layout" },
      { from: "2026-03-03", to: "2026-03-04" },
      { file: "broken.csv" },
    ]) {
      chosen.push((await tracker.run({}, { replay })).files);
    }
    return chosen;
  });
  await everywhere(async (tracker) => {
    const { source, warehouse } = tracker.context;
    const now = () => new Date("2026-04-20T06:00:00Z");
    return await purgeRawFiles({ source, warehouse, now }, { days: 30, dryRun: false });
  });
  const runs = await everywhere((tracker) =>
    tracker.query(
      "select trigger_kind, status, duration_ms, files_loaded, rows_loaded, total_pence from runs order by started_at",
    ),
  );
  expect(runs).toHaveLength(9);
}, 300_000);

/** Of the matrix, what is asked here: every metric, and every choice it offers. */
const frames = /^(chain, week, compare week|café, day, compare year|region, month, compare none)|^(?!.*compare)/;

test("every question has the same answer on every warehouse, for the chain, a region and a café", async () => {
  await alike(async ({ warehouse }) => {
    const directory = await readDirectory(warehouse);
    const holdings = await readHoldings(warehouse, directory);
    const answers: unknown[] = [directory.cafes, directory.dates];
    for (const definition of metricDefinitions) {
      for (const { what, params } of matrixOf(definition, holdings).filter(({ what }) => frames.test(what))) {
        answers.push([definition.metric.name, what, await answerOf(warehouse, directory, definition, params)]);
      }
    }
    expect(answers.length).toBeGreaterThan(3 * metricDefinitions.length);
    return answers;
  });
}, 300_000);

test("a snapshot for the dashboard has every row that the warehouse has, of any warehouse, the first time and the next", async () => {
  const tables = [...wholeTables, ...dividedTables.map(({ name }) => name)];
  const rowsOf = async (warehouse: Warehouse, table: string) =>
    (await warehouse.query(`select * from ${table}`)).map((row) => JSON.stringify({ ...row, customer_hash: 0 })).sort();
  const snapshots = await Promise.all(
    trackers.map(async ({ folder }) => {
      const passage = join(folder, "scratch");
      await mkdir(passage, { recursive: true });
      const path = join(folder, "snapshot.duckdb");
      const to = await openDuckdb({ path, readableFolders: [passage], memoryMegabytes: 256 });
      await to.migrate();
      return { to, folder: passage };
    }),
  );
  const copyAll = async () => {
    const copied: unknown[] = [];
    const empty = new Set<string>();
    for (const [index, { warehouse }] of trackers.entries()) {
      const { to, folder } = snapshots[index] as (typeof snapshots)[number];
      copied.push(await copyDashboardTables({ from: warehouse, to, folder }));
      expect(await readdir(folder)).toEqual([]);
      for (const table of tables) {
        const rows = await rowsOf(to, table);
        expect(rows, table).toEqual(await rowsOf(warehouse, table));
        if (rows.length === 0) empty.add(table);
      }
    }
    for (const one of copied) expect(one).toEqual(copied[0]);
    expect([...empty]).toEqual([]);
    return copied[0];
  };
  expect(await copyAll()).toMatchObject({ changed: expect.any(Number) });
  expect(await copyAll()).toMatchObject({ changed: 0 });
  await everywhere(async (tracker) => {
    await tracker.deliver("2026-03-06-York.csv", shapes.list(day("York", "2026-03-06", ["09:00", card], ["11:00"])));
    await tracker.deliver("2026-03-03-Leeds.csv", "");
    return await ran(tracker);
  });
  await copyAll();
  for (const { to } of snapshots) await to.close();
}, 300_000);

test("what commands tell of the warehouse is the same on every one", async () => {
  await alike(async (tracker) => {
    const home = homeOf(tracker);
    const { lastRun, ...status } = (await readStatus(home, false)) as unknown as Record<string, unknown>;
    return [
      { ...status, sources: undefined },
      await listCafes(home),
      await readQuarantine(home),
      // Runs are named by chance.
      JSON.stringify(await traceDay(home, "leeds", "2026-03-02")).replaceAll(/T\d{6}Z-[0-9a-f]{6}/g, ""),
      await tracker.warehouse.select("select name, region from locations order by name"),
    ];
  });
  const [embedded, ...others] = trackers.map(({ warehouse }) => warehouse);
  for (const other of others) {
    const before = await other.query("select count(*) as runs from runs");
    const history = await readHistory(embedded as Warehouse);
    await writeRuns(history, other);
    await writePurges(history, other);
    expect(await other.query("select count(*) as runs from runs")).toEqual([{ runs: 2 * Number(before[0]?.runs) }]);
  }
}, 300_000);

test("which deliveries are unusually small is the same on every one, and so is what is told of them", async () => {
  const told = await everywhere(async (tracker) => {
    const crowd = (date: string, receipts: number) =>
      shapes.list(Array.from({ length: receipts }, () => latte("Bath", `${date} 09:00`)));
    // Their mean is 21.5, which must be rounded alike.
    for (const [date, receipts] of [
      ["2026-02-09", 20],
      ["2026-02-16", 21],
      ["2026-02-23", 22],
      ["2026-03-02", 23],
      ["2026-03-09", 7],
    ] as const) {
      await tracker.deliver(`${date}-Bath.csv`, crowd(date, receipts));
    }
    const { runId } = await tracker.run();
    const problems: string[] = [];
    await tellUnusuallySmall(tracker.warehouse, runId, ({ message }) => problems.push(message));
    const { unusuallySmall } = await readStatus(homeOf(tracker), false);
    const { verdict } = await traceDay(homeOf(tracker), "Bath", "2026-03-09");
    return { problems, unusuallySmall, verdict };
  });
  expect(told).toEqual({
    problems: ["Bath delivered 7 receipts for Mon 9 Mar 2026, far below its usual 22."],
    unusuallySmall: { date: "2026-03-09", cafes: [{ name: "Bath", receipts: 7, usualReceipts: 22 }] },
    verdict: "The day is in the warehouse, with 7 receipts, far below its usual 22: look whether its file was cut off.",
  });
}, 300_000);

test("texts longer than any column has room for sink no batch, on any warehouse", async () => {
  const bought = (line: { name: string; flavour?: string }) =>
    shapes.list([{ ...latte("Leeds", "2026-03-07 09:00"), lines: [{ size: "Large", pence: 275, ...line }] }]);
  const summary = await everywhere(async (tracker) => {
    await tracker.deliver("2026-03-07-long-name.csv", bought({ name: "Very ".repeat(80) }));
    await tracker.deliver("2026-03-07-long-flavour.csv", bought({ name: "Frappes", flavour: "Straw ☕ ".repeat(60) }));
    await tracker.deliver(`2026-03-07-${"Far ".repeat(59)}.csv`, "no,till\nwrites,this\n");
    await tracker.deliver("2026-03-07-long-café.csv", shapes.list([latte("Leeds".repeat(60), "2026-03-07 09:00")]));
    return await ran(tracker);
  });
  expect(summary).toMatchObject({ status: "completed", files: { loaded: 3, quarantined: 1 }, rows: { loaded: 2 } });
  const products = await alike((tracker) =>
    tracker.query("select name, flavour from products where name like 'Unrec%' and flavour like 'L%' order by flavour"),
  );
  expect(products).toEqual([
    { name: "Unrecognised", flavour: `Large Frappes - ${"Straw ☕ ".repeat(60)}`.slice(0, 100).trimEnd() },
    { name: "Unrecognised", flavour: `Large ${"Very ".repeat(80)}`.slice(0, 100) },
  ]);
}, 300_000);

test("every statement that Redshift was sent is one in Redshift's grammar", async () => {
  await init();
  const statements = [...new Set(redshift.api.statements)];
  expect(statements.length).toBeGreaterThan(200);
  const unknown = statements.flatMap((sql) => {
    try {
      parse(sql, "redshift");
      return [];
    } catch (error) {
      return [`${String(error)}: ${sql.slice(0, 3000)}`];
    }
  });
  expect(unknown).toEqual([]);
});

test("no statement that Redshift was sent has what Redshift lacks", () => {
  const faults = [...new Set(redshift.api.statements)].flatMap((sql) =>
    lackedBy(sql).map((what) => `${what}: ${sql.slice(0, 2000)}`),
  );
  expect(faults).toEqual([]);
});
