import type { Command } from "commander";
import { openHome } from "../../home/open-home.ts";
import { serveUntilStopped } from "../serve-until-stopped.ts";
import { newCommand, settingsOf } from "../shared-options.ts";

interface ServeOptions {
  home?: string;
  source?: string;
  host?: string;
  port?: string;
  publicUrl?: string;
  json?: boolean;
}

/** `infinity serve`: the dashboard, its API and the daily run. */
export function serveCommand(): Command {
  return newCommand("serve", "serve the dashboard, and load new till files every day", "serve --source ./tills")
    .option("--source <dir>", "the folder the tills write to (INFINITY_SOURCE)")
    .option("--host <address>", "the address of this machine to serve on (INFINITY_HOST, default 127.0.0.1)")
    .option("--port <number>", "the port (INFINITY_PORT, default 4000)")
    .option("--public-url <url>", "the address browsers use, where others may reach it (INFINITY_PUBLIC_URL)")
    .action(async ({ json, ...flags }: ServeOptions) => {
      const home = await openHome(settingsOf(flags), "infinity serve");
      try {
        await serveUntilStopped(home, json ?? false);
      } finally {
        await home.close();
      }
    });
}
