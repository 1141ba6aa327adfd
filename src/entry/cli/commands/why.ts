import type { Command } from "commander";
import { withHome } from "../../home/with-home.ts";
import type { DayTrace } from "../../operations/trace-day.ts";
import { dayName } from "../present.ts";
import { print, printJson } from "../print.ts";
import { asDay, newCommand, settingsOf } from "../shared-options.ts";
import { table } from "../table.ts";

interface WhyOptions {
  home?: string;
  json?: boolean;
  cafe: string;
  date: string;
}

/** `infinity why`: what became of a café's day. */
export function whyCommand(): Command {
  return newCommand(
    "why",
    "say what became of a café's day on its way to the warehouse",
    "why --cafe Leeds --date 2026-03-03",
  )
    .requiredOption("--cafe <name>", "the café")
    .requiredOption("--date <date>", "the day", asDay)
    .action(async ({ json, cafe, date, ...options }: WhyOptions) => {
      const trace = await withHome(settingsOf(options), "infinity why", (operations) => operations.why(cafe, date));
      if (json) printJson(trace);
      else print(describeTrace(trace));
    });
}

function describeTrace({ cafe, date, verdict, steps }: DayTrace): string {
  const lines = [`${cafe}, ${dayName(date)}: ${verdict}`];
  if (steps.length > 0)
    lines.push(
      "",
      table(
        ["Where", "What", "File"],
        steps.map(({ at, found, key }) => [at, found, key]),
      ),
    );
  return lines.join("\n");
}
