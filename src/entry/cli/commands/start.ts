import type { Command } from "commander";
import { readSettings, type Settings } from "#core/settings.ts";
import { openHome } from "../../home/open-home.ts";
import { extendSample, sampleSettings } from "../../home/sample-home.ts";
import { findServer } from "../../home/with-home.ts";
import { OwnOperations } from "../../operations/own-operations.ts";
import { note, print } from "../print.ts";
import { showProgress } from "../progress.ts";
import { serveUntilStopped } from "../serve-until-stopped.ts";
import { newCommand } from "../shared-options.ts";
import { describeSample } from "./generate.ts";
import { describeRun, runWithProgress } from "./run.ts";

interface StartOptions {
  home?: string;
  source?: string;
  json?: boolean;
}

/** `infinity start`: what `npm start` does. Data, warehouse and dashboard, with nothing to set up. */
export function startCommand(): Command {
  return newCommand(
    "start",
    "load your till files (or a made-up chain's, where no source is set) and serve the dashboard",
    "start --source ./tills",
  )
    .option("--source <dir>", "the folder the tills write to (INFINITY_SOURCE)")
    .action(async ({ json, ...flags }: StartOptions) => {
      const given = readSettings({ flags });
      const settings = given.source === undefined ? sampleSettings(given) : given;
      const server = await findServer(settings);
      if (server) {
        print(
          `Infinity is being served already. Open this link to sign in; it works once:\n\n  ${await server.signInLink()}\n`,
        );
        return;
      }
      const home = await openHome(settings, "infinity start");
      try {
        if (given.source === undefined) await writeSample(settings, !json);
        const summary = await runWithProgress(new OwnOperations(home), settings, { json: json ?? false });
        if (!json) note(describeRun(summary));
        await serveUntilStopped(home, json ?? false);
      } finally {
        await home.close();
      }
    });
}

async function writeSample(settings: Settings, shown: boolean): Promise<void> {
  if (shown)
    note("No source is set, so this shows sample data: a made-up chain. Use your own files with --source DIR.");
  const progress = await showProgress("Writing the sample", "files", shown);
  try {
    const sample = await extendSample(settings, new Date(), ({ files, ofAbout }) => progress.update(files, ofAbout));
    progress.stop();
    if (sample && shown) note(describeSample(sample, settings.source ?? ""));
  } finally {
    progress.stop();
  }
}
