import type { SqlValue, Statement } from "#core/ports/warehouse.ts";

/** A line as `[name, pence]`, or with a flavour, a size and a category. */
export type Line = readonly [
  name: string,
  pence: number,
  flavour?: string | undefined,
  size?: "regular" | "large",
  category?: string,
];

/**
 * A receipt by hand: when, what, and who: a customer with a card or token, or one who paid cash and gave a name. Whoever shows a token may
 * pay cash. The total is the sum of its lines unless given.
 */
export interface HandReceipt {
  readonly at: string;
  readonly lines: readonly Line[];
  readonly customer?: number;
  readonly cash?: boolean;
  readonly named?: number;
  readonly totalPence?: number;
}

export interface HandCafe {
  readonly id: number;
  readonly name: string;
  readonly region: string;
  readonly country?: string;
  readonly openedOn?: string;
  readonly closedOn?: string;
}

export function linesPence(receipt: HandReceipt): number {
  return receipt.lines.reduce((sum, [, pence]) => sum + pence, 0);
}

export function totalOf(receipt: HandReceipt): number {
  return receipt.totalPence ?? linesPence(receipt);
}

export function insert(table: string, row: Record<string, SqlValue>): Statement {
  const names = Object.keys(row);
  const places = names.map((name) => `$${name}`).join(", ");
  return { sql: `insert into ${table} (${names.join(", ")}) values (${places})`, params: row };
}

export function locationRow(cafe: HandCafe): Statement {
  return insert("locations", {
    location_id: cafe.id,
    name: cafe.name,
    region: cafe.region,
    country: cafe.country ?? null,
    opened_on: cafe.openedOn ?? null,
    closed_on: cafe.closedOn ?? null,
    placed: cafe.region !== "Unplaced",
  });
}

export function nameRow({ id, name, region }: HandCafe): Statement {
  return insert("location_names", { name, location_id: id, is_main: true, region, placed: region !== "Unplaced" });
}

export function fileRow(fileId: number, key: string, rows: number, pence: number): Record<string, SqlValue> {
  return {
    file_id: fileId,
    source_id: 1,
    key,
    version: fileId,
    seen_version: fileId,
    size_bytes: 1,
    modified_ms: 1,
    content_hash: `hash ${fileId}`,
    transform_version: "t",
    status: "loaded",
    is_current: true,
    rows_read: rows,
    rows_loaded: rows,
    rows_quarantined: 0,
    items: 0,
    total_pence: pence,
    unreconciled: 0,
    last_transaction_id: 0,
    loaded_at: "2026-03-04 06:00:01",
    run_id: "run",
  };
}
