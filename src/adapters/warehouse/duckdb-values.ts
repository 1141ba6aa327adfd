import {
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

/** A statement as the client is handed it: its text, and the values that are bound to it. */
interface BoundStatement {
  text: string;
  /** None: then the client runs the text at once, rather than preparing it. */
  values: Record<string, DuckDBValue> | undefined;
  types: Record<string, DuckDBType>;
}

/** Strings and comments are passed over: what looks like a parameter in them is none. */
const placeholder = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\r\n]*|\$([a-z_]\w*)/gi;
/** Dates, words, lists of cafés: nothing that SQL could take for anything but text. */
const plainText = /^[\w,.: -]*$/;

/**
 * A statement with its parameters. Plain values are written into its text, and whatever else is left to be bound: the engine plans a
 * statement with bound values twice, before it knows them and after, and a metric's statements are mostly planning (a tenth less of a
 * metric's processor time). Whole numbers are BIGINT: left to itself the client binds numbers as DOUBLE and bigints as HUGEINT,
 * which changes the types of what is computed from them.
 */
export function boundStatement(sql: string, params: Readonly<Record<string, SqlValue>> = {}): BoundStatement {
  const values: Record<string, DuckDBValue> = {};
  const types: Record<string, DuckDBType> = {};
  const text = sql.replace(placeholder, (found, name?: string) => {
    if (name === undefined || !Object.hasOwn(params, name)) return found;
    const value = params[name] ?? null;
    const written = literal(value);
    if (written !== undefined) return written;
    const [bound, type] = bindable(value);
    values[name] = bound;
    if (type) types[name] = type;
    return found;
  });
  return { text, values: Object.keys(values).length > 0 ? values : undefined, types };
}

function literal(value: SqlValue): string | undefined {
  if (value === null || typeof value === "boolean") return String(value);
  const isWhole = typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value));
  if (isWhole) return `cast(${BigInt(value)} as bigint)`;
  return typeof value === "string" && plainText.test(value) ? `'${value}'` : undefined;
}

/** What is no {@link literal}: a moment, other text, a number that is not whole. */
function bindable(value: SqlValue): [DuckDBValue, DuckDBType | undefined] {
  if (value instanceof Date) return [new DuckDBTimestampValue(BigInt(value.getTime()) * 1000n), undefined];
  return [value, typeof value === "string" ? VARCHAR : DOUBLE];
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
