import { createHash, randomBytes } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Document, parseDocument } from "yaml";
import { type CafeBook, cafeBook } from "#core/cafes/cafe-book.ts";
import { BusyError, errorCode, SettingError } from "#core/errors.ts";
import type { CafeRegistry } from "#core/ports/cafe-registry.ts";
import { syncPath } from "../durable.ts";

const preamble = ` What people have said about the cafés, for \`infinity cafes\` and for you to edit: a name, other names that tills
 write for the same café, a place, dates, closures, owners. \`infinity cafes --help\` explains it.`;

/**
 * The registry of cafés as `cafes.yaml` in the home folder, which a person can read and edit; what is written here leaves
 * their comments and everything else that did not change as it is.
 */
export function openCafeFile(home: string): CafeRegistry {
  const path = join(home, "cafes.yaml");
  return {
    async read() {
      const text = await readText(path);
      return { book: parsed(text, path), version: versionOf(text) };
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

function versionOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function parsed(text: string, path: string): CafeBook {
  const document = parseDocument(text);
  const [fault] = document.errors;
  if (fault) {
    const line = fault.linePos?.[0].line;
    throw new SettingError(`${path} is not valid YAML${line ? ` (line ${line})` : ""}.`, "Mend it, and try again.");
  }
  const result = cafeBook.safeParse(document.toJS() ?? {});
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new SettingError(
    `${path} does not make sense at ${issue?.path.join(" > ") || "its top"}: ${issue?.message}.`,
    "Mend it, and try again.",
  );
}

/** The text with every entry that says something else replaced, and the others as somebody wrote them. */
function rewritten(text: string, before: CafeBook, after: CafeBook): string {
  const document = parseDocument(text) as Document;
  if (text.trim() === "") document.commentBefore = preamble;
  if (!isDeepStrictEqual(before.closures, after.closures)) document.setIn(["closures"], plain(after.closures));
  for (const name of Object.keys(before.cafes)) {
    if (!(name in after.cafes)) document.deleteIn(["cafes", name]);
  }
  for (const [name, entry] of Object.entries(after.cafes)) {
    if (!isDeepStrictEqual(before.cafes[name], entry))
      document.setIn(["cafes", name], document.createNode(plain(entry)));
  }
  return document.toString({ lineWidth: 0 });
}

/** Without what is undefined, and with a closure of one day as that day. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, part) =>
    part && typeof part === "object" && "reason" in part && part.from === part.to ? { ...part, to: undefined } : part,
  );
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
