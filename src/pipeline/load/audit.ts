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

/**
 * Works out every roll-up and every entry of the ledger again from the receipts, and reports what differs.
 *
 * @returns the audits that failed; none when the warehouse is sound
 */
export async function auditWarehouse(warehouse: Pick<Warehouse, "query">): Promise<FailedAudit[]> {
  const failed: FailedAudit[] = [];
  for (const file of readdirSync(folder).sort()) {
    const rows = await warehouse.query(readFileSync(new URL(file, folder), "utf8"));
    if (rows.length > 0) failed.push({ name: file.replace(/\.sql$/, ""), rows: rows.slice(0, reportedRows) });
  }
  return failed;
}
