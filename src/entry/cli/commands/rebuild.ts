import type { Command } from "commander";
import { openHome } from "../../home/open-home.ts";
import { type Rebuilt, rebuild } from "../../operations/rebuild.ts";
import { counted, duration } from "../present.ts";
import { print, printJson } from "../print.ts";
import { showProgress } from "../progress.ts";
import { newCommand, settingsOf } from "../shared-options.ts";

/** `infinity rebuild`: the warehouse made anew from the clean store. Needs the home to itself. */
export function rebuildCommand(): Command {
  return newCommand("rebuild", "make the warehouse anew from the cleaned data, without the till files", "rebuild")
    .option("--without-missing", "leave out what the warehouse has and the cleaned data have not, instead of refusing")
    .action(async ({ withoutMissing = false, json, ...flags }: RebuildFlags) => {
      const home = await openHome(settingsOf(flags), "infinity rebuild", { toRebuild: true });
      const progress = await showProgress("Rebuilding", "batches", !json);
      try {
        const rebuilt = await rebuild(home, {
          withoutMissing,
          onProgress: (done, total) => progress.update(done, total),
        });
        progress.stop();
        if (json) printJson(rebuilt);
        else print(describeRebuild(rebuilt));
      } finally {
        progress.stop();
        await home.close();
      }
    });
}

interface RebuildFlags {
  home?: string;
  withoutMissing?: boolean;
  json?: boolean;
}

function describeRebuild(rebuilt: Rebuilt): string {
  const { batches, files, durationMs, sameAsBefore, changed, missing, lost, keptBefore } = rebuilt;
  const compared =
    sameAsBefore === null
      ? "There was nothing it could be compared with."
      : sameAsBefore
        ? "Every table says the same as before."
        : `These tables say something else than before: ${changed.join(", ")}.`;
  return [
    `Rebuilt from ${counted(batches, "batch", "batches")} with ${counted(files, "file")} in ${duration(durationMs)}. ${compared}`,
    ...(missing > 0 ? [`It lacks ${counted(missing, "till file")} that the warehouse before had.`] : []),
    ...(lost.length > 0 ? [`The warehouse before could not be read. Lost with it: ${lost.join("; ")}.`] : []),
    ...(keptBefore ? ["The warehouse as it was is kept beside it as warehouse.before-rebuild.duckdb."] : []),
  ].join("\n");
}
