import { z } from "zod";
import type { Storage } from "#core/ports/storage.ts";

/** Which snapshot is the newest: written after it, so that whoever reads it finds a whole one. */
const snapshotPointer = z.object({
  /** The DuckDB file, in the same store. */
  key: z.string(),
  /** Names the tables it has: an older one of others cannot be brought up to date. */
  tables: z.string(),
  /** What it holds: two with the same version answer alike. */
  version: z.string(),
  /** Milliseconds since the epoch. */
  publishedAt: z.number(),
});
export type SnapshotPointer = z.infer<typeof snapshotPointer>;

export const pointerKey = "current.json";

/** The newest snapshot; undefined before the first. */
export async function readPointer(snapshots: Storage): Promise<SnapshotPointer | undefined> {
  if ((await snapshots.stat(pointerKey)) === undefined) return undefined;
  return snapshotPointer.parse(JSON.parse((await snapshots.read(pointerKey)).toString("utf8")));
}
