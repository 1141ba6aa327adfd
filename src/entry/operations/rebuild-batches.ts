import { type BatchManifest, batchTableKey, batchTables, parseManifest, prefixOfManifest } from "#core/batch.ts";
import { damagedBatch } from "#core/damaged-batch.ts";
import { RefusedError } from "#core/errors.ts";
import type { Storage } from "#core/ports/storage.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import { counted } from "../words.ts";

/** A finished batch of the clean store. */
export interface CleanBatch {
  /** Its folder there. */
  readonly prefix: string;
  readonly manifest: BatchManifest;
}

/**
 * Every finished batch, in the order in which they are loaded again.
 *
 * @throws TerminalError when a file of one is not there, or its manifest is none
 */
export async function readBatches(clean: Storage): Promise<CleanBatch[]> {
  const keys = new Set((await clean.list()).map(({ key }) => key));
  const found: CleanBatch[] = [];
  for (const key of keys) {
    const prefix = prefixOfManifest(key);
    if (prefix === undefined) continue;
    const gone = batchTables.map((table) => batchTableKey(prefix, table)).find((table) => !keys.has(table));
    if (gone !== undefined) throw damagedBatch(prefix, gone);
    found.push({ prefix, manifest: parseManifest(prefix, await clean.read(key)) });
  }
  return found.sort(
    (one, other) => one.manifest.transformedAt - other.manifest.transformedAt || (one.prefix < other.prefix ? -1 : 1),
  );
}

/** The keys of till files whose rows are in a warehouse, and would not be in one made from these batches. */
export async function filesInNoBatch(
  warehouse: Pick<Warehouse, "queryMany">,
  batches: readonly CleanBatch[],
): Promise<string[]> {
  const held = new Set(
    batches.flatMap(({ manifest: { sourceUrl, transformVersion, files } }) =>
      files.map(({ key, contentHash }) => nameOf(sourceUrl, key, contentHash, transformVersion)),
    ),
  );
  const loaded = await warehouse.queryMany<Record<"url" | "key" | "content_hash" | "transform_version", string>>(
    `select sources.url, files.key, files.content_hash, files.transform_version
     from files
     join sources on sources.source_id = files.source_id
     where files.is_current`,
  );
  return loaded
    .filter((file) => !held.has(nameOf(file.url, file.key, file.content_hash, file.transform_version)))
    .map(({ key }) => key)
    .sort();
}

/** A till file as it was read: the bytes, by a transform. */
function nameOf(...parts: readonly string[]): string {
  return parts.join("\n");
}

/** How many of the missing files are named. */
const namedAtMost = 5;

/** The clean store has not what the warehouse has: a rebuild would lose it. */
export function lackingFiles(missing: readonly string[]): RefusedError {
  const rest = missing.length - namedAtMost;
  const named = `${missing.slice(0, namedAtMost).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
  return new RefusedError(
    `The clean store lacks the batches of ${counted(missing.length, "till file")} that the warehouse has: ${named}. The warehouse is untouched.`,
    "Put the clean store back from a backup; or read those files again with `npx infinity replay`, where the raw store still has them; " +
      "or say --without-missing, to make the warehouse without them.",
  );
}

/** There is nothing to make a warehouse from, and what the old one had is not known. */
export function nothingToRebuildFrom(): RefusedError {
  return new RefusedError(
    "The warehouse cannot be read, and the clean store has no batch to make another from. Nothing was changed.",
    "Put the clean store back from a backup; or say --without-missing, for an empty warehouse that `npx infinity run` fills from the raw store.",
  );
}
