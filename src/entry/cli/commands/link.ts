import type { Command } from "commander";
import { RefusedError } from "#core/errors.ts";
import { findServer } from "../../home/with-home.ts";
import { print, printJson } from "../print.ts";
import { newCommand, settingsOf } from "../shared-options.ts";

/** `infinity link`: a fresh link that signs the owner in. */
export function linkCommand(): Command {
  return newCommand("link", "print a fresh link that signs you in to the dashboard, once", "link").action(
    async (options: { home?: string; json?: boolean }) => {
      const server = await findServer(settingsOf(options));
      if (!server) {
        throw new RefusedError(
          "The dashboard is not being served.",
          "Start it with `infinity serve`; it prints a link.",
        );
      }
      const link = await server.signInLink();
      if (options.json) printJson({ signInLink: link });
      else print(link);
    },
  );
}
