import { writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { Argument, type Command } from "commander";
import { errorCode, SettingError } from "#core/errors.ts";
import { draftFormat } from "#feed/formats/draft/draft-format.ts";
import { knownFormats, parseFormat } from "#feed/formats/read-formats.ts";
import { checkFile } from "#pipeline/transform/check-file.ts";
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
      const draft = draftFormat(bytes, key);
      const { dayStartsAt } = settings;
      const check = async (formats: Parameters<typeof checkFile>[1]["formats"]) =>
        await checkFile({ path, key, bytes }, { formats, dayStartsAt, now: new Date() });
      const known = await check(knownFormats(settings.formats));
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
