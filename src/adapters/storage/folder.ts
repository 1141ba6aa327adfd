import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  type Stats,
} from "node:fs";
import { mkdtemp, rename, rm, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { errorCode, InfinityError, SettingError, TerminalError, TransientError } from "#core/errors.ts";
import { isSafeKey, type Storage } from "#core/ports/storage.ts";
import { makeFolders, syncPath } from "../durable.ts";
import { describe, listFolder } from "./list-folder.ts";

const scratchPrefix = ".scratch-";

/** A folder has one thing a bucket has not: work left lying about by a process that died. */
export interface FolderStorage extends Storage {
  /** Removes every scratch folder. For the sole owner of the store, at start-up. */
  clearScratch(): Promise<void>;
}

/**
 * A folder as a store. Hidden files (a name starting with a dot), links and whatever is neither file nor folder are not
 * objects: no listing shows them and no key reaches them. Listing and reading never write.
 *
 * @throws SettingError when there is no such folder.
 */
export function openFolder(path: string): FolderStorage {
  const root = realRoot(path);
  let scratchFolder: string | undefined;
  return {
    url: pathToFileURL(root).href,
    async list(onSome) {
      return await listFolder(root, onSome);
    },
    async stat(key) {
      const found = isSafeKey(key) ? find(root, key) : undefined;
      return found === undefined || found === "refused" ? undefined : describe(key, found);
    },
    async read(key) {
      const expected = demand(root, key);
      try {
        // Synchronous: transform reads thousands of small files in a row, and waiting for each costs more than reading it.
        const file = openSync(join(root, key), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
        try {
          const opened = fstatSync(file);
          // Exchanged for something else between the look and the opening: a link, or another version.
          if (opened.ino !== expected.ino || opened.dev !== expected.dev) throw changed(key);
          return readFileSync(file);
        } finally {
          closeSync(file);
        }
      } catch (error) {
        throw translated(error, key);
      }
    },
    async localise(key) {
      demand(root, key);
      return { path: join(root, key), release: async () => {} };
    },
    async adopt(key, source) {
      allow(root, key);
      const target = join(root, key);
      try {
        await syncPath(source);
        await makeFolders(dirname(target), root);
        await rename(source, target);
        await syncPath(dirname(target));
      } catch (error) {
        throw translated(error, key, "stored");
      }
    },
    async scratch() {
      if (scratchFolder === undefined || lstatSync(scratchFolder, { throwIfNoEntry: false }) === undefined) {
        try {
          scratchFolder = await mkdtemp(join(root, scratchPrefix));
        } catch (error) {
          throw translated(error, scratchPrefix, "created");
        }
      }
      return scratchFolder;
    },
    async remove(key) {
      if (allow(root, key) === undefined) return;
      try {
        // Not rm, which takes a file that it may not remove for a folder, and says that it is none.
        await unlink(join(root, key));
        await syncPath(dirname(join(root, key)));
      } catch (error) {
        if (errorCode(error) === "ENOENT") return;
        throw translated(error, key, "removed");
      }
    },
    async clearScratch() {
      const left = readdirSync(root).filter((name) => name.startsWith(scratchPrefix));
      for (const name of left) await rm(join(root, name), { recursive: true, force: true });
    },
  };
}

function realRoot(path: string): string {
  try {
    const root = realpathSync(path);
    if (lstatSync(root).isDirectory()) return root;
  } catch (error) {
    const why = errorCode(error) === "ENOENT" ? "does not exist" : `cannot be opened (${errorCode(error)})`;
    throw new SettingError(`The folder ${path} ${why}.`, "Check its spelling, or create it first.", { cause: error });
  }
  throw new SettingError(`${path} is a file, not a folder.`, "Give the folder that holds the files.");
}

/** Looks at every step of the way, since a link anywhere on it could lead out of the store. */
function find(root: string, key: string): Stats | "refused" | undefined {
  const parts = key.split("/");
  let path = root;
  for (const [step, part] of parts.entries()) {
    if (part.startsWith(".")) return "refused";
    path = `${path}/${part}`;
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) {
      // A hidden part further on is refused even where nothing lies yet.
      return parts.slice(step).some((rest) => rest.startsWith(".")) ? "refused" : undefined;
    }
    const last = step === parts.length - 1;
    if (last && stats.isFile()) return stats;
    if (last || !stats.isDirectory()) return "refused";
  }
  return undefined;
}

/** What lies at a key that may be written, undefined when nothing does; throws for a key that may not. */
function allow(root: string, key: string): Stats | undefined {
  const found = isSafeKey(key) ? find(root, key) : "refused";
  if (found !== "refused") return found;
  throw new TerminalError(
    `The key ${JSON.stringify(key)} is refused: it is unsafe, hidden, not a file, or reached through a link.`,
    "Put a plain file in its place, or leave it out.",
  );
}

function demand(root: string, key: string): Stats {
  const found = allow(root, key);
  if (found === undefined) throw gone(key);
  return found;
}

function gone(key: string): TerminalError {
  return new TerminalError(`The file ${JSON.stringify(key)} is gone.`, "Deliver it again if it is still wanted.");
}

function changed(key: string): TransientError {
  return new TransientError(`The file ${JSON.stringify(key)} changed while it was opened.`, "It will be tried again.");
}

function translated(error: unknown, key: string, wanted = "read"): InfinityError {
  if (error instanceof InfinityError) return error;
  const code = errorCode(error);
  if (code === "ENOENT" && wanted === "read") return gone(key);
  const message = `The file ${JSON.stringify(key)} could not be ${wanted} (${code ?? "unknown"}).`;
  if (code === "ENAMETOOLONG" || code === "EXDEV" || code === "ELOOP" || code === "ENOTDIR" || code === "EISDIR") {
    return new TerminalError(message, "Check its name and place; trying again will not help.", { cause: error });
  }
  return new TransientError(message, "Check the disk's space and permissions; it will be tried again.", {
    cause: error,
  });
}
