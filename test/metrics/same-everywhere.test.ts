import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openPostgres } from "#adapters/warehouse/postgres.ts";
import { type MetricDefinition, metricDefinitions } from "#api/metric-definitions.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import { generateSample } from "#feed/generate/generate-sample.ts";
import { readDirectory } from "#metrics/directory.ts";
import { latte, openSmallChain, type SmallChain } from "#metrics/small-chain.suite.ts";
import { knownKeys } from "../customers/people.ts";
import { openTracker, type Tracker } from "../tracker.ts";
import { emptyPostgres } from "../warehouses/empty-postgres.ts";
import { answerOf } from "./answers.ts";
import { type Holdings, matrixOf, readHoldings } from "./matrix.ts";

// Every metric of the registry, asked the bench's matrix on DuckDB and on a real PostgreSQL: whole answers must be equal.

// Two databases, a few hundred questions, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

/** The same data twice. */
interface Both {
  embedded: Warehouse;
  served: Warehouse;
}

/** Every place, period and comparison of the matrix, if not each with each. */
const frames = new Set([
  ...[
    "café, day, compare week",
    "café, year, compare none",
    "region, week, compare week",
    "region, month, compare year",
  ],
  ...["chain, day, compare none", "chain, month, compare week", "chain, year, compare week"],
]);

/** Asks both the same; how many answers there were. */
async function expectSame({ embedded, served }: Both, definition: MetricDefinition): Promise<number> {
  const directories = [await readDirectory(embedded), await readDirectory(served)] as const;
  expect({ ...directories[1], version: "" }).toEqual({ ...directories[0], version: "" });
  const holdings: Holdings = await readHoldings(embedded, directories[0]);
  const queries = matrixOf(definition, holdings).filter(({ own, what }) =>
    own.length === 0
      ? frames.has(what) || what === ""
      : frames.has(what.replace(/, \w+=.*$/, "")) || !/compare/.test(what),
  );
  let answers = 0;
  for (const { params, what } of queries) {
    const [expected, found] = await Promise.all([
      answerOf(embedded, directories[0], definition, params),
      answerOf(served, directories[1], definition, params),
    ]);
    expect(found, `${definition.metric.name}: ${what}`).toEqual(expected);
    if (typeof expected === "object") answers += 1;
  }
  return answers;
}

/** Every row of every table of one warehouse, put into another that has the calendar, and what else never changes, already. */
async function copyInto(served: Warehouse, embedded: Warehouse): Promise<void> {
  const tables = await embedded.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'main' order by 1`,
  );
  for (const { name } of tables) {
    const [there] = await served.query<{ rows: number }>(`select cast(count(*) as bigint) as rows from ${name}`);
    if (there?.rows !== 0) continue;
    const rows = await embedded.query<Record<string, string | number | boolean | null>>(`select * from ${name}`);
    const [first] = rows;
    if (!first) continue;
    const columns = Object.keys(first);
    const values = rows.map((_, row) => `(${columns.map((column) => `$${column}_${row}`).join(", ")})`);
    const params = Object.fromEntries(
      rows.flatMap((row, index) => columns.map((column) => [`${column}_${index}`, row[column] ?? null] as const)),
    );
    const sql = `insert into ${name} (${columns.join(", ")}) values ${values.join(", ")}`;
    await served.transact([{ sql, params }]);
  }
}

describe("a small chain made by hand", () => {
  let chain: SmallChain;
  let served: Warehouse;

  beforeAll(async () => {
    chain = await openSmallChain([
      { id: 1, name: "Leeds", region: "Yorkshire and The Humber" },
      { id: 2, name: "York", region: "Yorkshire and The Humber", openedOn: "2026-02-20" },
      { id: 3, name: "Bath", region: "South West", closedOn: "2026-03-02" },
      { id: 4, name: "Élan", region: "Wales" },
      { id: 5, name: "a café nobody placed", region: "Unplaced" },
    ]);
    for (const [index, date] of ["2026-02-17", "2026-02-23", "2026-02-24", "2026-03-02", "2026-03-03"].entries()) {
      for (const cafe of [1, 2, 3, 4, 5]) {
        if ((cafe * 7 + index) % 4 === 0 || (cafe === 3 && date >= "2026-03-02")) continue;
        chain.deliver(cafe, date, [
          latte("08:59", 215, cafe),
          {
            at: "11:30",
            lines: [
              ["Latte", 215, "Vanilla", "large"],
              ["Toast", 180],
            ],
            customer: 10 + (index % 2),
          },
          { at: "17:00", lines: [["Hot Chocolate", 170]], totalPence: 200 },
          { at: "23:15", lines: [], totalPence: 0 },
        ]);
      }
    }
    chain.deliver(5, "2026-02-25");
    chain.correct(1, "2026-03-03", [latte("09:00", 333, 1), latte("09:00", 333)]);
    chain.close(2, "2026-03-01", "Moved next door");
    chain.refuse("Leeds", "2026-03-03", 450);
    chain.refuse(null, null, null);
    await chain.load();
    served = openPostgres(await emptyPostgres());
    await copyInto(served, chain.warehouse);
  });

  afterAll(async () => {
    await served.close();
    await chain.dispose();
  });

  test.each(metricDefinitions.map((definition) => [definition.metric.name, definition] as const))(
    "%s says the same on PostgreSQL",
    async (_, definition) => {
      expect(await expectSame({ embedded: chain.warehouse, served }, definition)).toBeGreaterThan(0);
    },
  );
});

describe("some weeks of a made-up chain, loaded by the pipeline into each", () => {
  let trackers: readonly [Tracker, Tracker];

  beforeAll(async () => {
    trackers = [
      await openTracker({ keys: knownKeys() }),
      await openTracker({ keys: knownKeys(), warehouse: openPostgres(await emptyPostgres()) }),
    ];
    for (const tracker of trackers) {
      const options = { cafes: 6, days: 45, until: "2026-03-03", receipts: 12, faults: true, workers: 1 };
      await generateSample({ ...options, out: join(tracker.folder, "source") });
      await tracker.run();
    }
  });

  afterAll(async () => {
    for (const tracker of trackers) await tracker.close();
  });

  test.each(metricDefinitions.map((definition) => [definition.metric.name, definition] as const))(
    "%s says the same on PostgreSQL",
    async (_, definition) => {
      const [embedded, served] = trackers;
      const both = { embedded: embedded.warehouse, served: served.warehouse };
      expect(await expectSame(both, definition)).toBeGreaterThan(0);
    },
  );
});
