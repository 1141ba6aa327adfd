import { z } from "zod";

/** A file as extract saw it. Its version is its place in the order of discovery, over all files of all time. */
const filePointer = z.object({
  key: z.string(),
  version: z.number().int(),
  size: z.number().int(),
  /** Milliseconds since the epoch. */
  modifiedAt: z.number(),
});
export type FilePointer = z.infer<typeof filePointer>;

/** Extract → transform: which files to read. Pointers only, never rows. */
export const transformMessage = z.object({
  runId: z.string(),
  batchId: z.string(),
  sourceUrl: z.string(),
  files: z.array(filePointer),
});
export type TransformMessage = z.infer<typeof transformMessage>;

/** Transform → load: which batch of the clean store to load. */
export const loadMessage = z.object({
  runId: z.string(),
  batchId: z.string(),
  sourceUrl: z.string(),
  /** The folder of the batch in the clean store. */
  prefix: z.string(),
});
export type LoadMessage = z.infer<typeof loadMessage>;
