import type { Command } from "commander";
import { withHome } from "../../home/with-home.ts";
import { print, printJson } from "../print.ts";
import { newCommand, settingsOf } from "../shared-options.ts";
import { table } from "../table.ts";

/** `infinity digest`: what every table says, in short, to compare two warehouses. */
export function digestCommand(): Command {
  return newCommand("digest", "digest every table, to compare two warehouses by what they say", "digest").action(
    async (options: { home?: string; json?: boolean }) => {
      const digests = await withHome(settingsOf(options), "infinity digest", (operations) => operations.digest());
      if (options.json) printJson(digests);
      else
        print(
          table(
            ["Table", "Rows", "Digest"],
            digests.map(({ table: name, rows, digest }) => [name, rows, digest]),
          ),
        );
    },
  );
}
