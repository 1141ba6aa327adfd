import { readdirSync } from "node:fs";
import { join } from "node:path";
import { init, validate } from "@guanmingchiu/sqlparser-ts";
import { beforeAll, expect, test } from "vitest";
import { statementOf } from "./statement.ts";

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".sql") && !file.startsWith("models"))
  .map((file) => [file, new URL(file, `file://${join(import.meta.dirname, "/")}`)] as const);

test.each(files)("%s starts from the grants of its scope", (_, file) => {
  expect(statementOf(file)).toMatch(/^with location_grants as \(/);
  expect(statementOf(file)).toContain("$granted_locations");
});

/** What at least one of the three lacks or means otherwise, and a parser of Redshift's grammar may let through. */
const notShared: Record<string, RegExp> = {
  FILTER: /\bfilter\s*\(/i,
  "ON CONFLICT": /\bon conflict\b/i,
  LATERAL: /\blateral\b/i,
  lists: /\b(?:unnest|list|array_agg|list_\w+|generate_series|range)\b\s*\(|\[/i,
  QUALIFY: /\bqualify\b/i,
  "VALUES in FROM": /\bfrom\s*\(\s*values\b/i,
  "date arithmetic":
    /\binterval\b|\b(?:date_diff|datediff|date_add|dateadd|date_sub|age|strftime|to_char|epoch\w*|make_date)\s*\(/i,
  ":: casts": /::/,
  "IS DISTINCT FROM": /\bis (?:not )?distinct from\b/i,
  "sums and texts of other names":
    /\b(?:string_agg|listagg|group_concat|bool_or|bool_and|median|mode|quantile\w*|any_value|arg_max|arg_min|first)\s*\(/i,
  "DuckDB's own":
    /\bexclude\s*\(|\breplace\s*\(|\bgroup by all\b|\border by all\b|\b(?:asof|positional|semi|anti)\s+join\b|\bstruct_\w+|\btry_cast\b|\bpivot\b/i,
};

/** As the Data API has parameters. */
function forRedshift(sql: string): string {
  return sql.replace(/\$(\w+)/g, ":$1");
}

beforeAll(() => init());

test.each(files)("%s keeps to the SQL that DuckDB, PostgreSQL and Redshift share", (_, file) => {
  const sql = statementOf(file);
  for (const [words, local] of Object.entries(notShared)) expect(sql, words).not.toMatch(local);
});

test.each(files)("%s parses as Redshift's SQL", (_, file) => {
  expect(() => validate(forRedshift(statementOf(file)), "redshift")).not.toThrow();
});

test("what is not SQL, and what Redshift's grammar lacks, does not parse", () => {
  for (const wrong of ["select 1 from", "select count(*) filter (where a > 1) from t", "select a b c from t"]) {
    expect(() => validate(wrong, "redshift"), wrong).toThrow();
  }
});

test.each(
  Object.entries({
    "select unnest(list)": "lists",
    "select * from t, lateral (select 1)": "LATERAL",
    "select * from (values (1)) as v (n)": "VALUES in FROM",
    "select date '2026-03-01' + interval 1 day": "date arithmetic",
    "select a::bigint from t": ":: casts",
    "select * from t where a is distinct from b": "IS DISTINCT FROM",
    "select * exclude (a) from t": "DuckDB's own",
  }),
)("%s is refused as %s", (sql, words) => {
  const refusing = Object.entries(notShared).flatMap(([name, local]) => (local.test(sql) ? [name] : []));
  expect(refusing).toContain(words);
});

test("a model is there once, after those it reads", () => {
  const sql = statementOf(new URL("./products/products.sql", import.meta.url));
  const order = ["location_grants", "counterparts", "paired_days", "day_sides", "sold"];
  const places = order.map((name) => sql.indexOf(`${name} as (`));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(sql.split("paired_days as (")).toHaveLength(2);
});
