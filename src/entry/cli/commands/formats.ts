import { Command } from "commander";
import { builtInFormats } from "#feed/formats/read-formats.ts";
import { table } from "../present.ts";
import { print, printJson } from "../print.ts";
import { newCommand } from "../shared-options.ts";

/** `infinity formats`: the kinds of till file that are understood. */
export function formatsCommand(): Command {
  const list = newCommand("list", "list the till formats that are understood", "formats list").action(
    (options: { json?: boolean }) => {
      const formats = builtInFormats().map(({ name, title, header, columns }) => ({ name, title, header, columns }));
      if (options.json) printJson(formats);
      else
        print(
          table(
            ["Format", "Till", "Columns"],
            formats.map(({ name, title, columns }) => [name, title, columns.join(", ")]),
          ),
        );
    },
  );
  return new Command("formats").description("the kinds of till file that are understood").addCommand(list);
}
