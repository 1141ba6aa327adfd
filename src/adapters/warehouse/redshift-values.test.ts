import fc from "fast-check";
import { expect, test } from "vitest";
import type { SqlValue } from "#core/ports/warehouse.ts";
import { redshiftStatement } from "./redshift-values.ts";

const values: fc.Arbitrary<SqlValue> = fc.oneof(
  fc.string({ unit: "binary", minLength: 1 }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.integer(),
  // A database's zero has no sign.
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value || 0),
  fc.date({ noInvalidDate: true, min: new Date("1970-01-01"), max: new Date("2100-01-01") }),
);

test("no value reaches the text of a statement, and every one its parameters", () => {
  fc.assert(
    fc.property(values, (value) => {
      const { sql, parameters } = redshiftStatement({ sql: "select $x, $x, $y", params: { x: value, y: 1 } }, "s1_");
      expect(sql).toMatch(/^select (:s1_x|cast\(:s1_x as [a-z ]+\)), \1, cast\(:s1_y as bigint\)$/);
      expect(parameters).toHaveLength(2);
      expect(parameters[0]?.name).toBe("s1_x");
      if (typeof value === "string") expect(parameters[0]?.value).toBe(value);
      else if (!(value instanceof Date)) expect(Number(parameters[0]?.value)).toBe(Number(value));
    }),
  );
});

test("what cannot travel as a parameter is written out", () => {
  const params = { nothing: null, empty: "", yes: true };
  expect(redshiftStatement({ sql: "select cast($nothing as date), $empty, $yes, '$yes' -- $no", params })).toEqual({
    sql: "select cast(null as date), '', true, '$yes'",
    parameters: [],
  });
});

test("a text has four bytes a character, as far as Redshift goes", () => {
  const sql = "select cast(a as varchar(200)), cast($b as varchar(60000)), 'varchar(9)'";
  expect(redshiftStatement({ sql, params: { b: "x" } }).sql).toBe(
    "select cast(a as varchar(800)), cast(:b as varchar(65535)), 'varchar(9)'",
  );
});
