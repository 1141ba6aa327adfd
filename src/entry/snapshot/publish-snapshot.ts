import { randomUUID } from "node:crypto";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openDuckdb } from "#adapters/warehouse/duckdb.ts";
import { DamagedWarehouseError, InfinityError } from "#core/errors.ts";
import type { Storage } from "#core/ports/storage.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import type { Settings } from "#core/settings.ts";
import { schemaVersion } from "#core/warehouse/schema-version.ts";
import { readVersion } from "#metrics/directory.ts";
import { readLastRun } from "#metrics/last-run.ts";
import { openStorage, scratchOf } from "../home/choose-adapters.ts";
import type { Parts } from "../home/open-home.ts";
import { copyDashboardTables } from "./copy-tables.ts";
import { pointerKey, readPointer, type SnapshotPointer, UnusableSnapshotError } from "./pointer.ts";

/** Snapshots that stay: the newest, and the one that functions may still be reading. */
const kept = 2;

/** Who is told what became of it; never more than kinds and figures. */
interface Log {
  info(words: string, facts: Record<string, string | number>): void;
  error(words: string, facts: Record<string, string | number>): void;
}

/**
 * Publishes what the dashboard reads as a file that its function can open: the tables that metrics ask, from whatever warehouse
 * there is. Nothing happens where no place is set, nothing has changed since, or the last one is younger than `notWithinMs`.
 * Never throws: what is loaded is loaded, and the next load or the next schedule publishes it.
 */
export async function publishIfChanged(
  { settings, warehouse }: Pick<Parts, "settings" | "warehouse">,
  log: Log,
  notWithinMs = 0,
): Promise<void> {
  if (settings.snapshots === undefined) return;
  try {
    const snapshots = await openStorage(settings.snapshots, settings);
    const begun = Date.now();
    const newest = await usable(snapshots, await readPointer(snapshots).catch(noneWhereDamaged));
    if (newest && begun - newest.publishedAt < notWithinMs) return;
    const version = await versionOf(warehouse);
    if (newest?.version === version) return;
    const memoryMegabytes = settings.warehouseMemoryMegabytes;
    // The warehouse unloads to here: a file of its own may write nowhere else.
    const passage = await makePassage(settings);
    const publishing = publish(warehouse, snapshots, { newest, version, memoryMegabytes, passage });
    const { whole, changed } = await publishing.finally(() => rm(passage, { recursive: true, force: true }));
    log.info("Published what the dashboard reads.", { version, whole, changed, tookMs: Date.now() - begun });
  } catch (error) {
    log.error("What the dashboard reads was not published.", {
      error: error instanceof Error ? error.name : "unknown",
      // Our own words name no customer; an engine's might quote a row.
      ...(error instanceof InfinityError ? { message: error.message } : {}),
    });
  }
}

/** One that is damaged is published anew. */
function noneWhereDamaged(error: unknown): undefined {
  if (!(error instanceof UnusableSnapshotError)) throw error;
}

/** The snapshot where the dashboard can use it: it is there, and has the tables of this version of the tracker. */
async function usable(snapshots: Storage, pointer: SnapshotPointer | undefined): Promise<SnapshotPointer | undefined> {
  if (pointer?.tables !== schemaVersion) return undefined;
  return (await snapshots.stat(pointer.key)) && pointer;
}

/** Changes with the data, and with every run, which the dashboard shows as well. */
async function versionOf(warehouse: Warehouse): Promise<string> {
  const [{ version }, run] = await Promise.all([readVersion(warehouse), readLastRun(warehouse)]);
  return `${version}.${run?.runId ?? "none"}.${run?.status ?? ""}`;
}

async function makePassage(settings: Pick<Settings, "home">): Promise<string> {
  const scratch = scratchOf(settings);
  await mkdir(scratch, { recursive: true });
  return await mkdtemp(join(scratch, "snapshot-"));
}

async function publish(
  warehouse: Warehouse,
  snapshots: Storage,
  {
    newest,
    version,
    memoryMegabytes,
    passage,
  }: { newest: SnapshotPointer | undefined; version: string; memoryMegabytes: number; passage: string },
): ReturnType<typeof copyDashboardTables> {
  const scratch = await snapshots.scratch();
  const path = join(scratch, `${randomUUID()}.duckdb`);
  const publishedAt = Date.now();
  const clear = async () => {
    for (const left of [path, `${path}.wal`]) await rm(left, { force: true });
  };
  const fill = async () => {
    const copy = await openDuckdb({ path, readableFolders: [passage], memoryMegabytes });
    try {
      await copy.migrate();
      return await copyDashboardTables({ from: warehouse, to: copy, folder: passage });
    } finally {
      await copy.close();
    }
  };
  try {
    if (newest) await takeOver(snapshots, newest.key, path);
    const rows = await fill().catch(async (error: unknown) => {
      if (!(error instanceof DamagedWarehouseError)) throw error;
      // What was taken over is damaged: the next is made whole, or there would be none any more.
      await clear();
      return await fill();
    });
    const key = `${new Date(publishedAt).toISOString().replace(/\W/g, "")}-${randomUUID().slice(0, 8)}.duckdb`;
    await snapshots.adopt(key, path);
    // Somebody else who began later may have been quicker: what they published has all of this, and maybe more.
    const meanwhile = await readPointer(snapshots).catch(noneWhereDamaged);
    if (meanwhile && meanwhile.publishedAt > publishedAt) return rows;
    const draft = join(scratch, `${randomUUID()}.json`);
    await writeFile(
      draft,
      JSON.stringify({ key, tables: schemaVersion, version, publishedAt } satisfies SnapshotPointer),
    );
    await snapshots.adopt(pointerKey, draft);
    const files = (await snapshots.list()).filter((object) => object.key.endsWith(".duckdb"));
    for (const old of files.slice(0, -kept)) await snapshots.remove(old.key);
    return rows;
  } finally {
    await clear();
  }
}

/** The last snapshot as a file of our own, to be brought up to date: most days in it are as they were. */
async function takeOver(snapshots: Storage, key: string, path: string): Promise<void> {
  const { path: copy, release } = await snapshots.localise(key);
  try {
    await copyFile(copy, path);
  } finally {
    await release();
  }
}
