import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { Warehouse } from "#core/ports/warehouse.ts";

/** What a table holds, in short: two tables with the same rows have the same digest. */
export interface TableDigest {
  table: string;
  rows: number;
  digest: string;
}

const folder = new URL("./digest/", import.meta.url);

/** The tables that have a digest. Runs are left out: they say how a warehouse came about, not what is in it. */
const digestedTables: readonly string[] = readdirSync(folder)
  .sort()
  .map((name) => name.replace(/\.sql$/, ""));

/** What a table says, a row each, without the ids and times that differ from one warehouse to the next. */
export function digestSql(table: string): string {
  return readFileSync(new URL(`${table}.sql`, folder), "utf8");
}

/**
 * A digest of every table by what its rows say: independent of the order of rows, of surrogate ids, of runs, of where the
 * sources lie (they count in the order in which they were added) and of how
 * files came to be as they are. Two warehouses that hold the same current files and have the same keys have the same
 * digests, whatever happened on the way.
 */
export async function digestTables(warehouse: Pick<Warehouse, "query">): Promise<TableDigest[]> {
  const digests: TableDigest[] = [];
  for (const table of digestedTables) {
    // The sum of a hash of every row does not depend on their order, and one row twice is not the same as once.
    const [sums] = await warehouse.query<{ rows: number; high: string; low: string }>(
      `with contents as (${digestSql(table)}),
       hashes as (select md5(cast(contents as varchar)) as hash from contents)
       select
         count(*) as rows,
         cast(coalesce(sum(cast('0x' || substr(hash, 1, 15) as bigint)), 0) as varchar) as high,
         cast(coalesce(sum(cast('0x' || substr(hash, 16, 15) as bigint)), 0) as varchar) as low
       from hashes`,
    );
    const { rows = 0, high = "", low = "" } = sums ?? {};
    const digest = createHash("sha256").update(`${table}\n${rows}\n${high}\n${low}`).digest("hex").slice(0, 32);
    digests.push({ table, rows, digest });
  }
  return digests;
}
