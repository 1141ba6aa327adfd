import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { benchAws } from "./aws.ts";
import { benchDashboard } from "./dashboard.ts";
import type { Line } from "./line.ts";
import { benchPipeline, machine } from "./pipeline.ts";

// `npm run bench`: a table of figures with the machine they were measured on. `--no-year` leaves out the long part,
// `--no-pipeline` and `--no-dashboard` a half, `--aws` adds a day
// through the functions of AWS; `--json FILE` writes the figures down.
const { values } = parseArgs({
  options: {
    pipeline: { type: "boolean", default: true },
    year: { type: "boolean", default: true },
    dashboard: { type: "boolean", default: true },
    aws: { type: "boolean", default: false },
    rounds: { type: "string", default: "3" },
    json: { type: "string" },
  },
  allowNegative: true,
});
const rounds = Number(values.rounds);
const lines = [
  ...(values.pipeline ? await benchPipeline({ withYear: values.year, rounds }) : []),
  ...(values.aws ? await benchAws() : []),
  ...(values.dashboard ? await benchDashboard(rounds) : []),
];
const table = new Table({
  head: ["What", "Seconds", "× floor", "Peak MB", "Target", "Met", ""],
  style: { head: [], border: [] },
});
table.push(...lines.map(cells));
process.stdout.write(`${machine()}\n${table.toString()}\n`);
if (values.json !== undefined) {
  const figures = { machine: machine(), measuredAt: new Date().toISOString(), lines };
  writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);
}

function cells({ what, seconds, timesFloor, peakMegabytes, target, met, note }: Line): string[] {
  return [
    what,
    seconds.toFixed(2),
    timesFloor?.toFixed(1) ?? "",
    peakMegabytes ? String(Math.round(peakMegabytes)) : "",
    target,
    met ? "yes" : "no",
    note ?? "",
  ];
}
