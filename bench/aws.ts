import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { type Cloud, deliverAll, type Functions, openCloud } from "../test/aws/cloud.ts";
import type { Line } from "./line.ts";
import { type Workload, writeWorkload } from "./workload.ts";

const day: Workload = { cafes: 100, days: 1, receipts: 500, from: "2025-01-01" };
const next: Workload = { ...day, from: "2025-01-02" };
const plenty = { getRemainingTimeInMillis: () => 900_000 };

type Stage = keyof Functions;

/**
 * A day of 100 cafés through the handlers: emulated S3 and SQS over HTTP, all in this process, with a DuckDB file for a
 * warehouse. The first day begins with an empty warehouse, as a cold function does; the second is what every day is like.
 */
export async function benchAws(): Promise<Line[]> {
  // Before the handlers are read: their logs and figures would be in the way.
  Object.assign(process.env, { POWERTOOLS_LOG_LEVEL: "SILENT", POWERTOOLS_METRICS_DISABLED: "true" });
  const [{ openParts }, { extractHandler }, { transformHandler }, { loadHandler }] = await Promise.all([
    import("../src/entry/home/open-home.ts"),
    import("../src/entry/lambda/extract.ts"),
    import("../src/entry/lambda/transform.ts"),
    import("../src/entry/lambda/load.ts"),
  ]);
  const cloud = await openCloud({ batchFiles: 1500 });
  const parts = await openParts(cloud.settings(join(cloud.folder, "home")));
  try {
    const open = async () => parts;
    const stages: Functions = {
      extract: extractHandler(open),
      transform: (event) => transformHandler(open)(event, plenty),
      load: (event) => loadHandler(open)(event, plenty),
    };
    return [
      ...(await measureDay("the first day", day, cloud, stages)),
      ...(await measureDay("another day", next, cloud, stages)),
    ];
  } finally {
    await parts.close();
    await cloud.stop();
  }
}

async function measureDay(what: string, workload: Workload, cloud: Cloud, stages: Functions): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), "infinity-bench-aws-"));
  const { receipts } = writeWorkload(folder, workload);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    await cloud.upload(relative(folder, path).split(sep).join("/"), readFileSync(path, "utf8"));
  }
  rmSync(folder, { recursive: true });
  const spent: Record<Stage, { ms: number; cpuMs: number }> = {
    extract: { ms: 0, cpuMs: 0 },
    transform: { ms: 0, cpuMs: 0 },
    load: { ms: 0, cpuMs: 0 },
  };
  const timed = async <T>(stage: Stage, work: () => Promise<T>): Promise<T> => {
    const [begun, cpu] = [performance.now(), process.cpuUsage()];
    try {
      return await work();
    } finally {
      const { user, system } = process.cpuUsage(cpu);
      spent[stage].ms += performance.now() - begun;
      spent[stage].cpuMs += (user + system) / 1000;
    }
  };
  await timed("extract", () => stages.extract({}));
  await deliverAll(cloud, {
    extract: stages.extract,
    transform: (event) => timed("transform", () => stages.transform(event)),
    load: (event) => timed("load", () => stages.load(event)),
  });
  return (Object.keys(spent) as Stage[]).map((stage) => ({
    what: `${what} of 100 cafés on emulated AWS: ${stage}`,
    seconds: spent[stage].ms / 1000,
    peakMegabytes: null,
    target: "–",
    met: true,
    note: `${(spent[stage].cpuMs / 1000).toFixed(2)} s of CPU, the emulator's included; ${receipts} receipts`,
  }));
}
