import { writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { Argument, type Command } from "commander";
import { errorCode, RefusedError, SettingError } from "#core/errors.ts";
import type { Reason } from "#core/reasons.ts";
import { draftFormat } from "#feed/formats/draft/draft-format.ts";
import { knownFormats, parseFormat } from "#feed/formats/read-formats.ts";
import { checkFile, type FileCheck } from "#pipeline/transform/check-file.ts";
import { counted } from "../present.ts";
import { note, print, printJson } from "../print.ts";
import { newCommand, settingsOf } from "../shared-options.ts";
import { readTillFile } from "../till-file.ts";

interface InitOptions {
  home?: string;
  formats?: string;
  out?: string;
  json?: boolean;
}

/** `infinity formats init`: a first draft of a format, for a person to finish. Needs no home folder and takes none. */
export function initCommand(): Command {
  return newCommand(
    "init",
    "draft a format for a file that no format reads",
    "formats init ./corner.csv --out ./formats/corner-till.yaml",
  )
    .addArgument(new Argument("<file>", "a file as the till writes it"))
    .option("--out <file>", "write the draft here; printed when not given")
    .option("--formats <dir>", "a folder of formats of your own (INFINITY_FORMATS)")
    .action(async (file: string, options: InitOptions) => {
      const settings = settingsOf(options);
      const path = resolve(file);
      const bytes = readTillFile(path, settings.largestFileMegabytes);
      const key = basename(path);
      const { dayStartsAt } = settings;
      const check = async (formats: Parameters<typeof checkFile>[1]["formats"]) =>
        await checkFile({ path, key, bytes }, { formats, dayStartsAt, now: new Date() });
      const known = await check(knownFormats(settings.formats));
      refuseWhole(file, known);
      const draft = draftFormat(bytes, key);
      const { counts } = await check([parseFormat(draft.yaml, "the draft")]);

      if (options.out !== undefined) writeDraft(options.out, draft.yaml);
      if (options.json) printJson({ ...draft, receipts: counts.receipts, refused: counts.refused });
      else if (options.out === undefined) print(draft.yaml);
      else print(`The draft is in ${options.out}.`);
      if (known.format) note(`${file} is read by ${known.format.name} already; the draft is another way to read it.`);
      note(
        `With the draft, ${counted(counts.receipts, "receipt")} of this file would be loaded and ` +
          `${counted(counts.refused, "row")} set aside.`,
      );
      for (const sentence of draft.toCheck) note(`  check ${sentence}`);
    });
}

/** What to do about a file that is set aside for what it is, whatever its columns are. */
const mended: Partial<Record<Reason, string>> = {
  file_not_text: "Have the till write UTF-8, or save the file anew as UTF-8 text (a spreadsheet calls it CSV UTF-8).",
  file_compressed: "Unpack it, and draft a format from the file within.",
};

/** No format helps where the file itself is at fault: what `formats check` says of it is said here as well. */
function refuseWhole(file: string, { format, problems }: FileCheck): void {
  const whole = problems.find(({ row, reason }) => row === null && reason !== "file_unknown_layout");
  if (whole) {
    throw new RefusedError(
      `No format can be drafted for ${file}: it would be set aside whole (${whole.reason}). ${whole.sentence}`,
      mended[whole.reason] ?? "Look whether it is the file that the till wrote.",
    );
  }
  if (format === null && problems.length === 0) {
    throw new RefusedError(
      `No format can be drafted for ${file}: it is empty.`,
      "Take a file that has receipts in it.",
    );
  }
}

/** Writes a new file: a format somebody has finished is never overwritten by a draft. */
function writeDraft(path: string, yaml: string): void {
  try {
    writeFileSync(path, yaml, { flag: "wx" });
  } catch (error) {
    const there = errorCode(error) === "EEXIST";
    throw new SettingError(
      there ? `${path} is there already.` : `The draft cannot be written to ${path} (${errorCode(error)}).`,
      there ? "Give another name with --out, or take that file away first." : "Check that the folder is there.",
      { cause: error },
    );
  }
}
