import { type Command, InvalidArgumentError } from "commander";
import { withHome } from "../../home/with-home.ts";
import type { ListedRun } from "../../operations/read-runs.ts";
import { count, duration, pounds } from "../present.ts";
import { print, printJson } from "../print.ts";
import { newCommand, settingsOf } from "../shared-options.ts";
import { table } from "../table.ts";

interface RunsOptions {
  home?: string;
  json?: boolean;
  limit: number;
}

/** `infinity runs`: what ran, when, and what became of it. */
export function runsCommand(): Command {
  return newCommand("runs", "list the latest runs: when, how long, and what became of them", "runs --limit 5")
    .option("--limit <number>", "at most so many", asLimit, 20)
    .action(async ({ limit, json, ...options }: RunsOptions) => {
      const runs = await withHome(settingsOf(options), "infinity runs", (operations) => operations.runs(limit));
      if (json) printJson(runs);
      else print(describeRuns(runs));
    });
}

function describeRuns(runs: readonly ListedRun[]): string {
  if (runs.length === 0) return "Nothing has run yet. Load till files with: npx infinity run --source DIR";
  return table(
    ["Started (UTC)", "By", "Status", "Took", "Files", "Receipts", "Sales", "Batches"],
    runs.map((run) => [
      run.startedAt.slice(0, 16).replace("T", " "),
      run.trigger,
      run.status,
      run.durationMs === null ? "" : duration(run.durationMs),
      run.files.loaded === null ? "" : count(run.files.loaded),
      run.rows === null ? "" : count(run.rows),
      run.totalPence === null ? "" : pounds(run.totalPence),
      describeBatches(run.batches),
    ]),
  );
}

function describeBatches({ loaded, queued, dead }: ListedRun["batches"]): string {
  const parts: [number, string][] = [
    [loaded, "loaded"],
    [queued, "to do"],
    [dead, "given up"],
  ];
  return parts
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${number} ${words}`)
    .join(", ");
}

function asLimit(text: string): number {
  const number = Number(text);
  if (!/^\d{1,4}$/.test(text) || number === 0) throw new InvalidArgumentError("A whole number from 1 to 9999.");
  return number;
}
