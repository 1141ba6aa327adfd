import type { Command } from "commander";
import type { RunSummary } from "#core/run-summary.ts";
import { absoluteAddress, type Settings } from "#core/settings.ts";
import type { ReplaySelection } from "#pipeline/extract/find-files-to-replay.ts";
import { withHome } from "../../home/with-home.ts";
import type { Operations, RunOrder } from "../../operations/operations.ts";
import { count, counted, duration, pounds } from "../present.ts";
import { note, print, printJson } from "../print.ts";
import { showProgress } from "../progress.ts";
import { asDay, newCommand, refuseReversed, settingsOf } from "../shared-options.ts";

interface RunOptions {
  home?: string;
  source?: string;
  from?: string;
  to?: string;
  addSource?: boolean;
  json?: boolean;
}

/** `infinity run`: loads whatever is new or changed. */
export function runCommand(): Command {
  return newCommand("run", "load whatever till files are new or changed", "run --source ./tills")
    .option("--source <dir>", "the folder or s3:// address the tills write to (INFINITY_SOURCE)")
    .option("--from <date>", "only files of this day or later", asDay)
    .option("--to <date>", "only files of this day or earlier", asDay)
    .option("--add-source", "take files from this source as well, though the warehouse has another")
    .action(async (options: RunOptions) => {
      refuseReversed(options);
      const settings = settingsOf(options);
      const [summary] = await Promise.all([
        withHome(settings, "infinity run", (operations) => runWithProgress(operations, settings, options), {
          brief: true,
          beforeRun: true,
        }),
        // What a run needs is read while the home is opened.
        import("../../operations/run-once.ts"),
      ]);
      if (options.json) printJson(summary);
      else print(describeRun(summary));
      if (summary.status !== "completed") process.exitCode = 1;
    });
}

/** Runs the pipeline with a progress bar, where there is a terminal to draw it on. */
export async function runWithProgress(
  operations: Operations,
  settings: Settings,
  options: RunOptions,
  replay?: ReplaySelection,
): Promise<RunSummary> {
  const progress = await showProgress("Loading", "files", !options.json);
  const order: RunOrder = {
    // Whoever does the work may have been started in another folder.
    source: settings.source === undefined ? undefined : absoluteAddress(settings.source),
    days: { from: options.from, to: options.to },
    addSource: options.addSource ?? false,
    replay,
  };
  try {
    return await operations.run(order, {
      onProgress: ({ filesDone, filesTotal }) => progress.update(filesDone, filesTotal),
      onProblem: ({ message, next }) => note(`${message} ${next}`),
    });
  } finally {
    progress.stop();
  }
}

/** A run as a person reads it. */
export function describeRun({ status, durationMs, files, rows, items, totalPence }: RunSummary): string {
  const lines = [
    files.loaded === 0 && status === "completed"
      ? `${files.duplicate + files.quarantined > 0 ? "Nothing was loaded." : "Nothing new."} Looked at ${counted(files.discovered, "file")} in ${duration(durationMs)}.`
      : `Loaded ${counted(files.loaded, "file")} in ${duration(durationMs)}: ` +
        `${counted(rows.loaded, "receipt")}, ${counted(items, "item")}, ${pounds(totalPence)}.`,
  ];
  const also: [number, string][] = [
    [files.unchanged, "unchanged"],
    [files.duplicate, "skipped, the same as another file"],
    [files.superseded, "replaced by a corrected file"],
    [files.waiting, "still being written, left for the next run"],
    [files.quarantined, "refused whole"],
    [files.unreadable ?? 0, "could not be read again, as said above"],
  ];
  for (const [number, words] of also) if (number > 0) lines.push(`  ${count(number).padStart(6)}  ${words}`);
  if (rows.quarantined > 0) {
    lines.push(
      `${counted(rows.quarantined, "row")} of ${count(rows.read)} did not fit and ${rows.quarantined === 1 ? "was" : "were"} set aside.`,
    );
  }
  if (files.quarantined + rows.quarantined > 0) lines.push("`infinity quarantine` says why, and what to mend.");
  if (status === "incomplete") {
    lines.push("Some batches could not be finished. Run again; if they fail again, the messages above say why.");
  }
  return lines.join("\n");
}
