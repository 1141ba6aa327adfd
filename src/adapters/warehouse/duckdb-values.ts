import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  type DuckDBResultReader,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  VARCHAR,
} from "@duckdb/node-api";
import type { Row, SqlValue } from "#core/ports/warehouse.ts";
import { asNumberWhenExact } from "./plain-numbers.ts";

const placeholder = /\$([a-z_][a-z0-9_]*)/gi;

interface Binding {
  values: Record<string, DuckDBValue>;
  types: Record<string, DuckDBType>;
}

/**
 * The parameters that this statement names, as DuckDB binds them. Whole numbers bind as BIGINT: left to itself the
 * client binds numbers as DOUBLE and bigints as HUGEINT, which changes the types of what is computed from them.
 */
export function bindingFor(sql: string, params: Readonly<Record<string, SqlValue>> = {}): Binding {
  const binding: Binding = { values: {}, types: {} };
  for (const [, name] of sql.matchAll(placeholder)) {
    if (name === undefined || name in binding.values || !(name in params)) continue;
    const [value, type] = bindable(params[name] ?? null);
    binding.values[name] = value;
    if (type) binding.types[name] = type;
  }
  return binding;
}

function bindable(value: SqlValue): [DuckDBValue, DuckDBType | undefined] {
  if (value === null) return [null, undefined];
  if (value instanceof Date) return [new DuckDBTimestampValue(BigInt(value.getTime()) * 1000n), undefined];
  if (typeof value === "boolean") return [value, BOOLEAN];
  if (typeof value === "string") return [value, VARCHAR];
  if (typeof value === "bigint") return [value, BIGINT];
  return Number.isInteger(value) ? [BigInt(value), BIGINT] : [value, DOUBLE];
}

const wholeNumbers = new Set([DuckDBTypeId.BIGINT, DuckDBTypeId.UBIGINT, DuckDBTypeId.HUGEINT, DuckDBTypeId.UHUGEINT]);

/** Rows as plain JSON; wide integers and decimals become numbers where a number holds them exactly, else strings. */
export function plainRows(reader: DuckDBResultReader): Row[] {
  const names = reader.deduplicatedColumnNames();
  const wide = names.filter((_, index) => {
    const type = reader.columnTypeId(index);
    return wholeNumbers.has(type) || type === DuckDBTypeId.DECIMAL;
  });
  const rows = reader.getRowObjectsJson() as Row[];
  if (wide.length > 0) {
    for (const row of rows)
      for (const name of wide) {
        const value = row[name];
        if (typeof value === "string") row[name] = asNumberWhenExact(value);
      }
  }
  return rows;
}
