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
    const [first] = await warehouse.query(`select * from (${digestSql(table)}) as contents limit 1`);
    const [sums] = first ? await warehouse.query<Sums>(sumsSql(table, Object.keys(first))) : [];
    const { rows = 0, high = "0", low = "0" } = sums ?? {};
    const digest = createHash("sha256").update(`${table}\n${rows}\n${high}\n${low}`).digest("hex").slice(0, 32);
    digests.push({ table, rows, digest });
  }
  return digests;
}

interface Sums {
  rows: number;
  high: string;
  low: string;
}

/**
 * The sum of a hash of every row does not depend on their order, and one row twice is not the same as once. A row is told as
 * text, cell by cell, and a hash as two numbers, in ways that every warehouse has: a digit above 9 counts as the one that is
 * 10 less, which leaves more than a hundred of the 128 bits.
 */
function sumsSql(table: string, columns: readonly string[]): string {
  const cells = columns.map((column) => `coalesce('=' || cast(${column} as varchar(2000)), '-')`);
  const half = (from: number) => `cast(substr(hash, ${from}, 16) as bigint)`;
  return `with contents as (${digestSql(table)}),
    hashes as (select translate(md5(${cells.join(" || chr(31) || ")}), 'abcdef', '012345') as hash from contents)
    select
      count(*) as rows,
      cast(sum(${half(1)}) as varchar(40)) as high,
      cast(sum(${half(17)}) as varchar(40)) as low
    from hashes`;
}
