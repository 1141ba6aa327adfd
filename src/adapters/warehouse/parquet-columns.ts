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
