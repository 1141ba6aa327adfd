import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { syncPath } from "#adapters/durable.ts";

/** The embedded warehouse of a home, and what a rebuild has beside it. */
interface WarehouseFiles {
  readonly inUse: string;
  /** As it was before the last rebuild. */
  readonly before: string;
  /** Being made. Whoever was killed meanwhile leaves it. */
  readonly unfinished: string;
  /** Made and checked, and about to take the place of the one in use: its name is the journal of that exchange. */
  readonly finished: string;
}

/** @param home its folder */
export function warehouseFiles(home: string): WarehouseFiles {
  const place = (name: string) => join(resolve(home), `warehouse${name}.duckdb`);
  return {
    inUse: place(""),
    before: place(".before-rebuild"),
    unfinished: place(".rebuilding"),
    finished: place(".rebuilt"),
  };
}

/** Removes a database and whatever the engine keeps beside it under its name: its log, and what it spilled. */
export function removeDatabase(path: string): void {
  const [folder, name] = [dirname(path), basename(path)];
  for (const entry of existsSync(folder) ? readdirSync(folder) : []) {
    if (entry === name || entry.startsWith(`${name}.`)) rmSync(join(folder, entry), { recursive: true, force: true });
  }
}

/** Removes every warehouse of the home but the one in use: what they hold is not kept up with it, ids of the forgotten among it. */
export function removeOtherWarehouses(home: string): void {
  const { before, unfinished, finished } = warehouseFiles(home);
  for (const path of [before, unfinished, finished]) removeDatabase(path);
}

/**
 * Puts a warehouse that was made anew in the place of the one in use, which stays beside it, if it is there. Both are closed. Killed
 * anywhere, {@link settleExchange} does what is left.
 */
export async function exchangeWarehouse(home: string): Promise<void> {
  const { unfinished, finished } = warehouseFiles(home);
  await syncPath(unfinished);
  renameSync(unfinished, finished);
  await settleExchange(home);
}

/**
 * Finishes what a rebuild that was killed had left to do, or removes what it had not finished making. For the sole owner of the home,
 * before the warehouse is opened.
 */
export async function settleExchange(home: string): Promise<void> {
  const { inUse, before, unfinished, finished } = warehouseFiles(home);
  if (existsSync(finished)) {
    if (existsSync(inUse)) {
      removeDatabase(before);
      renameSync(inUse, before);
    }
    // A log beside a replaced database would be replayed into the new one, so it moves with the old.
    if (existsSync(`${inUse}.wal`)) renameSync(`${inUse}.wal`, `${before}.wal`);
    renameSync(finished, inUse);
    await syncPath(resolve(home));
  }
  // Where there is no warehouse, nothing that may be one is thrown away.
  if (existsSync(inUse)) removeDatabase(unfinished);
}
