import type { Command } from "commander";
import type { Rotation } from "#pipeline/rotate-keys.ts";
import { withHome } from "../../home/with-home.ts";
import { count } from "../present.ts";
import { print, printJson } from "../print.ts";
import { newCommand, settingsOf } from "../shared-options.ts";

/** `infinity rotate-keys`: new ids for all customers, under one more secret key. */
export function rotateKeysCommand(): Command {
  return newCommand(
    "rotate-keys",
    "give every customer a new id under a new secret key; their history stays",
    "rotate-keys",
  ).action(async (options: { home?: string; json?: boolean }) => {
    const rotation = await withHome(settingsOf(options), "infinity rotate-keys", (operations) =>
      operations.rotateKeys(),
    );
    if (options.json) printJson(rotation);
    else print(describeRotation(rotation));
  });
}

function describeRotation({ generation, customers, finishedEarlier }: Rotation): string {
  return [
    finishedEarlier
      ? `Finished a rotation that had been cut off: key ${count(generation)} is in force. Run again to rotate once more.`
      : `Key ${count(generation)} is in force.`,
    `Customers with a new id: ${count(customers)}. Their visits stay theirs, and whoever was forgotten stays forgotten.`,
    "Back up the folder keys now: every key in it is needed, the old ones too.",
  ].join("\n");
}
