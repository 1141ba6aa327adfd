import { existsSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { z } from "zod";
import { openCafeFile } from "#adapters/cafe-registry/file.ts";
import { openKeys } from "#adapters/keys/folder.ts";
import { openFolder } from "#adapters/storage/folder.ts";
import { openSqliteSuppression } from "#adapters/suppression/sqlite.ts";
import { prefixOfManifest } from "#core/batch.ts";
import { DamagedWarehouseError } from "#core/errors.ts";
import type { AccessStore } from "#core/ports/access-store.ts";
import type { CafeRegistry } from "#core/ports/cafe-registry.ts";
import type { Keys } from "#core/ports/keys.ts";
import type { Queue } from "#core/ports/queue.ts";
import type { Storage } from "#core/ports/storage.ts";
import type { SuppressionList } from "#core/ports/suppression-list.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import { absoluteAddress, folderOf, isBucket, type Settings } from "#core/settings.ts";
import { agreeOnSchema, isOfThisSchema } from "#core/warehouse/schema-version.ts";
import { unreadableWarehouse } from "./unreadable-warehouse.ts";
import { settleExchange, warehouseFiles } from "./warehouse-files.ts";

// Which adapter stands behind a port, by the address that is set. What only clouds need is read only when it is chosen:
// a command on one machine starts without it.

/** The longest a batch may take before its message is handed out again. On Amazon: six times a function's time. */
const visibilityMs = 30 * 60 * 1000;

/** Copies of remote objects while they are read, till files among them: emptied whenever the home is opened. */
export function scratchOf(settings: Pick<Settings, "home">): string {
  return join(resolve(settings.home), "scratch");
}

export async function openStorage(address: string, settings: Pick<Settings, "home">): Promise<Storage> {
  if (!isBucket(address)) return openFolder(folderOf(address));
  const { openBucket } = await import("#adapters/storage/s3.ts");
  return openBucket({ url: address, scratchFolder: scratchOf(settings) });
}

/** The raw store, open. */
export interface Source {
  readonly source: Storage;
  /** An absolute path, or a bucket's address. */
  readonly address: string;
  /** How long ago a file must have changed to be taken as it is, in milliseconds. */
  readonly settleMs: number;
}

/** A bucket tells times in whole seconds: what changes twice within one looks the same. */
const bucketSettleMs = 1000;

/**
 * Opens the raw store at an address, which may be a relative path.
 *
 * @throws SettingError when it cannot be opened
 */
export async function openRaw(address: string, settings: Pick<Settings, "home" | "settleMs">): Promise<Source> {
  const absolute = absoluteAddress(address);
  return {
    source: await openStorage(absolute, settings),
    address: absolute,
    settleMs: isBucket(absolute) ? Math.max(settings.settleMs, bucketSettleMs) : settings.settleMs,
  };
}

/** The clean store's folder, where it is one. */
export function cleanFolderOf({ home, clean }: Pick<Settings, "home" | "clean">): string | undefined {
  if (clean === undefined) return join(resolve(home), "clean");
  return isBucket(clean) ? undefined : folderOf(clean);
}

export async function openClean(settings: Pick<Settings, "home" | "clean">): Promise<Storage> {
  const folder = cleanFolderOf(settings);
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  return await openStorage(folder ?? settings.clean ?? "", settings);
}

export async function openKeeper({ home, keys }: Pick<Settings, "home" | "keys">): Promise<Keys> {
  if (keys === undefined) return openKeys(resolve(home));
  const { openSecretKeys } = await import("#adapters/keys/secrets-manager.ts");
  return openSecretKeys({ prefix: keys.slice(keys.indexOf(":") + 1) });
}

/** What people decided, which no till file says. */
export async function openRecords(
  settings: Pick<Settings, "home" | "records">,
): Promise<{ suppressed: SuppressionList; registry: CafeRegistry }> {
  const { home, records } = settings;
  if (records === undefined) {
    const suppressed = openSqliteSuppression({ path: join(resolve(home), "suppression.sqlite") });
    return { suppressed, registry: openCafeFile(resolve(home)) };
  }
  const [{ openStoredSuppression }, { openCafeObject }] = await Promise.all([
    import("#adapters/suppression/objects.ts"),
    import("#adapters/cafe-registry/object.ts"),
  ]);
  return {
    suppressed: openStoredSuppression(await openStorage(`${records}/suppressed`, settings)),
    registry: openCafeObject(await openStorage(`${records}/registry`, settings)),
  };
}

/** Who is let in, where the records are in a bucket: links, sessions and the audit trail. */
export async function openAccess(settings: Pick<Settings, "home"> & { records: string }): Promise<AccessStore> {
  const { openStoredAccess } = await import("#adapters/access/objects.ts");
  return openStoredAccess(await openStorage(`${settings.records}/access`, settings));
}

/** A queue in SQLite of this home's owner, or one of Amazon's. */
export async function openQueue<Body>(
  settings: Pick<Settings, "home" | "maxReceives">,
  { name, url, body }: { name: string; url: string | undefined; body: z.ZodType<Body> },
): Promise<Queue<Body>> {
  if (url !== undefined) {
    const { openSqsQueue } = await import("#adapters/queue/sqs.ts");
    return openSqsQueue({ url, name, body, visibilityMs });
  }
  const { openSqliteQueue } = await import("#adapters/queue/sqlite.ts");
  const path = join(resolve(settings.home), "queue.sqlite");
  const queue = openSqliteQueue({ path, name, body, visibilityMs, maxReceives: settings.maxReceives });
  // Nobody else owns this home, so what is in flight was in the hands of a process that died.
  await queue.releaseInFlight();
  return queue;
}

/**
 * The warehouse, with its tables.
 *
 * @param toRebuild it is about to be made anew: it may have been made by an earlier version, be damaged or be gone
 * @param brief it is closed as soon as something was written
 * @throws SettingError when an earlier version made it; DamagedWarehouseError when it is damaged or gone
 */
export async function openWarehouse(
  settings: Settings,
  { toRebuild, brief }: { toRebuild: boolean; brief: boolean },
): Promise<Warehouse> {
  let warehouse: Warehouse | undefined;
  try {
    warehouse = await chooseWarehouse(settings, brief);
    // Most often all is there, which one question tells; what is amiss when it fails, making the tables will say.
    if (await isOfThisSchema(warehouse).catch(() => false)) return warehouse;
    await warehouse.migrate();
    if (!toRebuild) await agreeOnSchema(warehouse);
    return warehouse;
  } catch (error) {
    await warehouse?.close();
    if (toRebuild && error instanceof DamagedWarehouseError) return unreadableWarehouse(error);
    throw error;
  }
}

async function chooseWarehouse(settings: Settings, brief: boolean): Promise<Warehouse> {
  const { warehouse: url, home, warehouseMemoryMegabytes: memoryMegabytes } = settings;
  if (url === undefined) {
    const { isUnfinished, openDuckdb } = await import("#adapters/warehouse/duckdb.ts");
    const readableFolders = [cleanFolderOf(settings), scratchOf(settings)].filter((folder) => folder !== undefined);
    await settleExchange(home);
    const path = warehouseFiles(home).inUse;
    if (!existsSync(path) || isUnfinished(path)) await assertNothingLoaded(settings, path);
    return await openDuckdb({ path, readableFolders, memoryMegabytes, isBrief: brief });
  }
  if (/^postgres(ql)?:/.test(url)) {
    const { openPostgres } = await import("#adapters/warehouse/postgres.ts");
    return openPostgres(url, scratchOf(settings));
  }
  const { openRedshift } = await import("#adapters/warehouse/redshift.ts");
  return openRedshift({ url });
}

/** An empty warehouse in the place of one that was lost would say that nothing was ever loaded. */
async function assertNothingLoaded(settings: Settings, path: string): Promise<void> {
  const objects = await (await openClean(settings)).list();
  if (!objects.some(({ key }) => prefixOfManifest(key) !== undefined)) return;
  throw new DamagedWarehouseError(
    `The warehouse ${path} is gone or cut off, though the cleaned data of what was loaded are there.`,
    "Run `npx infinity rebuild`: it makes the warehouse anew from them. Or put it back from a backup.",
  );
}
