import { z } from "zod";
import { damagedBatch } from "./damaged-batch.ts";

/** The tables of a batch in the clean store, one Parquet file each: what transform writes and load reads. */
export const batchTables = [
  "files",
  "transactions",
  "items",
  "customers",
  "products",
  "cafes",
  "deliveries",
  "quarantine",
] as const;
export type BatchTable = (typeof batchTables)[number];

/**
 * The types a column of Parquet may have, in the words of SQL: those that every warehouse takes in. Redshift's COPY has none for
 * lists, structures, unsigned or 128-bit numbers and UUIDs, and DuckDB writes a sum it was not told the type of as a double.
 */
export const parquetTypes = [
  "boolean",
  "smallint",
  "integer",
  "bigint",
  "double",
  "varchar",
  "date",
  "timestamp",
] as const;
type ParquetType = (typeof parquetTypes)[number];

/** The columns of a batch's tables, in order: COPY goes by their places. */
export const batchColumns: Readonly<Record<BatchTable, Readonly<Record<string, ParquetType>>>> = {
  files: {
    file_no: "integer",
    key: "varchar",
    version: "bigint",
    size_bytes: "bigint",
    modified_ms: "bigint",
    content_hash: "varchar",
    format: "varchar",
    reason: "varchar",
    detail: "varchar",
    key_cafe: "varchar",
    key_date: "date",
    rows_read: "integer",
    rows_loaded: "integer",
    rows_quarantined: "integer",
    items: "integer",
    total_pence: "bigint",
    unreconciled: "integer",
    last_receipt_no: "integer",
  },
  transactions: {
    receipt_no: "integer",
    file_no: "integer",
    row_number: "integer",
    cafe_no: "integer",
    occurred_at: "timestamp",
    business_date: "date",
    hour: "smallint",
    total_pence: "integer",
    payment_method: "varchar",
    customer_no: "integer",
    item_count: "smallint",
    reconciled: "boolean",
  },
  items: {
    receipt_no: "integer",
    line_number: "smallint",
    product_no: "integer",
    price_pence: "integer",
    file_no: "integer",
    cafe_no: "integer",
    business_date: "date",
  },
  customers: {
    customer_no: "integer",
    customer_hash: "bigint",
    identity_basis: "varchar",
    key_fingerprint: "varchar",
  },
  products: { product_no: "integer", name: "varchar", flavour: "varchar", size: "varchar", category: "varchar" },
  cafes: {
    cafe_no: "integer",
    name: "varchar",
    region: "varchar",
    country: "varchar",
    latitude: "double",
    longitude: "double",
    placed: "boolean",
  },
  deliveries: {
    file_no: "integer",
    cafe_no: "integer",
    business_date: "date",
    receipts: "integer",
    total_pence: "bigint",
  },
  quarantine: {
    file_no: "integer",
    row_number: "integer",
    reason: "varchar",
    location_name: "varchar",
    business_date: "date",
    total_pence: "bigint",
    detail: "varchar",
  },
};

/** Written last into a batch's folder: with it the batch is complete, and the warehouse can be rebuilt from it. */
const batchManifest = z.object({
  sourceUrl: z.string(),
  /** The run that had it transformed. */
  runId: z.string(),
  /** When, in milliseconds since the epoch: the order in which batches are loaded again by a rebuild. */
  transformedAt: z.number(),
  transformVersion: z.string(),
  files: z.array(z.object({ key: z.string(), version: z.number(), contentHash: z.string() })),
  /** Keys of files that had changed since they were listed, left for the next run. */
  waiting: z.array(z.string()),
});
export type BatchManifest = z.infer<typeof batchManifest>;

/**
 * The manifest of the batch in a folder of the clean store.
 *
 * @throws TerminalError when it is none
 */
export function parseManifest(prefix: string, bytes: Buffer): BatchManifest {
  try {
    return batchManifest.parse(JSON.parse(bytes.toString("utf8")));
  } catch {
    throw damagedBatch(prefix, manifestKey(prefix));
  }
}

/** Where the batches lie in the clean store. */
const batchFolder = "batches";

/** The folder of a batch, by the name of what it holds. */
export function batchPrefix(contentName: string): string {
  return `${batchFolder}/${contentName}`;
}

/** The folder of the batch that a key of the clean store is the manifest of; undefined for any other key. */
export function prefixOfManifest(key: string): string | undefined {
  return key.startsWith(`${batchFolder}/`) && key.endsWith("/manifest.json")
    ? key.slice(0, -"/manifest.json".length)
    : undefined;
}

export function manifestKey(prefix: string): string {
  return `${prefix}/manifest.json`;
}

export function batchTableKey(prefix: string, table: BatchTable): string {
  return `${prefix}/${table}.parquet`;
}

/** The folder of the batch that a key of the clean store is this table of; undefined for any other key. */
export function prefixOfTable(key: string, table: BatchTable): string | undefined {
  const end = `/${table}.parquet`;
  return key.startsWith(`${batchFolder}/`) && key.endsWith(end) ? key.slice(0, -end.length) : undefined;
}
