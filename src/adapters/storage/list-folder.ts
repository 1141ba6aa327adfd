import { lstatSync, readdirSync, type Stats } from "node:fs";
import { setImmediate as turn } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { errorCode, TransientError } from "#core/errors.ts";
import { isSafeKey, longestKey, type StoredObject } from "#core/ports/storage.ts";
import type { ListingJob, ListingReport } from "./list-folder-thread.ts";

type OnSome = (objects: readonly StoredObject[]) => void;

/**
 * Milliseconds of listing after which a thread is started for the rest: a disk this slow would keep whoever waits too long. On any other
 * a thread is dear: with what it takes to start, and to hand its objects over, 36,600 cost more than twice the processor time.
 */
const worthAThreadMs = 300;

/**
 * Every object below a folder, in key order. Synchronous on purpose: tens of thousands of small calls take a fraction of the time.
 * After each folder whoever waits has a turn, such as a run whose warehouse has answered in the meantime; where the disk is slow or
 * the store very large, the rest is listed by a thread of its own. Folders named by date are gone through from the latest back.
 *
 * @throws TransientError when a folder cannot be listed
 */
export async function listFolder(root: string, onSome: OnSome = () => undefined): Promise<StoredObject[]> {
  const objects: StoredObject[] = [];
  const found = (some: readonly StoredObject[]) => {
    for (const object of some) objects.push(object);
    if (some.length > 0) onSome(some);
  };
  const folders = [""];
  let spentMs = 0;
  while (folders.length > 0 && spentMs < worthAThreadMs) {
    const begun = performance.now();
    try {
      found(listNext(root, folders));
    } catch (error) {
      throw unlisted(root, errorCode(error));
    }
    spentMs += performance.now() - begun;
    await turn();
  }
  if (folders.length > 0) await listInThread({ root, folders }, found);
  return objects.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/**
 * Lists the last of these folders, in whose place come those within it.
 *
 * @returns its objects, the last first: so all that is found comes in falling order, which costs next to nothing to sort
 */
export function listNext(root: string, folders: string[]): StoredObject[] {
  const folder = folders.pop() ?? "";
  const objects: StoredObject[] = [];
  for (const name of namesIn(root, folder)) {
    const key = folder + name;
    // The folder's part has been looked at before: it takes longer than the name's, tens of thousands of times.
    if (name.startsWith(".") || !isSafeKey(name) || key.length > longestKey) continue;
    const stats = lstatSync(`${root}/${key}`, { throwIfNoEntry: false });
    if (stats?.isFile()) objects.push(describe(key, stats));
    else if (stats?.isDirectory()) folders.push(`${key}/`);
  }
  return objects.reverse();
}

/** An object as a listing shows it. */
export function describe(key: string, stats: Stats): StoredObject {
  return { key, size: stats.size, modifiedAt: Math.floor(stats.mtimeMs) };
}

function namesIn(root: string, folder: string): string[] {
  try {
    return readdirSync(`${root}/${folder}`).sort();
  } catch (error) {
    // A folder that went away meanwhile holds nothing. A root that did is a disk that is not there: not an empty store.
    if (folder !== "" && errorCode(error) === "ENOENT") return [];
    throw error;
  }
}

function unlisted(root: string, code: string | undefined): TransientError {
  return new TransientError(
    `The folder ${root} cannot be listed (${code ?? "unknown"}).`,
    "Check that its disk is there and its permissions let this user in.",
  );
}

/**
 * Lists these folders, and all below them, in a thread.
 *
 * @throws TransientError when one of them cannot be listed
 */
export function listInThread(job: ListingJob, found: OnSome): Promise<void> {
  const thread = new Worker(new URL("./list-folder-thread.ts", import.meta.url), { workerData: job });
  return new Promise((resolve, reject) => {
    thread.on("message", (report: ListingReport) => {
      if ("failed" in report) return reject(unlisted(job.root, report.failed));
      const { keys, sizes, times } = report;
      found(keys.split("\n").map((key, place) => ({ key, size: sizes[place] ?? 0, modifiedAt: times[place] ?? 0 })));
    });
    thread.on("error", (error) => reject(unlisted(job.root, errorCode(error))));
    thread.on("exit", () => resolve());
  });
}
