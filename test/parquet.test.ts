import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { batchColumns, batchTables, parquetTypes } from "#core/batch.ts";
import { rotateKeys } from "#pipeline/rotate-keys.ts";
import { forgetPerson, knownKeys } from "./customers/people.ts";
import { latte, shapes } from "./till-fixtures.ts";
import { openTracker, type Tracker } from "./tracker.ts";

// Every warehouse must be able to take in what is written as Parquet, Redshift's COPY among them.

vi.setConfig({ testTimeout: 120_000 });

let tracker: Tracker;
let duckdb: DuckDBConnection;

beforeEach(async () => {
  tracker = await openTracker({ keys: knownKeys(), batchFiles: 2 });
  duckdb = await (await DuckDBInstance.create(":memory:")).connect();
});

afterEach(async () => {
  duckdb.disconnectSync();
  await tracker.close();
});

/** Every Parquet file of the clean store, with its columns and their types as DuckDB reads them. */
async function written(): Promise<{ path: string; columns: [string, string][] }[]> {
  const clean = join(tracker.folder, "clean");
  const paths = readdirSync(clean, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".parquet"));
  return await Promise.all(
    paths.map(async (path) => {
      const reader = await duckdb.runAndReadAll(
        "select column_name, lower(column_type) from (describe select * from read_parquet($path))",
        { path: join(clean, path) },
      );
      return { path, columns: reader.getRowsJson().map(([name, type]) => [String(name), String(type)]) };
    }),
  );
}

async function expectDeclared(): Promise<void> {
  const files = await written();
  expect(new Set(files.map(({ path }) => basename(path, ".parquet")))).toEqual(new Set(batchTables));
  for (const { path, columns } of files) {
    const table = batchTables.find((name) => name === basename(path, ".parquet"));
    expect(columns, path).toEqual(table && Object.entries(batchColumns[table]));
  }
}

test("what transform writes has the declared columns and types, whatever was in the files", async () => {
  const card = "4000000000000002";
  await tracker.deliver("2026-03-02-Leeds.csv", shapes.list([latte("Leeds", "2026-03-02 09:00", card)]));
  await tracker.deliver("2026-03-02-York.csv", shapes.triples([latte("York", "2026-03-02 09:00")]));
  await tracker.deliver("broken.csv", "this,is,no,till\n");
  await tracker.deliver("2026-03-03-Leeds.csv", "");
  await tracker.deliver("2026-03-04-Leeds.csv", `${shapes.list([latte("Leeds", "2026-03-04 09:00")])}x,y\n`);
  await tracker.run();
  expect((await written()).length).toBe(3 * batchTables.length);
  await expectDeclared();
  // What is written anew: without somebody, and under other keys.
  await forgetPerson(tracker.context, { card });
  await rotateKeys(tracker.context);
  await expectDeclared();
});

test("a type that no warehouse would take in is seen", async () => {
  const path = join(tracker.folder, "clean", "odd.parquet");
  await duckdb.run(`copy (select sum(n) as total, list(n) as all_of_them, 1::utinyint as small, uuid() as id
    from range(3) as numbers (n)) to '${path}' (format parquet)`);
  const [odd] = await written();
  const allowed = new Set<string>(parquetTypes);
  // The sum has become a double without being asked: only the declared columns tell.
  expect(odd?.columns).toEqual([
    ["total", "double"],
    ["all_of_them", "bigint[]"],
    ["small", "utinyint"],
    ["id", "uuid"],
  ]);
  expect(odd?.columns.filter(([, type]) => !allowed.has(type)).map(([name]) => name)).toEqual([
    "all_of_them",
    "small",
    "id",
  ]);
});

test("Parquet is written by transform, which the test above looks at, and unloaded by warehouses, whose contract checks its types", () => {
  const source = join(import.meta.dirname, "..", "src");
  const writers = readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(?:ts|sql)$/.test(file) && !/\.(?:test|suite)\.ts$/.test(file))
    .filter((file) => /\(\s*format\s+'?parquet\b/i.test(readFileSync(join(source, file), "utf8")));
  expect(writers.toSorted()).toEqual([
    "adapters/warehouse/duckdb.ts",
    "adapters/warehouse/postgres-unloading.ts",
    "adapters/warehouse/redshift-unloading.ts",
    "pipeline/transform/engine.ts",
  ]);
});
