import type { Command } from "commander";
import type { RawPurge } from "#pipeline/purge-raw-files.ts";
import { withHome } from "../../home/with-home.ts";
import { count, counted } from "../present.ts";
import { print, printJson } from "../print.ts";
import { newCommand, settingsOf } from "../shared-options.ts";

/** `infinity purge`: removes raw till files that were loaded longer ago than they are to be kept. */
export function purgeCommand(): Command {
  return newCommand("purge", "remove till files that were loaded longer ago than rawRetentionDays", "purge --dry-run")
    .option("--dry-run", "only say which files would go")
    .action(async (options: { home?: string; json?: boolean; dryRun?: boolean }) => {
      const purge = await withHome(settingsOf(options), "infinity purge", (operations) =>
        operations.purge(options.dryRun ?? false),
      );
      if (options.json) printJson(purge);
      else print(describePurge(purge));
    });
}

/** The most files to name before the rest is a number. */
const namedAtMost = 20;

function describePurge({ dryRun, days, keys, bytes, withRowsSetAside, changedSince }: RawPurge): string {
  const megabytes = (bytes / 1e6).toFixed(1);
  const age = `loaded more than ${counted(days, "day")} ago`;
  const lines = [
    keys.length === 0
      ? `Nothing to remove: no file in the source was ${age}.`
      : `${dryRun ? "Would remove" : "Removed"} ${counted(keys.length, "file")} (${megabytes} MB), ${age}.`,
  ];
  if (dryRun) {
    lines.push(...keys.slice(0, namedAtMost).map((key) => `  ${key}`));
    if (keys.length > namedAtMost) lines.push(`  and ${count(keys.length - namedAtMost)} more; --json lists them all`);
  }
  if (withRowsSetAside > 0) {
    lines.push(
      `${counted(withRowsSetAside, "of them has", "of them have")} rows set aside, which ${dryRun ? "could then not" : "can no longer"} be read again.`,
    );
  }
  if (changedSince > 0) {
    lines.push(
      `Left alone: ${counted(changedSince, "file")} that changed since. The next run loads what is there now.`,
    );
  }
  return lines.join("\n");
}
