import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { ClientBase } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { StagedTable } from "#core/ports/warehouse.ts";
import { parquetColumns } from "./parquet-columns.ts";

/**
 * Makes the staged files temporary tables of the open transaction: DuckDB writes each as CSV, and COPY takes that in, so no
 * row passes through JavaScript.
 */
export async function copyStaged(
  client: ClientBase,
  staged: readonly StagedTable[],
  scratchFolder: string,
): Promise<void> {
  if (staged.length === 0) return;
  const folder = await csvFolder(scratchFolder);
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const duckdb = await instance.connect();
  try {
    for (const [place, { table, path }] of staged.entries()) {
      await copyOne(client, duckdb, { table, path }, join(folder, `${place}.csv`));
    }
  } finally {
    duckdb.disconnectSync();
    instance.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A new folder for CSV on its way. */
export async function csvFolder(scratchFolder: string): Promise<string> {
  await mkdir(scratchFolder, { recursive: true, mode: 0o700 });
  return await mkdtemp(join(scratchFolder, "csv-"));
}

async function copyOne(
  client: ClientBase,
  duckdb: DuckDBConnection,
  { table, path }: StagedTable,
  csv: string,
): Promise<void> {
  const columns = await parquetColumns(duckdb, path);
  const definitions = columns.map(({ name, type }) => `"${name}" ${type === "varchar" ? 'text collate "C"' : type}`);
  await client.query(`create temp table ${table} (${definitions.join(", ")})`);
  // A null is nothing and an empty text is "": both sides say so.
  await duckdb.run(
    `copy (select * from read_parquet($path)) to '${csv.replaceAll("'", "''")}' (header false, nullstr '')`,
    {
      path,
    },
  );
  await pipeline(createReadStream(csv), client.query(copyFrom(`copy ${table} from stdin (format csv)`)));
  await rm(csv);
  // A temporary table has no figures for the planner until somebody asks for them.
  await client.query(`analyze ${table}`);
}
