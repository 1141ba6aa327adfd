import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { openCafeFile } from "#adapters/cafe-registry/file.ts";
import { openKeys } from "#adapters/keys/folder.ts";
import { type Ownership, takeOwnership } from "#adapters/lock/owner.ts";
import { openSqliteQueue } from "#adapters/queue/sqlite.ts";
import { type FolderStorage, openFolder } from "#adapters/storage/folder.ts";
import { openSqliteSuppression } from "#adapters/suppression/sqlite.ts";
import { openDuckdb } from "#adapters/warehouse/duckdb.ts";
import { type LoadMessage, loadMessage, type TransformMessage, transformMessage } from "#core/messages.ts";
import type { CafeRegistry } from "#core/ports/cafe-registry.ts";
import type { Keys } from "#core/ports/keys.ts";
import type { Queue } from "#core/ports/queue.ts";
import type { SuppressionList } from "#core/ports/suppression-list.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import type { Settings } from "#core/settings.ts";

/** Everything embedded, open and owned by this process. */
export interface Home {
  readonly folder: string;
  readonly settings: Settings;
  readonly ownership: Ownership;
  readonly warehouse: Warehouse;
  readonly clean: FolderStorage;
  readonly keys: Keys;
  readonly suppressed: SuppressionList;
  readonly registry: CafeRegistry;
  readonly transformQueue: Queue<TransformMessage>;
  readonly loadQueue: Queue<LoadMessage>;
  close(): Promise<void>;
}

/** The longest a batch may take before its message is handed out again. */
const visibilityMs = 30 * 60 * 1000;

/**
 * Opens `INFINITY_HOME` for one command, and takes ownership of it: DuckDB allows one process at a time.
 *
 * @param command what the owner is called in another process's message, such as `infinity run`
 * @throws BusyError when another process owns it
 */
export async function openHome(settings: Settings, command: string): Promise<Home> {
  const folder = resolve(settings.home);
  const ownership = await takeOwnership(folder, { command });
  const closing: (() => Promise<void>)[] = [() => ownership.release()];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const cleanFolder = join(folder, "clean");
    mkdirSync(cleanFolder, { recursive: true });
    const clean = openFolder(cleanFolder);
    await clean.clearScratch();

    const queue = { path: join(folder, "queue.sqlite"), visibilityMs, maxReceives: settings.maxReceives };
    const transformQueue = openSqliteQueue({ ...queue, name: "transform", body: transformMessage });
    closing.push(() => transformQueue.close());
    const loadQueue = openSqliteQueue({ ...queue, name: "load", body: loadMessage });
    closing.push(() => loadQueue.close());
    // Nobody else owns this home, so what is in flight was in the hands of a process that died.
    await transformQueue.releaseInFlight();
    await loadQueue.releaseInFlight();

    const suppressed = openSqliteSuppression({ path: join(folder, "suppression.sqlite") });
    closing.push(() => suppressed.close());
    const warehouse = await openDuckdb({
      path: join(folder, "warehouse.duckdb"),
      readableFolders: [cleanFolder],
      memoryMegabytes: settings.warehouseMemoryMegabytes,
    });
    closing.push(() => warehouse.close());
    await warehouse.migrate();
    const [keys, registry] = [openKeys(folder), openCafeFile(folder)];
    const opened = { warehouse, clean, keys, suppressed, registry, transformQueue, loadQueue };
    return { folder, settings, ownership, ...opened, close };
  } catch (error) {
    await close();
    throw error;
  }
}
