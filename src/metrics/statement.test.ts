import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { statementOf } from "./statement.ts";

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".sql") && !file.startsWith("models"))
  .map((file) => [file, new URL(file, `file://${join(import.meta.dirname, "/")}`)] as const);

test.each(files)("%s starts from the grants of its scope", (_, file) => {
  expect(statementOf(file)).toMatch(/^with location_grants as \(/);
  expect(statementOf(file)).toContain("$granted_locations");
});

test.each(files)("%s keeps to the SQL that DuckDB, PostgreSQL and Redshift share", (_, file) => {
  const sql = statementOf(file).toLowerCase();
  const local =
    /\bfilter\s*\(|\bon conflict\b|\blateral\b|\bunnest\b|\bgenerate_series\b|\bqualify\b|\binterval\b|::|\blist\(|\[/;
  expect(sql).not.toMatch(local);
});

test("a model is there once, after those it reads", () => {
  const sql = statementOf(new URL("./products/products.sql", import.meta.url));
  const order = ["location_grants", "asked_days", "cafe_days", "day_pairs", "compared_days", "sold_now"];
  const places = order.map((name) => sql.indexOf(`${name} as (`));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(sql.split("cafe_days as (")).toHaveLength(2);
});
