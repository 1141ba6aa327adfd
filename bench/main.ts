import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import Table from "cli-table3";
import { answersTable, benchAnswers, type MetricFigures } from "./answers.ts";
import { benchAws } from "./aws.ts";
import { benchDashboard } from "./dashboard.ts";
import type { Line } from "./line.ts";
import { benchPipeline, machine } from "./pipeline.ts";

// `npm run bench`: a table of figures with the machine they were measured on. `--no-year` leaves out the long part,
// `--no-pipeline`, `--no-answers` and `--no-dashboard` a part, `--aws` adds a day through the functions of AWS; `--json FILE` writes
// the figures down. `--answers-on HOME` measures the answers alone, on a home that is there and that nobody is serving;
// `--metric NAME` (again for more) only these.
const { values } = parseArgs({
  options: {
    pipeline: { type: "boolean", default: true },
    year: { type: "boolean", default: true },
    answers: { type: "boolean", default: true },
    "answers-on": { type: "string" },
    metric: { type: "string", multiple: true },
    dashboard: { type: "boolean", default: true },
    aws: { type: "boolean", default: false },
    rounds: { type: "string", default: "3" },
    json: { type: "string" },
  },
  allowNegative: true,
});
const rounds = Number(values.rounds);
const home = values["answers-on"];
const alone = home !== undefined;
const answers: MetricFigures[] = [];
const measureAnswers = async (yearHome: string) => {
  answers.push(...(await benchAnswers(yearHome, rounds, values.metric)));
};
if (alone) await measureAnswers(home);
const lines = [
  ...(values.pipeline && !alone
    ? await benchPipeline({ withYear: values.year, rounds, ...(values.answers ? { onYear: measureAnswers } : {}) })
    : []),
  ...(values.aws && !alone ? await benchAws() : []),
  ...(values.dashboard && !alone ? await benchDashboard(rounds) : []),
];
process.stdout.write(`${machine()}\n`);
if (lines.length > 0) {
  const table = new Table({
    head: ["What", "Seconds", "× floor", "Peak MB", "Target", "Met", ""],
    style: { head: [], border: [] },
  });
  table.push(...lines.map(cells));
  process.stdout.write(`${table.toString()}\n`);
}
if (answers.length > 0) process.stdout.write(`${answersTable(answers)}\n`);
if (values.json !== undefined) {
  const figures = { machine: machine(), measuredAt: new Date().toISOString(), lines, answers };
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
