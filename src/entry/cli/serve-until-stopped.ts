import type { Home } from "../home/open-home.ts";
import { extendSample, isSampleHome } from "../home/sample-home.ts";
import { startServer } from "../server/start-server.ts";
import { note, print, printJson } from "./print.ts";
import { untilStopped } from "./until-stopped.ts";

/** Serves an open home until the command is stopped, and prints the link that signs the owner in. */
export async function serveUntilStopped(home: Home, json: boolean): Promise<void> {
  const sample = isSampleHome(home.folder);
  const server = await startServer(home, {
    sample,
    note,
    beforeScheduledRun: async () => {
      if (sample) await extendSample(home.settings, new Date(), () => undefined);
    },
  });
  const link = await server.signInLink();
  if (json) printJson({ url: server.url, signInLink: link });
  else print(`\nInfinity is at ${server.url}. Open this link to sign in; it works once:\n\n  ${link}\n`);
  if (!json) note("A fresh link any time: npx infinity link. Stop with Ctrl+C.");
  server.catchUp().catch(() => undefined);
  await untilStopped();
  if (server.running) note("A run is under way and is waited for. Ctrl+C again stops at once; nothing is lost.");
  await server.close();
}
