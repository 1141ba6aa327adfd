import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import type { z } from "zod";
import { errorCode, SettingError } from "#core/errors.ts";
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
      return parseFormat(readFileSync(path, "utf8"), path);
    });
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
  let values: unknown;
  try {
    values = parse(text);
  } catch (error) {
    throw new SettingError(`The till format ${path} is not valid YAML.`, "Mend the file, or take it away.", {
      cause: error,
    });
  }
  const format = tillFormatSchema.safeParse(values);
  if (format.success) return { ...format.data, text };
  const { at, message } = innermost(format.error.issues[0]);
  throw new SettingError(
    `The till format ${path} has a mistake at "${at}": ${message}.`,
    "Mend that line; docs/formats.md explains every field, and the formats that come with the tracker are examples.",
  );
}

/** Of a value that may be one thing or another, the mistake in what it comes nearest to. */
function innermost(issue: z.core.$ZodIssue | undefined): { at: string; message: string } {
  const path = issue?.path ?? [];
  if (issue?.code === "invalid_union") {
    const weight = ({ code, path: inner }: z.core.$ZodIssue) => inner.length + (code === "custom" ? 0.5 : 0);
    const nearest = issue.errors.flat().sort((a, b) => weight(b) - weight(a))[0];
    if (nearest && weight(nearest) > 0) {
      const { at, message } = innermost(nearest);
      return { at: [...path, at].filter((part) => part !== "").join("."), message };
    }
  }
  return { at: path.join("."), message: issue?.message ?? "unreadable" };
}
