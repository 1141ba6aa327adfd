import type { Command } from "commander";
import { type GeneratedSample, generateSample } from "#feed/generate/generate-sample.ts";
import { LEDGER_FILE } from "#feed/generate/ledger-file.ts";
import type { GenerateOptions } from "#feed/generate/options.ts";
import { count, counted, duration, pounds } from "../present.ts";
import { print, printJson } from "../print.ts";
import { showProgress } from "../progress.ts";
import { asDay, newCommand } from "../shared-options.ts";

type Options = GenerateOptions & { json?: boolean };

/** `infinity generate`: a believable chain's till files, with a ledger of what was planted in them. */
export function generateCommand(): Command {
  return newCommand("generate", "write the till files of a made-up chain of cafés", "generate --out ./tills --days 60")
    .requiredOption("--out <dir>", "the folder to write to")
    .option("--cafes <number>", "how many cafés (104)")
    .option("--days <number>", "how many days, the last one included (396)")
    .option("--until <date>", "the last day (yesterday)", asDay)
    .option("--receipts <number>", "mean receipts per café and day (115)")
    .option("--shape <shape>", "till files of shape A, B, C or mixed (mixed)")
    .option("--seed <text>", "the same seed gives the same bytes (42)")
    .option("--faults", "plant late, missing, duplicate, corrected, split, truncated and broken files, and bad rows")
    .action(async ({ json, ...options }: Options) => {
      const sample = await withProgress(options, !json);
      if (json) printJson(inFull(sample));
      else print(describeSample(sample, options.out));
    });
}

async function withProgress(options: GenerateOptions, shown: boolean): Promise<GeneratedSample> {
  const progress = await showProgress("Generating", "files", shown);
  try {
    return await generateSample(options, ({ files, ofAbout }) => progress.update(files, ofAbout));
  } finally {
    progress.stop();
  }
}

/** The ledger, and how fast it was. */
function inFull({ ledger, seconds, bytes }: GeneratedSample) {
  const { files, receipts } = ledger.totals;
  const run = {
    seconds: Math.round(1000 * seconds) / 1000,
    bytes,
    receiptsPerSecond: Math.round(receipts / seconds),
    filesPerSecond: Math.round(files / seconds),
  };
  return { ...ledger, run };
}

/** A sample as a person reads about it. */
export function describeSample({ ledger, seconds, bytes }: GeneratedSample, out: string): string {
  const { totals, truths, faults } = ledger;
  const planted = [
    counted(truths.length, "planted truth"),
    ...(faults.length > 0 ? [counted(faults.length, "fault")] : []),
  ];
  return [
    `Wrote ${counted(totals.files, "file")} (${count(Math.round(bytes / 1e6))} MB) in ${duration(1000 * seconds)}: ` +
      `${counted(ledger.cafes.length, "café")} from ${totals.from} to ${totals.until}.`,
    `${counted(totals.receipts, "receipt")}, ${counted(totals.items, "item")}, ${pounds(totals.pence)}; ` +
      `${count(Math.round(totals.receipts / seconds))} receipts a second.`,
    `${counted(totals.customers, "customer")}, of whom ${Math.round(100 * totals.repeatCustomerShare)} % came more than once.`,
    `${planted.join(" and ")}, listed in ${out}/${LEDGER_FILE}.`,
  ].join("\n");
}
