import { randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { BusyError, errorCode, SettingError } from "#core/errors.ts";
import type { CafeBookReading, CafeRegistry } from "#core/ports/cafe-registry.ts";
import { syncPath } from "../durable.ts";
import { parsed, rewritten, versionOf } from "./book-text.ts";

/**
 * The registry of cafés as `cafes.yaml` in the home folder, which a person can read and edit; what is written here leaves
 * their comments and everything else that did not change as it is.
 */
export function openCafeFile(home: string): CafeRegistry {
  const path = join(home, "cafes.yaml");
  // A run asks for the book again and again; to read a hundred cafés' text takes as long as a dozen statements.
  let last: { readonly text: string; readonly reading: CafeBookReading } | undefined;
  return {
    async read() {
      const text = await readText(path);
      if (last?.text !== text) last = { text, reading: { book: parsed(text, path), version: versionOf(text) } };
      return last.reading;
    },
    async version() {
      return versionOf(await readText(path));
    },
    async replace(book, version) {
      const text = await readText(path);
      if (versionOf(text) !== version) {
        throw new BusyError(`${path} was changed by somebody else in the meantime.`, "Try again.");
      }
      await writeText(path, rewritten(text, parsed(text, path), book));
    },
  };
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return "";
    throw new SettingError(`${path} cannot be read (${errorCode(error)}).`, "Check its permissions.", { cause: error });
  }
}

/** Whole or not at all: a draft beside it, forced to disk, takes its place. */
async function writeText(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomBytes(8).toString("hex")}`;
  try {
    await using file = await open(draft, "wx");
    await file.writeFile(text);
    await file.sync();
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  await syncPath(dirname(path));
}
