import { z } from "zod";

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

/** Written last into a batch's folder: with it the batch is complete, and the warehouse can be rebuilt from it. */
export const batchManifest = z.object({
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
