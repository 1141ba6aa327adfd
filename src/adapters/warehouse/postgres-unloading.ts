import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import type { ClientBase } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { unloadedType } from "./parquet-columns.ts";
import { csvFolder } from "./postgres-staging.ts";

/** Stands for a null in the CSV. Texts are always in quotes, so none is taken for it, and an empty one is not nothing. */
const nullMark = "\\N";

/**
 * Writes a table to a Parquet file: COPY gives it as CSV, and DuckDB makes Parquet of that, by the table's own types.
 *
 * @throws TerminalError where a column is of a type that staged files do not have
 */
export async function copyOut(
  client: ClientBase,
  table: string,
  { path, scratchFolder }: { path: string; scratchFolder: string },
): Promise<void> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select attname as name, format_type(atttypid, null) as type
     from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped
     order by attnum`,
    [table],
  );
  const columns = rows.map(({ name, type }) => ({ name, type: unloadedType(name, type) }));
  const texts = columns.filter(({ type }) => type === "VARCHAR").map(({ name }) => `"${name}"`);
  const quoted = texts.length === 0 ? "" : `, force_quote (${texts.join(", ")})`;
  const folder = await csvFolder(scratchFolder);
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const duckdb = await instance.connect();
  try {
    const csv = join(folder, "rows.csv");
    const copying = client.query(copyTo(`copy ${table} to stdout (format csv, null '${nullMark}'${quoted})`));
    await pipeline(copying, createWriteStream(csv));
    const names = columns.map(({ name, type }) => `'${name}': '${type}'`);
    await duckdb.run(
      `copy (
         from read_csv($csv, columns = {${names.join(", ")}}, auto_detect = false, header = false, delim = ',', quote = '"',
           escape = '"', nullstr = '${nullMark}', allow_quoted_nulls = false)
       ) to '${path.replaceAll("'", "''")}' (format parquet)`,
      { csv },
    );
  } finally {
    duckdb.disconnectSync();
    instance.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
}
