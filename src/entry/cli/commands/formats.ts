import { Command } from "commander";
import { knownFormats } from "#feed/formats/read-formats.ts";
import { meaningsOf } from "#feed/formats/till-format.ts";
import { print, printJson } from "../print.ts";
import { newCommand, settingsOf } from "../shared-options.ts";
import { table } from "../table.ts";
import { checkCommand } from "./formats-check.ts";
import { initCommand } from "./formats-init.ts";

/** `infinity formats`: the kinds of till file that are understood. */
export function formatsCommand(): Command {
  return new Command("formats")
    .description("the kinds of till file that are understood")
    .addCommand(listCommand())
    .addCommand(checkCommand())
    .addCommand(initCommand());
}

function listCommand(): Command {
  return newCommand("list", "list the till formats that are understood", "formats list")
    .option("--formats <dir>", "a folder of formats of your own (INFINITY_FORMATS)")
    .action((options: { home?: string; formats?: string; json?: boolean }) => {
      const formats = knownFormats(settingsOf(options).formats).map((format) => ({
        name: format.name,
        title: format.title,
        header: format.header,
        basket: format.basket,
        columns: meaningsOf(format),
      }));
      if (options.json) printJson(formats);
      else
        print(
          table(
            ["Format", "Till", "Columns"],
            formats.map(({ name, title, columns }) => [name, title, columns.join(", ")]),
          ),
        );
    });
}
