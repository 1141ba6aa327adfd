import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { type Document, isMap, parseDocument } from "yaml";
import { type CafeBook, cafeBook } from "#core/cafes/cafe-book.ts";
import { SettingError } from "#core/errors.ts";
import { readYaml } from "#core/yaml-text.ts";

const preamble = ` What people have said about the cafés, for \`infinity cafes\` and for you to edit: a name, other names that tills
 write for the same café, a place, dates, closures, owners. \`infinity cafes --help\` explains it.`;

/** Names a text, so that somebody else's change is noticed. */
export function versionOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * The book a text holds.
 *
 * @param path where it lies, for messages
 * @throws SettingError when it does not make sense: where, and what is allowed there
 */
export function parsed(text: string, path: string): CafeBook {
  const result = cafeBook.safeParse(withoutEmpty(readYaml(text, path).values) ?? {});
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new SettingError(
    `${path} does not make sense at ${issue?.path.join(" > ") || "its top"}: ${issue?.message}.`,
    "Mend it, and try again.",
  );
}

/** The text with every entry that says something else replaced, and the others as somebody wrote them. */
export function rewritten(text: string, before: CafeBook, after: CafeBook): string {
  const document = parseDocument(text) as Document;
  if (text.trim() === "") document.commentBefore = preamble;
  for (const place of [document.contents, document.get("cafes", true)]) {
    // A map that is empty is written as {}, in one line; what comes into it is to be read and edited, line by line.
    if (isMap(place)) place.flow = false;
  }
  if (Object.keys(after.cafes).length > 0 && !isMap(document.get("cafes", true))) {
    document.set("cafes", document.createNode({}));
  }
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

/** Without keys after which nothing is written, such as `cafes:` before there are any: they say nothing. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part !== null)
      .map(([key, part]) => [key, withoutEmpty(part)]),
  );
}

/** Without what is undefined, and with a closure of one day as that day. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_, part) =>
    part && typeof part === "object" && "reason" in part && part.from === part.to ? { ...part, to: undefined } : part,
  );
}
