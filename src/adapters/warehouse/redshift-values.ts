import type { ColumnMetadata, Field, SqlParameter } from "@aws-sdk/client-redshift-data";
import type { SelectResult, SqlValue, Statement } from "#core/ports/warehouse.ts";
import { distinctNames } from "./distinct-names.ts";
import { asNumberWhenExact } from "./plain-numbers.ts";
import { sqlTokens } from "./sql-tokens.ts";

/** A statement as the Data API takes it. */
export interface RedshiftStatement {
  readonly sql: string;
  readonly parameters: readonly SqlParameter[];
}

/** Redshift's longest text, in bytes. */
const longestText = 65_535;

/**
 * A statement of the shared SQL as Redshift runs it. Parameters become `:names` of their own, for all statements of a call share
 * one list; they travel as text and say what they are. What cannot travel (nulls, empty texts) and what text cannot be cast to
 * (truth values) are the same few words whatever anybody typed, and are written out. Texts are measured in bytes, of which a
 * character has up to four. Comments stay here.
 */
export function redshiftStatement({ sql, params = {} }: Statement, prefix = ""): RedshiftStatement {
  const parameters = new Map<string, string>();
  const text = sqlTokens(sql).map((token) => {
    if (token.kind === "comment") return " ";
    const name = token.text.slice(1);
    if (token.kind !== "parameter" || !(name in params)) return token.text;
    const value = params[name] ?? null;
    if (value === null || typeof value === "boolean") return String(value);
    if (value === "") return "''";
    const [told, type] = bindable(value);
    parameters.set(`${prefix}${name}`, told);
    return type ? `cast(:${prefix}${name} as ${type})` : `:${prefix}${name}`;
  });
  return {
    sql: inBytes(text.join("")).trim(),
    parameters: [...parameters].map(([name, value]) => ({ name, value })),
  };
}

function bindable(value: string | number | bigint | Date): [string, string | undefined] {
  if (typeof value === "string") return [value, undefined];
  if (value instanceof Date) return [value.toISOString().replace("T", " ").replace("Z", ""), "timestamp"];
  const whole = typeof value === "bigint" || Number.isInteger(value);
  return [String(value), whole ? "bigint" : "double precision"];
}

function inBytes(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'|\bvarchar\((\d+)\)/gi, (found, characters?: string) =>
    characters === undefined ? found : `varchar(${Math.min(4 * Number(characters), longestText)})`,
  );
}

/** A result, with Redshift's names of its columns' types. */
export interface RedshiftResult extends SelectResult {
  readonly types: readonly string[];
}

/** Rows of a result as plain JSON. */
export function plainResult(metadata: readonly ColumnMetadata[], records: readonly Field[][]): RedshiftResult {
  const columns = distinctNames(metadata.map(({ label, name }) => label ?? name ?? ""));
  const types = metadata.map(({ typeName }) => typeName ?? "");
  return {
    columns,
    types,
    rows: records.map((record) =>
      Object.fromEntries(columns.map((column, index) => [column, plainValue(record[index], types[index] ?? "")])),
    ),
  };
}

function plainValue(field: Field | undefined, type: string): SqlValue {
  if (field === undefined || field.isNull) return null;
  if (field.booleanValue !== undefined) return field.booleanValue;
  if (field.doubleValue !== undefined) return field.doubleValue;
  if (field.longValue !== undefined) return field.longValue;
  const text = field.stringValue ?? "";
  if (type === "numeric") return asNumberWhenExact(text);
  return type.startsWith("timestamp") ? text.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "") : text;
}
