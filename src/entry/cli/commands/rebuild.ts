import type { Command } from "commander";
import { openHome } from "../../home/open-home.ts";
import { type Rebuilt, rebuild } from "../../operations/rebuild.ts";
import { counted, duration } from "../present.ts";
import { print, printJson } from "../print.ts";
import { showProgress } from "../progress.ts";
import { newCommand, settingsOf } from "../shared-options.ts";

/** `infinity rebuild`: the warehouse made anew from the clean store. Needs the home to itself. */
export function rebuildCommand(): Command {
  return newCommand(
    "rebuild",
    "make the warehouse anew from the cleaned data, without the till files",
    "rebuild",
  ).action(async (options: { home?: string; json?: boolean }) => {
    const home = await openHome(settingsOf(options), "infinity rebuild", { aged: true });
    const progress = await showProgress("Rebuilding", "batches", !options.json);
    try {
      const rebuilt = await rebuild(home, { onProgress: (done, total) => progress.update(done, total) });
      progress.stop();
      if (options.json) printJson(rebuilt);
      else print(describeRebuild(rebuilt));
    } finally {
      progress.stop();
      await home.close();
    }
  });
}

function describeRebuild({ batches, files, durationMs, sameAsBefore, changed }: Rebuilt): string {
  const compared =
    sameAsBefore === null
      ? "There was nothing it could be compared with."
      : sameAsBefore
        ? "Every table says the same as before."
        : `These tables say something else than before: ${changed.join(", ")}.`;
  return [
    `Rebuilt from ${counted(batches, "batch", "batches")} with ${counted(files, "file")} in ${duration(durationMs)}. ${compared}`,
    "The warehouse as it was is kept beside it as warehouse.before-rebuild.duckdb.",
  ].join("\n");
}
