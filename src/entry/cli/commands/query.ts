import { Argument, type Command, Option } from "commander";
import { stringify } from "csv-stringify/sync";
import { withHome } from "../../home/with-home.ts";
import { counted } from "../present.ts";
import { note, print, printJson } from "../print.ts";
import { newCommand, settingsOf } from "../shared-options.ts";
import { table } from "../table.ts";

interface QueryOptions {
  home?: string;
  json?: boolean;
  csv?: boolean;
}

/** `infinity query`: one SELECT on the warehouse. */
export function queryCommand(): Command {
  return newCommand(
    "query",
    "run one SELECT on the warehouse",
    'query "select region, count(*) as cafes from locations group by region"',
  )
    .addArgument(new Argument("<select>", "the SELECT; information_schema lists the tables"))
    .addOption(new Option("--csv", "print CSV, for a spreadsheet").conflicts("json"))
    .action(async (sql: string, options: QueryOptions) => {
      const { columns, rows } = await withHome(settingsOf(options), "infinity query", (operations) =>
        operations.select(sql),
      );
      const cells = () => rows.map((row) => columns.map((column) => row[column]));
      if (options.json) printJson(rows);
      else if (options.csv) print(stringify(cells(), { header: true, columns: [...columns], escape_formulas: true }));
      else {
        if (rows.length > 0) print(table(columns, cells()));
        note(counted(rows.length, "row"));
      }
    });
}
