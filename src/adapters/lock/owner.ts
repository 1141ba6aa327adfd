import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { BusyError, errorCode, SettingError } from "#core/errors.ts";
import { isRunning, processStartedAt } from "./process.ts";

const ownerSchema = z.looseObject({
  pid: z.number().int().positive(),
  /** Tells the process from a later one with the same pid; null where the system does not say. */
  processStartedAt: z.string().nullable(),
  command: z.string(),
  /** ISO 8601, UTC. */
  startedAt: z.iso.datetime(),
  /** Where `serve` answers the other commands, on loopback. */
  port: z.number().int().optional(),
  /** What `serve` wants to see from them. */
  token: z.string().optional(),
});

/** Keeps the locks from being collected as garbage, and so released, while their caller has forgotten about them. */
const held = new Set<DatabaseSync>();

const sqliteBusy = 5;

/** What `owner.json` says: who owns the home folder, and how to reach them. */
export type Owner = z.infer<typeof ownerSchema>;

/** The home folder is this process's own, until it is released or the process ends. */
export interface Ownership {
  readonly owner: Owner;
  /** Adds to `owner.json` how the other commands reach this process. */
  announce(door: { port: number; token: string }): Promise<void>;
  /** Gives the home folder up. Doing it again does nothing. */
  release(): Promise<void>;
}

/**
 * Makes this process the only owner of the home folder, creating the folder if need be.
 *
 * Two files, each doing what it is good at. An operating system's lock on `owner.lock` (taken through SQLite, as Node has
 * none) decides: it cannot outlive its process, so there is never a stale one to break and no race to break it.
 * Nothing else may open `owner.lock`: a POSIX lock goes when its process closes any handle on the file, a copy's included.
 * `owner.json` tells the others who that is. Should the lock be of no use (somebody deleted the file, a network disk), an
 * owner who is provably still running is respected as well.
 *
 * @throws BusyError when another process owns it, saying which, since when and what to do.
 * @throws SettingError when the folder cannot be written to.
 */
export async function takeOwnership(home: string, { command }: { command: string }): Promise<Ownership> {
  makeHome(home);
  for (let attempt = 0; attempt < 60; attempt++) {
    const lock = tryLock(home);
    const holder = readOwner(home);
    if (lock !== undefined) {
      if (holder !== undefined && holder.processStartedAt !== null) {
        letGo(lock);
        throw busy(home, holder);
      }
      return own(home, command, lock);
    }
    if (holder !== undefined) throw busy(home, holder);
    // Whoever has the lock has not written its name yet, or has taken it down already.
    // Two who try at the same moment can be in each other's way, so the next try is at a moment of one's own.
    await pause(10 + 30 * Math.random());
  }
  throw new BusyError(`Another infinity command is using ${home}.`, "Wait until it has ended, then try again.");
}

/** The process that owns the home folder now; undefined when none does. Takes no lock. */
export function readOwner(home: string): Owner | undefined {
  try {
    const owner = ownerSchema.parse(JSON.parse(readFileSync(join(home, "owner.json"), "utf8")));
    return isRunning(owner) ? owner : undefined;
  } catch {
    // Not there, or not ours to read: it is only ever written whole.
    return undefined;
  }
}

function own(home: string, command: string, lock: DatabaseSync): Ownership {
  const startedAt = new Date().toISOString();
  let owner: Owner = { pid: process.pid, processStartedAt: processStartedAt(process.pid), command, startedAt };
  try {
    writeOwner(home, owner);
  } catch (error) {
    letGo(lock);
    throw unusable(home, error);
  }
  return {
    get owner() {
      return owner;
    },
    async announce(door) {
      if (!lock.isOpen) throw new BusyError(`${home} was released.`, "Take it again before announcing a door to it.");
      owner = { ...owner, ...door };
      writeOwner(home, owner);
    },
    async release() {
      if (!lock.isOpen) return;
      try {
        rmSync(join(home, "owner.json"), { force: true });
      } finally {
        letGo(lock);
      }
    },
  };
}

function makeHome(home: string): void {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unusable(home, error);
  }
}

/** The lock, held for as long as the connection is open; undefined when another has it. */
function tryLock(home: string): DatabaseSync | undefined {
  const path = join(home, "owner.lock");
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(path, { timeout: 0 });
    // Nothing is ever written, so no journal file is wanted either.
    lock.exec("pragma journal_mode = memory; begin exclusive");
    chmodSync(path, 0o600);
    held.add(lock);
    return lock;
  } catch (error) {
    lock?.close();
    if (error instanceof Error && "errcode" in error && error.errcode === sqliteBusy) return undefined;
    throw unusable(home, error);
  }
}

function letGo(lock: DatabaseSync): void {
  held.delete(lock);
  lock.close();
}

/** Whole or not at all, and open to this user only, since it may hold a token. */
function writeOwner(home: string, owner: Owner): void {
  const draft = join(home, `owner.json.${process.pid}`);
  rmSync(draft, { force: true });
  writeFileSync(draft, `${JSON.stringify(owner, null, 2)}\n`, { mode: 0o600, flag: "wx", flush: true });
  renameSync(draft, join(home, "owner.json"));
}

function unusable(home: string, error: unknown): SettingError {
  return new SettingError(
    `The folder ${home} cannot be used (${errorCode(error) ?? "unknown"}).`,
    "Check the setting `home`, the disk's space and the folder's permissions.",
    { cause: error },
  );
}

function busy(home: string, { command, startedAt, pid }: Owner): BusyError {
  const since = new Date(startedAt).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
  return new BusyError(
    `\`${command}\` has been using ${home} since ${since} (process ${pid}).`,
    "Wait until it has ended, or stop it with Ctrl+C where it runs; nothing is lost by stopping it.",
  );
}
