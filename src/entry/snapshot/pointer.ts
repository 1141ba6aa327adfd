import { z } from "zod";
import { BusyError } from "#core/errors.ts";
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

/** What is said of a snapshot that cannot be used: of it or of {@link pointerKey}, which says which it is. */
export class UnusableSnapshotError extends BusyError {
  constructor(what: string, options?: ErrorOptions) {
    super(
      what,
      `The next run publishes a whole one. To have it sooner, remove ${pointerKey} there and call the function extract.`,
      options,
    );
  }
}

/**
 * The newest snapshot; undefined before the first.
 *
 * @throws UnusableSnapshotError where nobody can tell which that is
 */
export async function readPointer(snapshots: Storage): Promise<SnapshotPointer | undefined> {
  if ((await snapshots.stat(pointerKey)) === undefined) return undefined;
  const bytes = await snapshots.read(pointerKey);
  try {
    return snapshotPointer.parse(JSON.parse(bytes.toString("utf8")));
  } catch (error) {
    throw new UnusableSnapshotError(`${snapshots.url}/${pointerKey} is damaged.`, { cause: error });
  }
}
