import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Row, Statement, Warehouse } from "#core/ports/warehouse.ts";
import { testParquet } from "./parquet.suite.ts";
import { testSelects } from "./select.suite.ts";
import { insertLocation, namesIn, type WarehouseFixture } from "./warehouse-fixture.suite.ts";

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

    const current = () => ({ fixture, warehouse });
    const names = () => namesIn(current());

    testParquet(current);
    testSelects(current);

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
