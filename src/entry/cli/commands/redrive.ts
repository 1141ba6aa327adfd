import type { Command } from "commander";
import { withHome } from "../../home/with-home.ts";
import type { Redriven } from "../../operations/redrive.ts";
import { counted } from "../present.ts";
import { print, printJson } from "../print.ts";
import { newCommand, settingsOf } from "../shared-options.ts";

/** `infinity redrive`: the batches that were given up are tried once more. */
export function redriveCommand(): Command {
  return newCommand(
    "redrive",
    "put the batches that were given up back into their queues, once what stopped them is mended",
    "redrive && npx infinity run",
  ).action(async (options: { home?: string; json?: boolean }) => {
    const redriven = await withHome(settingsOf(options), "infinity redrive", (operations) => operations.redrive());
    if (options.json) printJson(redriven);
    else print(describeRedriven(redriven));
  });
}

function describeRedriven({ transform, load }: Redriven): string {
  if (transform + load === 0) return "No batch was given up: there is nothing to put back.";
  return `${counted(transform + load, "batch", "batches")} put back: ${transform} to transform, ${load} to load. The next run, or the functions that wait for them, take them up.`;
}
