import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { benchPipeline, type Line, machine } from "./pipeline.ts";

// `npm run bench`: a table of figures with the machine they were measured on. `--no-year` leaves out the long part;
// `--json FILE` writes the figures down.
const { values } = parseArgs({
  options: {
    year: { type: "boolean", default: true },
    json: { type: "string" },
    rounds: { type: "string", default: "3" },
  },
  allowNegative: true,
});
const lines = await benchPipeline({ withYear: values.year, rounds: Number(values.rounds) });
const table = new Table({
  head: ["What", "Seconds", "× floor", "Peak MB", "Target", "Met", ""],
  style: { head: [], border: [] },
});
table.push(...lines.map(cells));
process.stdout.write(`${machine()}\n${table.toString()}\n`);
if (values.json !== undefined) {
  writeFileSync(
    values.json,
    `${JSON.stringify({ machine: machine(), measuredAt: new Date().toISOString(), lines }, null, 2)}\n`,
  );
}

function cells({ what, seconds, timesFloor, peakMegabytes, target, met, note }: Line): string[] {
  return [
    what,
    seconds.toFixed(2),
    timesFloor?.toFixed(1) ?? "",
    peakMegabytes === null ? "" : String(Math.round(peakMegabytes)),
    target,
    met ? "yes" : "no",
    note ?? "",
  ];
}
