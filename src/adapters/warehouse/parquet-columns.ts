import type { DuckDBConnection } from "@duckdb/node-api";
import { TerminalError } from "#core/errors.ts";

interface Column {
  name: string;
  /** In the words that PostgreSQL and Redshift share; texts are `varchar`, of any length. */
  type: string;
}

/** DuckDB's names of what our Parquet holds. */
const types: Readonly<Record<string, string>> = {
  BOOLEAN: "boolean",
  SMALLINT: "smallint",
  INTEGER: "integer",
  BIGINT: "bigint",
  DOUBLE: "double precision",
  VARCHAR: "varchar",
  DATE: "date",
  TIMESTAMP: "timestamp",
};

/** The same types under all the names that PostgreSQL and Redshift have for them, in DuckDB's. */
const duckdbTypes: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(types).map(([duckdbType, type]) => [type, duckdbType])),
  ...{ bool: "BOOLEAN", int2: "SMALLINT", int4: "INTEGER", int8: "BIGINT", float8: "DOUBLE" },
  ...{ text: "VARCHAR", "character varying": "VARCHAR", "timestamp without time zone": "TIMESTAMP" },
};

/**
 * The columns of a Parquet file, in order.
 *
 * @throws TerminalError when one is of a kind that load does not know
 */
export async function parquetColumns(duckdb: DuckDBConnection, path: string): Promise<Column[]> {
  const reader = await duckdb.runAndReadAll(
    "select column_name, column_type from (describe select * from read_parquet($path))",
    { path },
  );
  return reader.getRowsJson().map(([name, duckdbType]) => {
    const type = types[String(duckdbType)];
    if (type === undefined || !/^[a-z_][a-z0-9_]*$/.test(String(name))) {
      throw new TerminalError(
        `The staged file ${path} has a column ${String(name)} of type ${String(duckdbType)}, which no warehouse takes.`,
        "It was not made by this version's transform: run it again.",
      );
    }
    return { name: String(name), type };
  });
}

/**
 * DuckDB's name of the type of a column to be unloaded.
 *
 * @param type what DuckDB, PostgreSQL or Redshift calls it
 * @throws TerminalError when staged files have no such columns: decimals and wider numbers would come out as something else
 */
export function unloadedType(name: string, type: string): string {
  const known = type in types ? type : duckdbTypes[type];
  if (known !== undefined) return known;
  throw new TerminalError(
    `The column ${name} of a SELECT to be unloaded is of type ${type}, which staged files do not have.`,
    "This is a fault in the tracker: the column wants a cast. Please report it.",
  );
}
