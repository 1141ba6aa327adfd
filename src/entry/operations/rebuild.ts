import { existsSync } from "node:fs";
import { openDuckdb } from "#adapters/warehouse/duckdb.ts";
import { RefusedError, TerminalError, TransientError } from "#core/errors.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import { agreeOnSchema, isOfThisSchema } from "#core/warehouse/schema-version.ts";
import { agreeOnKeys } from "#pipeline/agree-on-keys.ts";
import { claimSource } from "#pipeline/extract/claim-source.ts";
import { auditWarehouse } from "#pipeline/load/audit.ts";
import { ensureCalendar } from "#pipeline/load/calendar.ts";
import { digestTables, type TableDigest } from "#pipeline/load/digest.ts";
import { putInForce } from "#pipeline/load/key-generations.ts";
import { loadBatch } from "#pipeline/load/load-batch.ts";
import { whyBatchFailed } from "#pipeline/transform/damage-in-batch.ts";
import { forgetInBatches, renumberBatches } from "#pipeline/transform/rewrite-batches.ts";
import { cleanFolderOf, scratchOf } from "../home/choose-adapters.ts";
import type { Home } from "../home/open-home.ts";
import { exchangeWarehouse, removeDatabase, warehouseFiles } from "../home/warehouse-files.ts";
import { type History, readHistory, unlessDamaged, writePurges, writeRuns } from "./copy-history.ts";
import { type CleanBatch, filesInNoBatch, lackingFiles, nothingToRebuildFrom, readBatches } from "./rebuild-batches.ts";

/** What a rebuild did. */
export interface Rebuilt {
  batches: number;
  files: number;
  durationMs: number;
  /** True where every table says the same as before; null where there was nothing to compare with. */
  sameAsBefore: boolean | null;
  /** Tables that say something else than before. */
  changed: string[];
  /** Till files that the warehouse had before and no batch holds: left out, as was asked. */
  missing: number;
  /** What could not be read of the warehouse before, and no batch tells. */
  lost: string[];
  /** Whether there was a warehouse before, which is kept beside the new one. */
  keptBefore: boolean;
}

interface RebuildOptions {
  /** What the warehouse has and no batch of the clean store is to be left out, instead of refusing. */
  withoutMissing: boolean;
  onProgress(done: number, total: number): void;
}

/**
 * Makes the warehouse anew from the clean store, which holds nothing personal: after damage, or to prove that it can be done.
 * The new file takes the old one's place only once every batch is in and every audit passes; the old one stays beside it. Where the old
 * one is damaged or gone, whatever can be read of it is taken over, and the rest is told as lost.
 * Closes the home's warehouse: the home must be closed afterwards.
 *
 * The clean store may be a backup from before somebody was forgotten or the keys were rotated: it is put right first.
 *
 * @throws RefusedError when the warehouse is not in the home, or has till files that no batch holds
 * @throws TerminalError when a batch cannot be read, or an audit of the new warehouse fails
 * @throws SettingError when a key or the suppression list was lost
 */
export async function rebuild(home: Home, { withoutMissing, onProgress }: RebuildOptions): Promise<Rebuilt> {
  if (home.settings.warehouse !== undefined) {
    throw new RefusedError(
      "Only a warehouse in the home folder is rebuilt in place.",
      "Restore a backup; or set warehouse to an empty database, and `infinity run` loads what the raw store still has.",
    );
  }
  const startedAt = performance.now();
  const batches = await readBatches(home.clean);
  const missing = await unlessDamaged(() => filesInNoBatch(home.warehouse, batches));
  if (!withoutMissing && missing !== undefined && missing.length > 0) throw lackingFiles(missing);
  if (!withoutMissing && missing === undefined && batches.length === 0) throw nothingToRebuildFrom();

  const { inUse, unfinished } = warehouseFiles(home.folder);
  removeDatabase(unfinished);
  let made: Made;
  try {
    made = await makeWarehouse(home, batches, unfinished, onProgress);
  } catch (error) {
    // A disk that is full must not stay full of what nobody will use.
    removeDatabase(unfinished);
    throw error;
  }
  await home.warehouse.close();
  const keptBefore = existsSync(inUse);
  await exchangeWarehouse(home.folder);
  return {
    batches: batches.length,
    files: new Set(batches.flatMap(({ manifest }) => manifest.files.map(({ key }) => `${manifest.sourceUrl} ${key}`)))
      .size,
    durationMs: Math.round(performance.now() - startedAt),
    ...compared(made),
    missing: missing?.length ?? 0,
    lost: [...made.lost],
    keptBefore,
  };
}

interface Made {
  /** What the tables said and say; nothing where that could not be told. */
  readonly before: readonly TableDigest[];
  readonly after: readonly TableDigest[];
  readonly lost: readonly string[];
}

function compared({ before, after }: Made): Pick<Rebuilt, "sameAsBefore" | "changed"> {
  if (!before.some(({ table, rows }) => table === "files" && rows > 0)) return { sameAsBefore: null, changed: [] };
  const changed = after.filter(({ table, digest }) => before.find((old) => old.table === table)?.digest !== digest);
  return { sameAsBefore: changed.length === 0, changed: changed.map(({ table }) => table) };
}

/** Makes, fills and audits a warehouse at `path`, and closes it. */
async function makeWarehouse(
  home: Home,
  batches: readonly CleanBatch[],
  path: string,
  onProgress: RebuildOptions["onProgress"],
): Promise<Made> {
  const warehouse = await openDuckdb({
    path,
    readableFolders: [cleanFolderOf(home.settings), scratchOf(home.settings)].filter((folder) => folder !== undefined),
    memoryMegabytes: home.settings.warehouseMemoryMegabytes,
  });
  let made: Made;
  try {
    await warehouse.migrate();
    await agreeOnSchema(warehouse);
    await ensureCalendar(warehouse);
    await putCleanStoreRight(home, warehouse);
    const old = home.warehouse;
    // Tables of an earlier version may not have what a digest reads.
    const before = await unlessDamaged(async () => ((await isOfThisSchema(old)) ? await digestTables(old) : []));
    const history = await readHistory(old);
    await writeRuns(history, warehouse);
    await loadBatches(home, batches, { warehouse, history, onProgress });
    await writePurges(history, warehouse);
    const failed = await auditWarehouse(warehouse);
    if (failed.length > 0) {
      throw new TerminalError(
        `The rebuilt warehouse does not pass the audit ${failed.map(({ name }) => name).join(", ")}.`,
        "The old one is untouched. Please report this with the name of the audit.",
      );
    }
    made = { before: before ?? [], after: await digestTables(warehouse), lost: history.lost };
  } finally {
    await warehouse.close();
  }
  // What is still in its log was not written into it when it was closed.
  if (existsSync(`${path}.wal`)) {
    throw new TransientError(
      "The new warehouse could not be written: its disk is full.",
      "The old one is untouched. Make room, then run `npx infinity rebuild` again.",
    );
  }
  return made;
}

/** Brings keys and forgetting up to date everywhere; the old warehouse has a say in which keys those are, where it can be read. */
async function putCleanStoreRight(home: Home, warehouse: Warehouse): Promise<void> {
  const now = () => new Date();
  const keys = await unlessDamaged(() => agreeOnKeys({ ...home, now }));
  if (keys) await putInForce(warehouse, keys, now());
  else await agreeOnKeys({ ...home, warehouse, now });
  await renumberBatches(home.clean, await home.keys.chain("customers"));
  const forgotten = (await home.suppressed.all()).map(({ customerHash }) => customerHash);
  if (forgotten.length > 0) await forgetInBatches(home.clean, forgotten);
}

async function loadBatches(
  home: Home,
  batches: readonly CleanBatch[],
  { warehouse, history, onProgress }: Pick<RebuildOptions, "onProgress"> & { warehouse: Warehouse; history: History },
): Promise<void> {
  for (const [index, { prefix, manifest }] of batches.entries()) {
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
          keptCafes: history.cafes,
          now: () => new Date(manifest.transformedAt),
        },
      );
    } catch (error) {
      throw await whyBatchFailed(home.clean, prefix, error);
    }
    onProgress(index + 1, batches.length);
  }
}
