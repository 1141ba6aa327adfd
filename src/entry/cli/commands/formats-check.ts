import { basename, relative, resolve } from "node:path";
import { Argument, type Command } from "commander";
import { folderOf, isBucket, type Settings } from "#core/settings.ts";
import { knownFormats } from "#feed/formats/read-formats.ts";
import { type CheckedReceipt, checkFile, type FileCheck } from "#pipeline/transform/check-file.ts";
import { counted, pounds } from "../present.ts";
import { print, printJson } from "../print.ts";
import { newCommand, settingsOf } from "../shared-options.ts";
import { table } from "../table.ts";
import { readTillFile } from "../till-file.ts";

interface CheckOptions {
  home?: string;
  formats?: string;
  source?: string;
  key?: string;
  json?: boolean;
}

/** `infinity formats check`: what would become of a file. Needs no home folder and takes none. */
export function checkCommand(): Command {
  return newCommand(
    "check",
    "say which format reads a file, and everything in it that would be set aside",
    "formats check ./tills/leeds_25-08-2021_09-00-00.csv",
  )
    .addArgument(new Argument("<file>", "a file as the till writes it"))
    .option("--formats <dir>", "a folder of formats of your own (INFINITY_FORMATS)")
    .option("--key <key>", "what the source would call the file, where its café is part of that")
    .action(async (file: string, options: CheckOptions) => {
      const settings = settingsOf(options);
      const path = resolve(file);
      const check = await checkFile(
        {
          path,
          key: options.key ?? keyOf(path, settings),
          bytes: readTillFile(path, settings.largestFileMegabytes),
        },
        { formats: knownFormats(settings.formats), dayStartsAt: settings.dayStartsAt, now: new Date() },
      );
      if (options.json) printJson(check);
      else print(describeCheck(file, check));
      if (check.problems.length > 0) process.exitCode = 1;
    });
}

/** The key a file has, or would have in the source's root. */
function keyOf(path: string, { source }: Settings): string {
  const key = source === undefined || isBucket(source) ? "" : relative(folderOf(source), path).replaceAll("\\", "/");
  return key === "" || key.startsWith("..") ? basename(path) : key;
}

/** A check as a person reads it. */
function describeCheck(file: string, { format, counts, receipts, problems, remarks }: FileCheck): string {
  if (format === null) {
    const [problem] = problems;
    if (!problem) return `${file} is empty: it would be loaded, with no receipts.`;
    return [
      `${file} would be set aside whole: ${problem.reason}. ${problem.sentence}`,
      ...(problem.detail === null ? [] : [`  ${problem.detail}`]),
      ...(problem.reason === "file_unknown_layout"
        ? [`Draft a format for it with: npx infinity formats init ${file}`]
        : []),
    ].join("\n");
  }
  const parts = [
    `${file} is read by ${format.name} (${format.title}).`,
    `${counted(counts.receipts, "receipt")}, ${counted(counts.items, "item")}, ${pounds(counts.totalPence)}; ` +
      `${counts.refused === 0 ? "nothing" : counted(counts.refused, "row")} would be set aside.` +
      (counts.skipped === 0
        ? ""
        : ` ${counted(counts.skipped, "row")} would be left out: above the header, or no sale by the format's "skip".`),
  ];
  if (receipts.length > 0) {
    parts.push(
      "",
      table(["Row", "Time", "Café", "Customer", "Card", "Payment", "Total", "Items"], receipts.map(cellsOf)),
    );
  }
  if (problems.length > 0) {
    const rows = problems.map(({ row, reason, sentence, detail }) => [row ?? "file", reason, detail ?? sentence]);
    parts.push("", "Set aside", table(["Row", "Reason", "What is wrong"], rows));
  }
  if (remarks.length > 0) {
    const rows = remarks.map(({ row, remark, sentence, text }) => [row, remark, text ?? sentence]);
    parts.push("", "Loaded, and worth a look", table(["Row", "Remark", "What was noticed"], rows));
  }
  return parts.join("\n");
}

/** Letters of a basket that a terminal has room for. */
const longestBasket = 60;

function cellsOf({ row, time, cafe, customer, card, payment, totalPence, items }: CheckedReceipt): unknown[] {
  const basket = items.map(
    ({ size, name, flavour, pence }) =>
      `${size === "standard" ? "" : `${size} `}${name}${flavour === null ? "" : ` - ${flavour}`}${pence === null ? "" : ` ${pounds(pence)}`}`,
  );
  const text = basket.join(", ");
  const shown = text.length > longestBasket ? `${text.slice(0, longestBasket - 1)}…` : text;
  return [row, time, cafe, customer, card, payment, pounds(totalPence), shown];
}
