import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { SettingError } from "#core/errors.ts";
import { type TillFormat, tillFormatSchema } from "./till-format.ts";

/** A format with the text it was read from: the text is part of the transform version. */
export interface KnownFormat extends TillFormat {
  readonly text: string;
}

/** The formats that come with the tracker, in the order in which they are tried: by name. */
export function builtInFormats(): KnownFormat[] {
  return readFormatFolder(fileURLToPath(new URL("./", import.meta.url)));
}

/**
 * Every `.yaml` file of a folder as a till format.
 *
 * @throws SettingError naming the file, the field and what is allowed there.
 */
export function readFormatFolder(folder: string): KnownFormat[] {
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => readFormat(`${folder}/${name}`));
}

function readFormat(path: string): KnownFormat {
  const text = readFileSync(path, "utf8");
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
  const issue = format.error.issues[0];
  throw new SettingError(
    `The till format ${path} has a mistake at "${issue?.path.join(".") ?? ""}": ${issue?.message ?? "unreadable"}.`,
    "Mend that line; the formats that come with the tracker are examples.",
  );
}
