import { type Command, Option } from "commander";
import { RefusedError } from "#core/errors.ts";
import { reasons } from "#core/reasons.ts";
import { withHome } from "../../home/with-home.ts";
import { print, printJson } from "../print.ts";
import { asDay, newCommand, refuseReversed, settingsOf } from "../shared-options.ts";
import { describeRun, runWithProgress } from "./run.ts";

interface ReplayOptions {
  home?: string;
  json?: boolean;
  file?: string;
  reason?: string;
  from?: string;
  to?: string;
  outdated?: boolean;
}

/** `infinity replay`: reads files again that were read before, after a fix. */
export function replayCommand(): Command {
  return newCommand(
    "replay",
    "read files again that were read before: after a format was mended, or an upgrade",
    "replay --reason file_unknown_layout",
  )
    .option("--file <key>", "this file, by its path below the source")
    .addOption(
      new Option("--reason <code>", "files that have anything refused for this reason").choices(Object.keys(reasons)),
    )
    .option("--from <date>", "files of this day or later", asDay)
    .option("--to <date>", "files of this day or earlier", asDay)
    .option("--outdated", "files that were read by another version of the formats and the cleaning")
    .action(async ({ home, json, ...replay }: ReplayOptions) => {
      if (Object.keys(replay).length === 0) {
        throw new RefusedError(
          "Which files are to be read again?",
          "Say --file, --reason, --from and --to, or --outdated; `infinity replay --help` explains them.",
        );
      }
      refuseReversed(replay);
      const settings = settingsOf(home === undefined ? {} : { home });
      const summary = await withHome(settings, "infinity replay", (operations) =>
        runWithProgress(operations, settings, { json: json ?? false }, replay),
      );
      if (json) printJson(summary);
      else if (summary.files.discovered === 0) print("No file fits: nothing was read again.");
      else print(describeRun(summary));
      // Not all that was asked for was done, as where none of it could be.
      if (summary.status !== "completed" || summary.files.unreadable) process.exitCode = 1;
    });
}
