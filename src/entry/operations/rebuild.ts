import { existsSync } from "node:fs";
import { openDuckdb } from "#adapters/warehouse/duckdb.ts";
import { type BatchManifest, parseManifest, prefixOfManifest } from "#core/batch.ts";
import { RefusedError, TerminalError, TransientError } from "#core/errors.ts";
import type { Storage } from "#core/ports/storage.ts";
import { agreeOnSchema, isOfThisSchema } from "#core/warehouse/schema-version.ts";
import { agreeOnKeys } from "#pipeline/agree-on-keys.ts";
import { claimSource } from "#pipeline/extract/claim-source.ts";
import { auditWarehouse } from "#pipeline/load/audit.ts";
import { ensureCalendar } from "#pipeline/load/calendar.ts";
import { digestTables } from "#pipeline/load/digest.ts";
import { putInForce } from "#pipeline/load/key-generations.ts";
import { loadBatch } from "#pipeline/load/load-batch.ts";
import { damageInBatch } from "#pipeline/transform/damage-in-batch.ts";
import { forgetInBatches, renumberBatches } from "#pipeline/transform/rewrite-batches.ts";
import { cleanFolderOf, scratchOf } from "../home/choose-adapters.ts";
import type { Home } from "../home/open-home.ts";
import { exchangeWarehouse, removeDatabase, warehouseFiles } from "../home/warehouse-files.ts";
import { copyPurges, copyRuns, numberedCafes } from "./copy-history.ts";

/** What a rebuild did. */
export interface Rebuilt {
  batches: number;
  files: number;
  durationMs: number;
  /** True where every table says the same as before; null where there was nothing to compare with. */
  sameAsBefore: boolean | null;
  /** Tables that say something else than before. */
  changed: string[];
}

interface RebuildWatcher {
  onProgress(done: number, total: number): void;
}

/**
 * Makes the warehouse anew from the clean store, which holds nothing personal: after damage, or to prove that it can be done.
 * The new file takes the old one's place only once every batch is in and every audit passes; the old one stays beside it.
 * Closes the home's warehouse: the home must be closed afterwards.
 *
 * The clean store may be a backup from before somebody was forgotten or the keys were rotated: it is put right first.
 *
 * @throws RefusedError when the warehouse is not in the home
 * @throws TerminalError when a batch cannot be read, or an audit of the new warehouse fails
 * @throws SettingError when a key was lost
 */
export async function rebuild(home: Home, { onProgress }: RebuildWatcher): Promise<Rebuilt> {
  if (home.settings.warehouse !== undefined) {
    throw new RefusedError(
      "Only a warehouse in the home folder is rebuilt in place.",
      "Restore a backup; or set warehouse to an empty database, and `infinity run` loads what the raw store still has.",
    );
  }
  const startedAt = performance.now();
  const { unfinished } = warehouseFiles(home.folder);
  removeDatabase(unfinished);

  const keys = await agreeOnKeys({ ...home, now: () => new Date() });
  await renumberBatches(home.clean, await home.keys.chain("customers"));
  const forgotten = (await home.suppressed.all()).map(({ customerHash }) => customerHash);
  if (forgotten.length > 0) await forgetInBatches(home.clean, forgotten);

  const manifests = await readManifests(home.clean);
  // Tables of an earlier version may not have what a digest reads.
  const before = (await isOfThisSchema(home.warehouse)) ? await digestTables(home.warehouse) : [];
  const warehouse = await openDuckdb({
    path: unfinished,
    readableFolders: [cleanFolderOf(home.settings), scratchOf(home.settings)].filter((folder) => folder !== undefined),
    memoryMegabytes: home.settings.warehouseMemoryMegabytes,
  });
  let after: Awaited<ReturnType<typeof digestTables>>;
  try {
    await warehouse.migrate();
    await agreeOnSchema(warehouse);
    await ensureCalendar(warehouse);
    await putInForce(warehouse, keys, new Date());
    await copyRuns(home.warehouse, warehouse);
    const keptCafes = await numberedCafes(home.warehouse);
    for (const [index, { prefix, manifest }] of manifests.entries()) {
      await claimSource(warehouse, manifest.sourceUrl, true, new Date(manifest.transformedAt));
      try {
        await loadBatch(
          { runId: manifest.runId, batchId: prefix, sourceUrl: manifest.sourceUrl, prefix },
          {
            warehouse,
            clean: home.clean,
            suppressed: home.suppressed,
            registry: home.registry,
            runId: manifest.runId,
            keptCafes,
            now: () => new Date(manifest.transformedAt),
          },
        );
      } catch (error) {
        throw (await damageInBatch(home.clean, prefix)) ?? error;
      }
      onProgress(index + 1, manifests.length);
    }
    await copyPurges(home.warehouse, warehouse);
    const failed = await auditWarehouse(warehouse);
    if (failed.length > 0) {
      throw new TerminalError(
        `The rebuilt warehouse does not pass the audit ${failed.map(({ name }) => name).join(", ")}.`,
        "The old one is untouched. Please report this with the name of the audit.",
      );
    }
    after = await digestTables(warehouse);
    await warehouse.close();
    // What is still in its log was not written into it when it was closed.
    if (existsSync(`${unfinished}.wal`)) {
      throw new TransientError(
        "The new warehouse could not be written: its disk is full.",
        "The old one is untouched. Make room, then run `npx infinity rebuild` again.",
      );
    }
  } catch (error) {
    await warehouse.close();
    // A disk that is full must not stay full of what nobody will use.
    removeDatabase(unfinished);
    throw error;
  }
  await home.warehouse.close();
  await exchangeWarehouse(home.folder);
  const changed = after.filter(({ table, digest }) => before.find((old) => old.table === table)?.digest !== digest);
  const hadFiles = before.some(({ table, rows }) => table === "files" && rows > 0);
  return {
    batches: manifests.length,
    files: new Set(manifests.flatMap(({ manifest }) => manifest.files.map(({ key }) => `${manifest.sourceUrl} ${key}`)))
      .size,
    durationMs: Math.round(performance.now() - startedAt),
    sameAsBefore: hadFiles ? changed.length === 0 : null,
    changed: hadFiles ? changed.map(({ table }) => table) : [],
  };
}

async function readManifests(clean: Storage): Promise<{ prefix: string; manifest: BatchManifest }[]> {
  const found: { prefix: string; manifest: BatchManifest }[] = [];
  for (const { key } of await clean.list()) {
    const prefix = prefixOfManifest(key);
    if (prefix === undefined) continue;
    found.push({ prefix, manifest: parseManifest(prefix, await clean.read(key)) });
  }
  return found.sort(
    (one, other) => one.manifest.transformedAt - other.manifest.transformedAt || (one.prefix < other.prefix ? -1 : 1),
  );
}
