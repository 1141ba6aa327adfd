import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { TerminalError } from "#core/errors.ts";
import type { Statement } from "#core/ports/warehouse.ts";
import { insertLocation, namesIn, type UnderTest } from "./warehouse-fixture.suite.ts";

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

/** What every warehouse promises of Parquet that it takes in and gives out. */
export function testParquet(current: () => UnderTest): void {
  test("staged Parquet is a table to the statements of its transaction, and to no others", async () => {
    const { warehouse, fixture } = current();
    const staged = await fixture.stage("incoming_places", "select 7 as id, 'Uppingham' as name");
    const load: Statement = {
      sql: `insert into locations (location_id, name, region, placed)
            select id, name, 'East Midlands', true from incoming_places`,
    };
    await warehouse.transact([load], [staged]);
    expect(await namesIn(current())).toEqual(["Uppingham"]);
    await expect(warehouse.query("select * from incoming_places")).rejects.toThrow();
    await expect(warehouse.transact([load])).rejects.toThrow();
  });

  test("a SELECT is unloaded as Parquet, with its values, types and parameters, and may be staged again", async () => {
    const { warehouse, fixture } = current();
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
    const { warehouse, fixture } = current();
    const path = fixture.place("nobody.parquet");
    const sql = "select location_id, name, latitude, opened_on, placed from locations where name = $name";
    await warehouse.unload({ sql, params: { name: "Nowhere" } }, path);
    expect(await readParquet(path)).toEqual({ types: ["INTEGER", "VARCHAR", "DOUBLE", "DATE", "BOOLEAN"], rows: [] });
  });

  test("what Parquet would hold as something else, or is wrong, is not unloaded", async () => {
    const { warehouse, fixture } = current();
    const path = fixture.place("never.parquet");
    await warehouse.transact([insertLocation]);
    const wide = { sql: "select sum(cast(location_id as bigint)) as total from locations" };
    await expect(warehouse.unload(wide, path)).rejects.toBeInstanceOf(TerminalError);
    await expect(warehouse.unload({ sql: "select nam from locations" }, path)).rejects.toThrow();
    expect(await namesIn(current())).toEqual(["Aberdeen"]);
  });
}
