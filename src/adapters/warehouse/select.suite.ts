import { expect, test } from "vitest";
import { RefusedError } from "#core/errors.ts";
import { refused } from "./refused-statements.suite.ts";
import { insertLocation, namesIn, type UnderTest } from "./warehouse-fixture.suite.ts";

/** What every warehouse promises of somebody else's SQL. */
export function testSelects(current: () => UnderTest): void {
  test("a SELECT gives its columns in order, also when there are no rows", async () => {
    const { warehouse } = current();
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
    const { warehouse } = current();
    await expect(warehouse.select(sql)).resolves.toHaveProperty("rows");
  });

  test.each(Object.entries(refused))("a query may not be %s", async (_, sql) => {
    const { warehouse } = current();
    await warehouse.transact([insertLocation]);
    const refusal: unknown = await warehouse.select(sql).then(
      () => "it was let through",
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(RefusedError);
    const { message, next } = refusal as RefusedError;
    expect(message).toMatch(/^[A-Z].{10,}/s);
    expect(next).toMatch(/^[A-Z].{10,}/s);
    expect(await namesIn(current())).toEqual(["Aberdeen"]);
  });

  test("SQL that is wrong is refused in words that help", async () => {
    const { warehouse } = current();
    await expect(warehouse.select("selec name from locations")).rejects.toThrow(RefusedError);
    await expect(warehouse.select("select nam from locations")).rejects.toThrow(/nam/);
    await expect(warehouse.select("select * from location")).rejects.toThrow(/location/);
  });

  test("a refused query leaves no transaction open", async () => {
    const { warehouse } = current();
    await warehouse.select("select nam from locations").catch(() => undefined);
    await warehouse.transact([insertLocation]);
    expect((await warehouse.select("select name from locations")).rows).toHaveLength(1);
  });
}
