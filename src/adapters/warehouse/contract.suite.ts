import { DuckDBInstance } from "@duckdb/node-api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { RefusedError, TerminalError } from "#core/errors.ts";
import type { Row, StagedTable, Statement, Warehouse } from "#core/ports/warehouse.ts";
import { refused } from "./refused-statements.suite.ts";

/** An empty warehouse under test. */
export interface WarehouseFixture {
  /** Opens it; what an earlier opening left is still there. One at a time. */
  open(): Promise<Warehouse>;
  /** A Parquet file with the rows of this SELECT, where the warehouse may read it. */
  stage(table: string, select: string): Promise<StagedTable>;
  /** A path at which staged files may lie, with nothing there. */
  place(name: string): string;
  dispose(): Promise<void>;
}

const insertLocation: Statement = {
  sql: "insert into locations (location_id, name, region, placed) values ($id, $name, 'Scotland', true)",
  params: { id: 1, name: "Aberdeen" },
};

/** What a Parquet file holds, read by whoever knows nothing of the warehouse. */
async function readParquet(path: string): Promise<{ types: string[]; rows: Record<string, unknown>[] }> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const duckdb = await instance.connect();
  const reader = await duckdb.runAndReadAll("select * from read_parquet($path)", { path });
  duckdb.disconnectSync();
  instance.closeSync();
  const rows = reader.getRowObjectsJson() as Record<string, unknown>[];
  rows.sort((a, b) => Number(a.row_number) - Number(b.row_number));
  return { types: reader.columnTypes().map(String), rows };
}

/** What every warehouse promises. An adapter's test calls this with a way to make an empty one. */
export function describeWarehouse(name: string, make: () => Promise<WarehouseFixture>): void {
  describe(`${name} keeps the warehouse contract`, () => {
    let fixture: WarehouseFixture;
    let warehouse: Warehouse;

    beforeEach(async () => {
      fixture = await make();
      warehouse = await fixture.open();
      await warehouse.migrate();
    });

    afterEach(async () => {
      await warehouse.close();
      await fixture.dispose();
    });

    const names = async () =>
      (await warehouse.query<{ name: string }>("select name from locations")).map((r) => r.name);

    test("migrating again changes nothing", async () => {
      await warehouse.transact([insertLocation]);
      await warehouse.migrate();
      expect(await names()).toEqual(["Aberdeen"]);
    });

    test("a transaction happens whole", async () => {
      await warehouse.transact([insertLocation, { sql: "update locations set name = 'Leeds'" }]);
      expect(await names()).toEqual(["Leeds"]);
    });

    test("a transaction that fails anywhere leaves nothing, and the next one works", async () => {
      const missing: Statement = { sql: "insert into no_such_table values (1)" };
      await expect(warehouse.transact([insertLocation, missing])).rejects.toThrow();
      await expect(warehouse.transact([insertLocation, { sql: "select from" }])).rejects.toThrow();
      expect(await names()).toEqual([]);
      await warehouse.transact([insertLocation]);
      expect(await names()).toEqual(["Aberdeen"]);
    });

    test("a null where none may be ends the transaction", async () => {
      const check = "insert into locations (location_id, name, region, placed) values (2, null, 'Wales', true)";
      await expect(warehouse.transact([insertLocation, { sql: check }])).rejects.toThrow();
      expect(await names()).toEqual([]);
    });

    test("staged Parquet is a table to the statements of its transaction, and to no others", async () => {
      const staged = await fixture.stage("incoming_places", "select 7 as id, 'Uppingham' as name");
      const load: Statement = {
        sql: `insert into locations (location_id, name, region, placed)
              select id, name, 'East Midlands', true from incoming_places`,
      };
      await warehouse.transact([load], [staged]);
      expect(await names()).toEqual(["Uppingham"]);
      await expect(warehouse.query("select * from incoming_places")).rejects.toThrow();
      await expect(warehouse.transact([load])).rejects.toThrow();
    });

    test("a SELECT is unloaded as Parquet, with its values, types and parameters, and may be staged again", async () => {
      const texts = ["plain", "", 'with "quotes", a comma', "two\nlines", "\\N", "it's £ ☕; -- ", null];
      const refusals = texts.map((text, place) => ({
        sql: `insert into quarantine (file_id, row_number, reason, location_name, business_date, total_pence)
              values (1, cast($place as integer), 'why', $text, cast($day as date), cast($pence as bigint))`,
        params: { place, text, day: place % 2 ? null : "2026-03-02", pence: place % 2 ? null : 9_007_199_254_740_993n },
      }));
      await warehouse.transact(refusals);
      const all = "select row_number, location_name, business_date, total_pence from quarantine order by row_number";
      const before = await warehouse.query(all);
      const path = fixture.place("it's all here.parquet");
      const sql = `select file_id, row_number, reason, location_name, business_date, total_pence,
          cast(row_number as smallint) as "hour", cast($half as double precision) as half, $yes as yes,
          cast($at as timestamp) as at, cast($name as varchar(40)) as name
        from quarantine where row_number <> $not_this order by row_number limit 50`;
      const at = new Date("2026-03-02T09:00:00.250Z");
      await warehouse.unload({ sql, params: { half: 0.1 + 0.2, yes: true, at, name: "O'Neill", not_this: 3 } }, path);
      const { types, rows } = await readParquet(path);
      expect(types).toEqual(
        "INTEGER INTEGER VARCHAR VARCHAR DATE BIGINT SMALLINT DOUBLE BOOLEAN TIMESTAMP VARCHAR".split(" "),
      );
      expect(rows).toHaveLength(texts.length - 1);
      expect(rows[1]).toMatchObject({ row_number: 1, location_name: "", business_date: null, total_pence: null });
      const same = { half: 0.1 + 0.2, yes: true, at: "2026-03-02 09:00:00.25", name: "O'Neill" };
      for (const row of rows) expect(row).toMatchObject({ ...same, hour: row.row_number });
      await warehouse.transact(
        [
          { sql: "delete from quarantine where row_number <> 3" },
          {
            sql: `insert into quarantine (file_id, row_number, reason, location_name, business_date, total_pence)
                  select file_id, row_number, reason, location_name, business_date, total_pence from unloaded`,
          },
        ],
        [{ table: "unloaded", path }],
      );
      expect(await warehouse.query(all)).toEqual(before);
    });

    test("of no rows, the columns are unloaded", async () => {
      const path = fixture.place("nobody.parquet");
      const sql = "select location_id, name, latitude, opened_on, placed from locations where name = $name";
      await warehouse.unload({ sql, params: { name: "Nowhere" } }, path);
      expect(await readParquet(path)).toEqual({ types: ["INTEGER", "VARCHAR", "DOUBLE", "DATE", "BOOLEAN"], rows: [] });
    });

    test("what Parquet would hold as something else, or is wrong, is not unloaded", async () => {
      const path = fixture.place("never.parquet");
      await warehouse.transact([insertLocation]);
      const wide = { sql: "select sum(cast(location_id as bigint)) as total from locations" };
      await expect(warehouse.unload(wide, path)).rejects.toBeInstanceOf(TerminalError);
      await expect(warehouse.unload({ sql: "select nam from locations" }, path)).rejects.toThrow();
      expect(await names()).toEqual(["Aberdeen"]);
    });

    test("temporary tables live as long as their transaction, and the next may use the same names", async () => {
      const statements = [
        { sql: "create temp table steps as select 1 as step" },
        { sql: "insert into steps values (2)" },
      ];
      await warehouse.transact(statements);
      await warehouse.transact(statements);
      await expect(warehouse.query("select * from steps")).rejects.toThrow();
    });

    test("what waits for a table with rows is done once it has some, and missed by nobody while it has none", async () => {
      const renamed = (table: string): Statement => ({
        sql: `update locations set name = ${table}.name from ${table} where ${table}.location_id = locations.location_id`,
        idleWithout: [table],
      });
      await warehouse.transact([
        insertLocation,
        { sql: "create temp table nobody as select location_id, name from locations where location_id < 0" },
        { sql: "create temp table somebody as select location_id, 'Leeds' as name from locations" },
        renamed("nobody"),
        renamed("somebody"),
        renamed("nobody"),
        insertLocation,
      ]);
      expect((await names()).sort()).toEqual(["Aberdeen", "Leeds"]);
    });

    test("a statement's parameters keep their values and kinds, and quotes are only text", async () => {
      const text = "Robert'); drop table locations; -- £ ☕";
      const [row] = await warehouse.query(
        `select cast($text as varchar) as text, $whole * 2 as whole, $fraction * 2 as fraction, $wide as wide,
           $yes as yes, $at as at, cast($nothing as varchar) as nothing`,
        {
          text,
          whole: 21,
          fraction: 0.25,
          wide: 9_007_199_254_740_993n,
          yes: true,
          at: new Date("2026-03-02T09:00:00.250Z"),
          nothing: null,
        },
      );
      expect(row).toEqual({
        text,
        whole: 42,
        fraction: 0.5,
        wide: "9007199254740993",
        yes: true,
        at: "2026-03-02 09:00:00.25",
        nothing: null,
      });
    });

    test("a parameter that a statement does not name is no trouble: one set serves a list of statements", async () => {
      const params = { one: 1, two: "x" };
      await warehouse.transact([
        { sql: "create temp table steps as select $one as step", params },
        { sql: "insert into steps select length($two)", params },
      ]);
    });

    test("values come as plain JSON: numbers where they are exact, else text", async () => {
      const [row] = await warehouse.query(
        `select cast(1 as smallint) as small, cast(2147483647 as integer) as whole, count(*) as counted,
           cast(9007199254740991 as bigint) as safe, cast(9007199254740993 as bigint) as unsafe,
           cast(-5 as bigint) as negative, sum(cast(3 as integer)) as total, cast(12.50 as decimal(12, 2)) as money,
           cast(0.5 as double precision) as half, date '2026-03-02' as day,
           timestamp '2026-03-02 09:00:00' as moment, true as yes, cast(null as bigint) as nothing, '0042' as digits
         from (select 1 as one) as single`,
      );
      expect(row).toEqual({
        small: 1,
        whole: 2147483647,
        counted: 1,
        safe: 9007199254740991,
        unsafe: "9007199254740993",
        negative: -5,
        total: 3,
        money: 12.5,
        half: 0.5,
        day: "2026-03-02",
        moment: "2026-03-02 09:00:00",
        yes: true,
        nothing: null,
        digits: "0042",
      });
      expect(JSON.parse(JSON.stringify(row))).toEqual(row);
    });

    test("many rows come as few do, and none as none", async () => {
      const names = ["Robert'); drop table locations; --", '£ ☕\n"quoted"\\', "\u2028", ""];
      await warehouse.transact(
        names.map((name, index) => ({
          sql: `insert into locations (location_id, name, region, placed, opened_on)
                values (cast($id as integer), $name, 'Wales', $placed, cast($opened_on as date))`,
          params: { id: index, name, placed: index > 1, opened_on: index === 0 ? null : `2026-03-0${index}` },
        })),
      );
      const sql = `select location_id, name, placed, opened_on, cast(9007199254740991 as bigint) - location_id as whole
        from locations where location_id >= $first`;
      const byId = (rows: Row[]) => rows.sort((one, other) => Number(one.location_id) - Number(other.location_id));
      const few = byId(await warehouse.query(sql, { first: 0 }));
      expect(few.map((row) => row.name)).toEqual(names);
      expect(byId(await warehouse.queryMany(sql, { first: 0 }))).toEqual(few);
      expect(await warehouse.queryMany(sql, { first: names.length })).toEqual([]);
    });

    test("a SELECT gives its columns in order, also when there are no rows", async () => {
      await warehouse.transact([insertLocation]);
      expect(await warehouse.select("select name, location_id from locations;")).toEqual({
        columns: ["name", "location_id"],
        rows: [{ name: "Aberdeen", location_id: 1 }],
      });
      expect(await warehouse.select("select name, region from locations where 1 = 0")).toEqual({
        columns: ["name", "region"],
        rows: [],
      });
    });

    test.each([
      "select table_name from information_schema.tables where table_name = 'locations'",
      "with cafes as (select * from locations) select count(*) as n from cafes",
      "select name from locations union all select name from products",
      "select region, count(*) as n, rank() over (order by count(*) desc) as place from locations group by region",
      "select 'a;b' as semicolon -- and a comment; with one",
      "(select 1 as one) order by one limit 1",
      "values (1), (2)",
    ])("a SELECT of any kind is let through: %s", async (sql) => {
      await expect(warehouse.select(sql)).resolves.toHaveProperty("rows");
    });

    test.each(Object.entries(refused))("a query may not be %s", async (_, sql) => {
      await warehouse.transact([insertLocation]);
      const refusal: unknown = await warehouse.select(sql).then(
        () => "it was let through",
        (error: unknown) => error,
      );
      expect(refusal).toBeInstanceOf(RefusedError);
      const { message, next } = refusal as RefusedError;
      expect(message).toMatch(/^[A-Z].{10,}/s);
      expect(next).toMatch(/^[A-Z].{10,}/s);
      expect(await names()).toEqual(["Aberdeen"]);
    });

    test("SQL that is wrong is refused in words that help", async () => {
      await expect(warehouse.select("selec name from locations")).rejects.toThrow(RefusedError);
      await expect(warehouse.select("select nam from locations")).rejects.toThrow(/nam/);
      await expect(warehouse.select("select * from location")).rejects.toThrow(/location/);
    });

    test("a refused query leaves no transaction open", async () => {
      await warehouse.select("select nam from locations").catch(() => undefined);
      await warehouse.transact([insertLocation]);
      expect((await warehouse.select("select name from locations")).rows).toHaveLength(1);
    });

    test("what was committed is there after closing and opening again", async () => {
      await warehouse.transact([insertLocation]);
      await warehouse.close();
      warehouse = await fixture.open();
      await warehouse.migrate();
      expect(await names()).toEqual(["Aberdeen"]);
    });

    test("readers go on during a load, and see it only when it is committed", async () => {
      const loading = warehouse.transact([
        insertLocation,
        {
          sql: `create temp table busy as
                with few as (select 1 as one from information_schema.columns limit 150)
                select count(*) as n from few as a cross join few as b cross join few as c`,
        },
      ]);
      let done = false;
      const finished = loading.finally(() => {
        done = true;
      });
      const seenMeanwhile: number[] = [];
      while (!done) {
        const { rows } = await warehouse.select("select count(*) as n from locations");
        if (!done) seenMeanwhile.push(Number(rows[0]?.n));
      }
      await finished;
      expect(seenMeanwhile[0]).toBe(0);
      expect(await names()).toEqual(["Aberdeen"]);
    });
  });
}
