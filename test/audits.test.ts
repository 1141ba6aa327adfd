import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { audits } from "#pipeline/load/audit.ts";
import { digestTables } from "#pipeline/load/digest.ts";
import { latte, shapes } from "./till-fixtures.ts";
import { openTracker, type Tracker } from "./tracker.ts";

// Roll-ups are figures worked out ahead; each must be what its base tables add up to, and what notices that it is not is its audit.

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

const schema = readFileSync(new URL("../src/core/warehouse/schema.sql", import.meta.url), "utf8");
const [, afterMark = ""] = schema.split(/^-- Roll-ups, .*$/m);

interface Column {
  name: string;
  type: string;
}

/** The roll-ups of schema.sql: the tables after the line that says so. */
const rollUps = [...afterMark.matchAll(/create table if not exists (\w+) \(([\s\S]*?)\n\);/g)].map(
  ([, table = "", body = ""]) => {
    const columns = [...body.matchAll(/^ {2}(\w+) ([a-z]+)/gm)].map(([, name = "", type = ""]) => ({ name, type }));
    return [table, columns] as const;
  },
);

/** The audits that look at a roll-up. */
const auditsOf = (table: string) =>
  audits.map(({ sql }) => sql).filter((sql) => new RegExp(`\\b(?:from|join) ${table}\\b`).test(sql));

let tracker: Tracker;

beforeAll(async () => {
  tracker = await openTracker();
  const [one, other] = ["4000000000000002", "5555555555554444"];
  for (const date of ["2026-03-02", "2026-03-03", "2026-03-09"]) {
    for (const cafe of ["Leeds", "Aberdeen"]) {
      const basket = {
        lines: [
          { name: "Americano", pence: 195 },
          { name: "Glass of milk", pence: 70 },
        ],
      };
      await tracker.deliver(
        `${date}-${cafe}.csv`,
        shapes.list([
          latte(cafe, `${date} 09:00`, one),
          { ...latte(cafe, `${date} 10:00`, other), ...basket },
          { ...latte(cafe, `${date} 17:00`), ...basket },
        ]),
      );
    }
  }
  await tracker.run();
});

afterAll(() => tracker.close());

test("the roll-ups are found, with their columns", () => {
  expect(rollUps.map(([table]) => table)).toEqual(
    expect.arrayContaining(["daily_sales", "hourly_sales", "daily_products", "location_days"]),
  );
  for (const [table, columns] of rollUps) expect(columns.length, table).toBeGreaterThan(2);
});

test.each(rollUps)("%s has an audit, and a digest of its own", async (table) => {
  expect(auditsOf(table)).not.toEqual([]);
  expect((await digestTables(tracker.warehouse)).map((digest) => digest.table)).toContain(table);
});

/** A value other than the one that is there. */
function otherValue({ name, type }: Column): string {
  if (type === "boolean") return `not coalesce(${name}, false)`;
  if (type === "varchar") return `coalesce(${name}, '') || '?'`;
  if (type === "date") return `coalesce(cast(${name} + 1 as date), date '2026-01-01')`;
  if (type === "timestamp") return `coalesce(${name} + interval 1 second, timestamp '2026-01-01 00:00:00')`;
  return `coalesce(${name}, 0) + 1`;
}

test.each(rollUps)(
  "the audit of %s sees a row too few, a row twice, and another value in any column",
  async (table, columns) => {
    const { warehouse } = tracker;
    const [found] = await warehouse.query<{ rows: number }>(`select count(*) as rows from ${table}`);
    expect(found?.rows, "the test's data makes no row of it").toBeGreaterThan(0);
    expect(await tracker.audit()).toEqual([]);
    const row = `rowid = (select min(rowid) from ${table})`;
    const faults = {
      "a row too few": `delete from ${table} where ${row}`,
      "a row twice": `insert into ${table} select * from ${table} where ${row}`,
      ...Object.fromEntries(
        columns.map((column) => [
          column.name,
          `update ${table} set ${column.name} = ${otherValue(column)} where ${row}`,
        ]),
      ),
    };
    const unseen: string[] = [];
    for (const [fault, sql] of Object.entries(faults)) {
      await warehouse.transact([{ sql: `create table as_it_was as select * from ${table}` }, { sql }]);
      const bad = await Promise.all(auditsOf(table).map((audit) => warehouse.query(audit)));
      if (bad.flat().length === 0) unseen.push(fault);
      await warehouse.transact([
        { sql: `delete from ${table}` },
        { sql: `insert into ${table} select * from as_it_was` },
        { sql: "drop table as_it_was" },
      ]);
    }
    expect(unseen).toEqual([]);
    expect(await tracker.audit()).toEqual([]);
  },
);
