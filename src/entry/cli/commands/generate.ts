import { SingleBar } from "cli-progress";
import { Command } from "commander";
import { type GeneratedSample, generateSample, LEDGER_FILE } from "#feed/generate/generate-sample.ts";
import type { GenerateOptions } from "#feed/generate/options.ts";

/** The verb `generate`: a believable chain's till files, with a ledger of what was planted in them. */
export function generateCommand(): Command {
  return new Command("generate")
    .description("Write the till files of a made-up chain of cafés, with a ledger of what was planted in them")
    .requiredOption("--out <folder>", "where the files go")
    .option("--cafes <number>", "how many cafés", "104")
    .option("--days <number>", "how many days, the last one included", "396")
    .option("--until <date>", "the last day, YYYY-MM-DD (default: yesterday)")
    .option("--receipts <number>", "mean receipts per café and day", "120")
    .option("--shape <shape>", "till files of shape A, B, C or mixed", "mixed")
    .option("--seed <text>", "the same seed gives the same bytes", "infinity")
    .option("--faults", "plant late, missing, duplicate, corrected, split, truncated and broken files, and bad rows")
    .option("--json", "print totals and planted truths as JSON")
    .action(async ({ json, ...options }: GenerateOptions & { json?: boolean }) => {
      const sample = json ? await generateSample(options) : await withBar(options);
      process.stdout.write(json ? `${JSON.stringify(asJson(sample), null, 2)}\n` : summary(sample, options.out));
    });
}

async function withBar(options: GenerateOptions): Promise<GeneratedSample> {
  const bar = new SingleBar({
    format: "{bar} {percentage} %  {value} files",
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  });
  let started = false;
  try {
    return await generateSample(options, ({ files, ofAbout }) => {
      if (!started) bar.start(ofAbout, files);
      started = true;
      bar.setTotal(ofAbout);
      bar.update(files);
    });
  } finally {
    if (started) bar.stop();
  }
}

function asJson({ ledger, seconds, bytes }: GeneratedSample) {
  const { files, receipts } = ledger.totals;
  return {
    ...ledger,
    run: {
      seconds: Math.round(1000 * seconds) / 1000,
      bytes,
      receiptsPerSecond: Math.round(receipts / seconds),
      filesPerSecond: Math.round(files / seconds),
    },
  };
}

function summary({ ledger, seconds, bytes }: GeneratedSample, out: string): string {
  const { totals, cafes, truths, faults } = ledger;
  const whole = new Intl.NumberFormat("en-GB");
  const pounds = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP", maximumFractionDigits: 0 });
  const percent = new Intl.NumberFormat("en-GB", { style: "percent" });
  const lines = [
    `${whole.format(totals.files)} files, ${whole.format(Math.round(bytes / 1e6))} MB: ${cafes.length} cafés from ${ledger.from} to ${ledger.until}`,
    `${whole.format(totals.receipts)} receipts, ${whole.format(totals.items)} items, ${pounds.format(totals.pence / 100)}`,
    `${whole.format(totals.customers)} customers, of whom ${percent.format(totals.repeatCustomerShare)} came more than once`,
    `${truths.length} planted truths${faults.length > 0 ? ` and ${whole.format(faults.length)} faults` : ""}, listed in ${out}/${LEDGER_FILE}`,
    `${seconds.toFixed(1)} s, ${whole.format(Math.round(totals.receipts / seconds))} receipts a second`,
  ];
  return `${lines.join("\n")}\n`;
}
