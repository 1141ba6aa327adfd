import { Command } from "commander";
import { InfinityError } from "#core/errors.ts";
import packageJson from "../../../package.json" with { type: "json" };
import { cafesCommand } from "./commands/cafes.ts";
import { digestCommand } from "./commands/digest.ts";
import { formatsCommand } from "./commands/formats.ts";
import { generateCommand } from "./commands/generate.ts";
import { linkCommand } from "./commands/link.ts";
import { quarantineCommand } from "./commands/quarantine.ts";
import { queryCommand } from "./commands/query.ts";
import { rebuildCommand } from "./commands/rebuild.ts";
import { replayCommand } from "./commands/replay.ts";
import { runCommand } from "./commands/run.ts";
import { serveCommand } from "./commands/serve.ts";
import { startCommand } from "./commands/start.ts";
import { statusCommand } from "./commands/status.ts";
import { whyCommand } from "./commands/why.ts";
import { note } from "./print.ts";

const program = new Command("infinity")
  .description("Daily till files from every café: cleaned, made anonymous, loaded into a warehouse.")
  .version(packageJson.version)
  .showHelpAfterError("(add --help for what it takes)")
  .addCommand(startCommand())
  .addCommand(serveCommand())
  .addCommand(linkCommand())
  .addCommand(runCommand())
  .addCommand(generateCommand())
  .addCommand(queryCommand())
  .addCommand(statusCommand())
  .addCommand(cafesCommand())
  .addCommand(whyCommand())
  .addCommand(quarantineCommand())
  .addCommand(replayCommand())
  .addCommand(rebuildCommand())
  .addCommand(digestCommand())
  .addCommand(formatsCommand());

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = 1;
  if (error instanceof InfinityError) {
    note(`${error.message} ${error.next}`);
  } else {
    // What other code throws may quote a row of a till file, so only its kind is shown.
    const kind = error instanceof Error ? error.name : typeof error;
    note(
      `Something went wrong inside Infinity (${kind}). Nothing was half done: the next run starts where this one stopped.`,
    );
    if (process.env.INFINITY_DEBUG === "1")
      note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
