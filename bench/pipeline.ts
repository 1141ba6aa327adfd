import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Line } from "./line.ts";
import { type Measured, measureInfinity } from "./measured-command.ts";
import { placesOf, type Workload, writeWorkload } from "./workload.ts";

const month: Workload = { cafes: 100, days: 30, receipts: 500, from: "2025-01-01" };
const year: Workload = { ...month, days: 365, from: "2024-01-01" };
const oneMoreDay: Workload = { ...month, days: 1, from: "2024-12-31" };

/** The machine, in a line, to publish beside the figures. */
export function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model.trim() ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${process.platform}`;
}

interface Wanted {
  withYear: boolean;
  rounds: number;
  /** Called with the year's home before it is removed. */
  onYear?: (home: string) => Promise<void>;
}

/** Measures the pipeline; each figure and its floor come from the same run, since machines are noisy. */
export async function benchPipeline({ withYear, rounds, onYear }: Wanted): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), "infinity-bench-"));
  try {
    const lines = [
      await monthLine(folder, "a month, customers come back", month, rounds),
      await monthLine(folder, "a month, every card unique", { ...month, uniqueCards: true }, rounds),
    ];
    if (withYear) {
      lines.push(...(await yearLines(folder, lines[0]?.seconds ?? 0, rounds)));
      await onYear?.(yearHome(folder));
    }
    return lines;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function monthLine(folder: string, what: string, workload: Workload, rounds: number): Promise<Line> {
  const source = join(folder, `tills-${workload.uniqueCards ? "unique" : "repeat"}`);
  writeWorkload(source, workload);
  const measured: (Measured & { floorMs: number })[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const home = join(folder, "home");
    rmSync(home, { recursive: true, force: true });
    const floorMs = floor(source);
    measured.push({ ...(await measureInfinity(["run", "--source", source, "--json"], home)), floorMs });
  }
  measured.sort((one, other) => one.ms / one.floorMs - other.ms / other.floorMs);
  const middle = measured[measured.length >> 1] as (typeof measured)[number];
  rmSync(source, { recursive: true, force: true });
  const timesFloor = middle.ms / middle.floorMs;
  return {
    what,
    seconds: middle.ms / 1000,
    timesFloor,
    peakMegabytes: middle.peakMegabytes,
    target: workload.uniqueCards ? "–" : "at most 10 × the floor, 2 GB",
    met: workload.uniqueCards === true || (timesFloor <= 10 && (middle.peakMegabytes ?? 0) <= 2000),
    note: `floor ${(middle.floorMs / 1000).toFixed(2)} s; median of ${rounds}`,
  };
}

function yearHome(folder: string): string {
  return join(folder, "home-year");
}

async function yearLines(folder: string, monthSeconds: number, rounds: number): Promise<Line[]> {
  const source = join(folder, "tills-year");
  const home = yearHome(folder);
  mkdirSync(home);
  writeFileSync(join(home, "cafes.yaml"), placesOf(year));
  const { receipts } = writeWorkload(source, year);
  const whole = await measureInfinity(["run", "--source", source, "--json"], home);
  const warehouseMegabytes = statSync(join(home, "warehouse.duckdb")).size / 1e6;
  const perReceipt = whole.ms / 1000 / receipts / (monthSeconds / (month.cafes * month.days * month.receipts));
  writeWorkload(source, oneMoreDay);
  const days: Measured[] = [];
  const nothings: Measured[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const next = join(folder, "home-next-day");
    rmSync(next, { recursive: true, force: true });
    cpSync(home, next, { recursive: true });
    chmodSync(join(next, "keys"), 0o700);
    // A day comes in the morning, when the disk has long written the days before.
    execFileSync("sync");
    days.push(await measureInfinity(["run", "--source", source, "--json"], next));
    nothings.push(await measureInfinity(["run", "--source", source, "--json"], next));
  }
  rmSync(join(folder, "home-next-day"), { recursive: true });
  const day = middleOf(days);
  const nothing = middleOf(nothings);
  return [
    {
      what: `a year, ${(receipts / 1e6).toFixed(1)} million receipts`,
      seconds: whole.ms / 1000,
      peakMegabytes: whole.peakMegabytes,
      target: "at most 100 s, 1.3 × the month's time per receipt, 2 GB, a file of 800 MB",
      met: whole.ms <= 100_000 && perReceipt <= 1.3 && (whole.peakMegabytes ?? 0) <= 2000 && warehouseMegabytes <= 800,
      note: `${perReceipt.toFixed(2)} × the month per receipt; warehouse ${Math.round(warehouseMegabytes)} MB`,
    },
    {
      what: "one more day on top of the year",
      seconds: day.ms / 1000,
      peakMegabytes: day.peakMegabytes,
      target: "at most 2 s",
      met: day.ms <= 2000,
      note: `${JSON.parse(day.stdout).files.loaded} files; ${spread(days)}`,
    },
    {
      what: "nothing new over the year's files",
      seconds: nothing.ms / 1000,
      peakMegabytes: nothing.peakMegabytes,
      target: "at most 1 s",
      met: nothing.ms <= 1000,
      note: `${JSON.parse(nothing.stdout).files.unchanged} files; ${spread(nothings)}`,
    },
  ];
}

function middleOf(measured: readonly Measured[]): Measured {
  const sorted = measured.toSorted((one, other) => one.ms - other.ms);
  return sorted[sorted.length >> 1] as Measured;
}

function spread(measured: readonly Measured[]): string {
  const seconds = measured.map(({ ms }) => ms / 1000).sort((one, other) => one - other);
  return `median of ${seconds.map((each) => each.toFixed(2)).join(", ")} s`;
}

function floor(source: string): number {
  return Number(
    execFileSync(process.execPath, [
      fileURLToPath(new URL("./floor.ts", import.meta.url)),
      source,
      String(cpus().length),
    ]),
  );
}
