import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { errorCode, SettingError } from "#core/errors.ts";
import { readYaml, type YamlText } from "#core/yaml-text.ts";
import { describeMistake, type Mistake } from "./describe-mistake.ts";
import { type TillFormat, tillFormatSchema } from "./till-format.ts";

/** A format with the text it was read from: the text is part of the transform version. */
export type KnownFormat = TillFormat & { readonly text: string };

/** The formats that come with the tracker, by name. */
export function builtInFormats(): KnownFormat[] {
  return readFormatFolder(fileURLToPath(new URL("./", import.meta.url)));
}

/**
 * Every format there is, in the order in which they are preferred where two fit a file as well: the user's own by name,
 * then the built-in ones by name. A user's format replaces the built-in one of its name.
 *
 * @param folder the user's own formats, as the setting `formats` names it
 * @throws SettingError when the folder cannot be read or a format in it is wrong.
 */
export function knownFormats(folder: string | undefined): KnownFormat[] {
  const own = folder === undefined ? [] : readFormatFolder(resolve(folder)).sort(byName);
  const twice = own.find(({ name }, index) => own[index - 1]?.name === name);
  if (twice) {
    throw new SettingError(
      `Two till formats in ${folder} are named ${twice.name}.`,
      "Give one of them another name, or take it away.",
    );
  }
  const replaced = new Set(own.map(({ name }) => name));
  return [...own, ...builtInFormats().filter(({ name }) => !replaced.has(name))];
}

function byName(a: TillFormat, b: TillFormat): number {
  return a.name < b.name ? -1 : 1;
}

/**
 * Every `.yaml` file of a folder as a till format, in order of file name.
 *
 * @throws SettingError naming the file, the field and what is allowed there.
 */
export function readFormatFolder(folder: string): KnownFormat[] {
  return listFolder(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => {
      const path = join(folder, name);
      return parseFormat(readFormatFile(path), path);
    });
}

function readFormatFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = errorCode(error);
    throw new SettingError(
      code === "EISDIR" ? `The till format ${path} is a folder.` : `The till format ${path} cannot be read (${code}).`,
      code === "EISDIR"
        ? "Formats lie side by side in the folder of till formats: take them out of it, or give it a name without .yaml."
        : "Check its permissions, or take it out of the folder of till formats.",
      { cause: error },
    );
  }
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw new SettingError(
      `The folder of till formats ${folder} cannot be read (${errorCode(error)}).`,
      "Check its spelling and permissions, or take the setting `formats` away.",
      { cause: error },
    );
  }
}

/**
 * One format from its YAML.
 *
 * @param path what the text is called in a message
 * @throws SettingError naming the field and what is allowed there.
 */
export function parseFormat(text: string, path: string): KnownFormat {
  const { values, lineOf } = readYaml(text, `The till format ${path}`);
  const format = tillFormatSchema.safeParse(values);
  if (format.success) return { ...format.data, text };
  const mistakes = format.error.issues.flatMap((issue) => describeMistake(issue, values));
  const said = mistakes.map((mistake) => describePlace(mistake, lineOf));
  throw new SettingError(
    values === null
      ? `The till format ${path} is empty.`
      : `The till format ${path} has ${said.length > 1 ? `${said.length} mistakes:` : "a mistake"} ${said.join("; ")}.`,
    "Mend it; docs/formats.md explains every field, and the formats that come with the tracker are examples.",
  );
}

function describePlace({ path, words }: Mistake, lineOf: YamlText["lineOf"]): string {
  const line = lineOf(path);
  const place = path.map((part) => (typeof part === "number" ? ` item ${part + 1}` : `.${String(part)}`)).join("");
  const where = place === "" ? "at its top" : `at "${place.slice(1)}"`;
  return `${where}${line === undefined ? "" : ` (line ${line})`}: ${words}`;
}
