import type { Command } from "commander";
import { withHome } from "../../home/with-home.ts";
import type { Quarantine } from "../../operations/read-quarantine.ts";
import { count, counted, pounds } from "../present.ts";
import { print, printJson } from "../print.ts";
import { newCommand, settingsOf } from "../shared-options.ts";
import { table } from "../table.ts";

/** `infinity quarantine`: what was set aside, why, and the pounds that wait with it. */
export function quarantineCommand(): Command {
  return newCommand("quarantine", "say which rows and files were set aside, and why", "quarantine").action(
    async (options: { home?: string; json?: boolean }) => {
      const quarantine = await withHome(settingsOf(options), "infinity quarantine", (operations) =>
        operations.quarantine(),
      );
      if (options.json) printJson(quarantine);
      else print(describeQuarantine(quarantine));
    },
  );
}

/** The most files to list before the rest is a number. */
const listedAtMost = 20;

function describeQuarantine({ rows, files, pence, reasons, affected }: Quarantine): string {
  if (rows + files === 0) return "Nothing is set aside: every row of every file fits.";
  const listed = affected.slice(0, listedAtMost);
  const lines = [
    `${counted(rows, "row")} and ${counted(files, "whole file")} are set aside, with ${pounds(pence)} where the total could be read.`,
    "",
    table(
      ["Reason", "Rows", "Files", "Pending", "What it means"],
      reasons.map((group) => [group.reason, group.rows, group.files, pounds(group.pence), group.meaning]),
    ),
    "",
    table(
      ["File", "Reason", "Rows", "First row", "Pending"],
      listed.map((file) => [file.key, file.reason, file.rows, file.firstRow, pounds(file.pence)]),
    ),
  ];
  if (affected.length > listedAtMost)
    lines.push(`and ${count(affected.length - listedAtMost)} more; --json lists them all`);
  const found = listed.flatMap(({ key, detail }) => (detail === null ? [] : [[key, detail]]));
  if (found.length > 0) lines.push("", table(["File", "What was found"], found));
  lines.push(
    "",
    "Have the till's file corrected, and the next run takes it in. After mending a format: infinity replay --reason CODE",
  );
  if (reasons.some(({ reason }) => reason === "file_unknown_layout")) {
    lines.push("For a till that no format reads, draft one: infinity formats init FILE");
  }
  return lines.join("\n");
}
