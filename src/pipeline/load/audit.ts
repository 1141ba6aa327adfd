import { readdirSync, readFileSync } from "node:fs";
import type { Row, Warehouse } from "#core/ports/warehouse.ts";

/** An audit that found something: its name, and the first of the rows that are wrong. */
export interface FailedAudit {
  name: string;
  rows: Row[];
}

/** How many bad rows of an audit are reported. */
const reportedRows = 10;

const folder = new URL("./audits/", import.meta.url);

/** What audits of a roll-up have in common, in place of `{{difference}}`: they say what is expected and what is kept. */
const difference = readFileSync(new URL("./sql/00-difference.sql", import.meta.url), "utf8");

/** Every audit: a question whose answer is empty where the warehouse is sound. */
export const audits: readonly { readonly name: string; readonly sql: string }[] = readdirSync(folder)
  .sort()
  .map((file) => ({
    name: file.replace(/\.sql$/, ""),
    sql: readFileSync(new URL(file, folder), "utf8").replace("{{difference}}", difference),
  }));

/**
 * Works out every roll-up and every entry of the ledger again from the receipts, and reports what differs.
 *
 * @returns the audits that failed; none when the warehouse is sound
 */
export async function auditWarehouse(warehouse: Pick<Warehouse, "query">): Promise<FailedAudit[]> {
  const failed: FailedAudit[] = [];
  for (const { name, sql } of audits) {
    const rows = await warehouse.query(sql);
    if (rows.length > 0) failed.push({ name, rows: rows.slice(0, reportedRows) });
  }
  return failed;
}
