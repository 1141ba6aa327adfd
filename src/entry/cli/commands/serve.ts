import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { readSettings } from "#core/settings.ts";
import { openHome } from "../../home/open-home.ts";
import { startServer } from "../../server/start-server.ts";
import { note, print, printJson } from "../print.ts";
import { newCommand } from "../shared-options.ts";
import { untilStopped } from "../until-stopped.ts";

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
      const settings = readSettings({ flags: { ...flags } });
      const home = await openHome(settings, "infinity serve");
      try {
        const sample = existsSync(join(home.folder, "sample.json"));
        const server = await startServer(home, { sample, note });
        const link = await server.signInLink();
        if (json) printJson({ url: server.url, signInLink: link });
        else print(`Infinity is at ${server.url}\n\nOpen this link to sign in; it works once:\n\n  ${link}\n`);
        if (!json) note("A fresh link any time: npx infinity link. Stop with Ctrl+C.");
        server.catchUp().catch(() => undefined);
        await untilStopped();
        if (server.running) note("A run is under way and is waited for. Ctrl+C again stops at once; nothing is lost.");
        await server.close();
      } finally {
        await home.close();
      }
    });
}
