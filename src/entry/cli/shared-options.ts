import { Command, InvalidArgumentError, Option } from "commander";
import { day } from "#core/day.ts";
import { RefusedError } from "#core/errors.ts";
import { readSettings, type Settings } from "#core/settings.ts";
import { homeInUse } from "../home/sample-home.ts";

/** A command of the CLI, with the options and the habits all of them have. */
export function newCommand(name: string, description: string, example: string): Command {
  return new Command(name)
    .description(description)
    .option("--home <dir>", "where the tracker keeps everything (INFINITY_HOME, default .infinity)")
    .addOption(new Option("--json", "print one JSON value, for programs"))
    .addHelpText("after", `\nExample:\n  $ npx infinity ${example}`);
}

/** The settings of a command: its flags (those that are settings), the environment, the file, the defaults. */
export function settingsOf(options: { home?: string; source?: string; formats?: string }): Settings {
  return homeInUse(readSettings({ flags: { ...options } }));
}

/** A day as an option's value. */
export function asDay(text: string): string {
  if (!day.safeParse(text).success) throw new InvalidArgumentError("A day is written YYYY-MM-DD, such as 2026-03-02.");
  return text;
}

/**
 * Days of which the last is before the first are a slip of the pen, and hold nothing.
 *
 * @throws RefusedError when they are
 */
export function refuseReversed({ from, to }: { from?: string | undefined; to?: string | undefined }): void {
  if (from !== undefined && to !== undefined && from > to) {
    throw new RefusedError("`--from` is later than `--to`.", "Swap the two dates.");
  }
}
