import { mkdirSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { type Ownership, takeOwnership } from "#adapters/lock/owner.ts";
import { openFolder } from "#adapters/storage/folder.ts";
import { type LoadMessage, loadMessage, type TransformMessage, transformMessage } from "#core/messages.ts";
import type { CafeRegistry } from "#core/ports/cafe-registry.ts";
import type { Keys } from "#core/ports/keys.ts";
import type { Queue } from "#core/ports/queue.ts";
import type { Storage } from "#core/ports/storage.ts";
import type { SuppressionList } from "#core/ports/suppression-list.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import type { Settings } from "#core/settings.ts";
import { Look } from "#pipeline/extract/look.ts";
import {
  cleanFolderOf,
  openClean,
  openKeeper,
  openQueue,
  openRaw,
  openRecords,
  openWarehouse,
  type Source,
  scratchOf,
} from "./choose-adapters.ts";
import { lateWarehouse } from "./late-warehouse.ts";

/** Every part that the settings name, open. What is not set is embedded: a file or folder of the home. */
export interface Parts {
  /** The home: holds whatever is embedded, and scratch. */
  readonly folder: string;
  readonly settings: Settings;
  readonly warehouse: Warehouse;
  readonly clean: Storage;
  readonly keys: Keys;
  readonly suppressed: SuppressionList;
  readonly registry: CafeRegistry;
  readonly transformQueue: Queue<TransformMessage>;
  readonly loadQueue: Queue<LoadMessage>;
  /** The raw store, where it is being looked at already. */
  readonly sought?: Sought;
  close(): Promise<void>;
}

interface Sought extends Source {
  /** For one run, which begins now. */
  readonly look: Look;
}

/** The parts, with the home owned by this process. */
export interface Home extends Parts {
  readonly ownership: Ownership;
}

export interface Opening {
  /** The warehouse is about to be made anew: it may be damaged or gone, or made by an earlier version, whose tables were others. */
  readonly toRebuild?: boolean;
  /** The home is closed as soon as something was written to it. */
  readonly brief?: boolean;
  /** A run is to follow at once: the raw store, where it is set, is looked at while the rest is opened. */
  readonly beforeRun?: boolean;
  /** The warehouse need not be there yet: it is opened when something is asked of it. */
  readonly late?: boolean;
}

/**
 * Opens `INFINITY_HOME` for one command, and takes ownership of it: DuckDB allows one process at a time.
 *
 * @param command what the owner is called in another process's message, such as `infinity run`
 * @throws BusyError when another process owns it
 */
export async function openHome(settings: Settings, command: string, options: Opening = {}): Promise<Home> {
  const ownership = await takeOwnership(resolve(settings.home), { command });
  try {
    const parts = await openParts(settings, options);
    return {
      ...parts,
      ownership,
      async close() {
        await parts.close();
        await ownership.release();
      },
    };
  } catch (error) {
    await ownership.release();
    throw error;
  }
}

/** Opens the parts. Nobody else may be at work in the home: a Lambda function has one of its own. */
export async function openParts(
  settings: Settings,
  { toRebuild = false, brief = false, beforeRun = false, late = false }: Opening = {},
): Promise<Parts> {
  const folder = resolve(settings.home);
  mkdirSync(folder, { recursive: true });
  const closing: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    // It takes longest, and hardly needs this thread: meanwhile the rest is opened, and a command's modules are read.
    const open = () => openWarehouse(settings, { toRebuild, brief });
    const opening = late ? Promise.resolve(lateWarehouse(open)) : open();
    // Handled at once, though it is awaited only below: should something else fail first, this one may fail as well.
    const closable = opening.catch(() => undefined);
    closing.push(async () => await (await closable)?.close());
    const sought = beforeRun && settings.source !== undefined ? await seek(settings.source, settings) : undefined;
    const cleanFolder = cleanFolderOf(settings);
    const clean = await openClean(settings);
    if (cleanFolder !== undefined) await openFolder(cleanFolder).clearScratch();
    rmSync(scratchOf(settings), { recursive: true, force: true });

    const { transformQueue: transformUrl, loadQueue: loadUrl } = settings;
    const transformQueue = await openQueue(settings, { name: "transform", url: transformUrl, body: transformMessage });
    closing.push(() => transformQueue.close());
    const loadQueue = await openQueue(settings, { name: "load", url: loadUrl, body: loadMessage });
    closing.push(() => loadQueue.close());
    const { suppressed, registry } = await openRecords(settings);
    closing.push(() => suppressed.close());
    const keys = await openKeeper(settings);
    const warehouse = await opening;
    const parts = { folder, settings, warehouse, clean, keys, suppressed, registry, transformQueue, loadQueue, close };
    return sought === undefined ? parts : { ...parts, sought };
  } catch (error) {
    await close();
    throw error;
  }
}

async function seek(address: string, settings: Settings): Promise<Sought> {
  const opened = await openRaw(address, settings);
  return { ...opened, look: new Look({ source: opened.source, now: () => new Date() }) };
}
