import { type CustomTypesConfig, types } from "pg";
import type { SqlValue } from "#core/ports/warehouse.ts";
import { asNumberWhenExact } from "./plain-numbers.ts";
import { sqlTokens } from "./sql-tokens.ts";

interface Binding {
  text: string;
  values: (string | null)[];
}

/**
 * A statement with its `$name` parameters numbered and bound. Numbers, booleans and times say what they are, or PostgreSQL
 * would guess (`$1 * 2` makes 0.25 an integer); text and nulls are what their place in the statement wants.
 */
export function bindingFor(sql: string, params: Readonly<Record<string, SqlValue>> = {}): Binding {
  const values: (string | null)[] = [];
  const places = new Map<string, string>();
  const text = sqlTokens(sql).map((token) => {
    const name = token.text.slice(1);
    if (token.kind !== "parameter" || !(name in params)) return token.text;
    const known = places.get(name);
    if (known !== undefined) return known;
    const [value, type] = bindable(params[name] ?? null);
    values.push(value);
    const place = type ? `cast($${values.length} as ${type})` : `$${values.length}`;
    places.set(name, place);
    return place;
  });
  return { text: text.join(""), values };
}

function bindable(value: SqlValue): [string | null, string | undefined] {
  if (value === null || typeof value === "string") return [value, undefined];
  if (value instanceof Date) return [value.toISOString().replace("T", " ").replace("Z", ""), "timestamp"];
  if (typeof value === "boolean") return [String(value), "boolean"];
  const whole = typeof value === "bigint" || Number.isInteger(value);
  return [String(value), whole ? "bigint" : "double precision"];
}

const { BOOL, INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC } = types.builtins;

const readers: Readonly<Record<number, (text: string) => unknown>> = {
  [BOOL]: (text) => text === "t",
  [INT2]: Number,
  [INT4]: Number,
  [INT8]: asNumberWhenExact,
  [FLOAT4]: Number,
  [FLOAT8]: Number,
  [NUMERIC]: asNumberWhenExact,
};

/** Values as plain JSON. What is not a number or a truth is text, dates and times in ISO order among it. */
export const plainTypes: CustomTypesConfig = {
  getTypeParser: ((oid: number) => readers[oid] ?? ((text: string) => text)) as typeof types.getTypeParser,
};
