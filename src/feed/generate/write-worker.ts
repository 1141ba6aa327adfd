import { parentPort, workerData } from "node:worker_threads";
import type { Plan } from "./options.ts";
import { VisitCounts } from "./visit-counts.ts";
import { ChainWriter, type Written } from "./write-cafes.ts";

/** What a thread is asked to write. */
export interface WriteJob {
  readonly plan: Plan;
  readonly cafes: readonly number[];
  readonly keep: boolean;
  readonly visits: SharedArrayBuffer;
  readonly visitStarts: Int32Array;
}

/** What a thread reports: files done now and then, and at its end what it wrote. */
export type WriteReport = { readonly files: number } | { readonly written: Written };

const { plan, cafes, keep, visits, visitStarts } = workerData as WriteJob;
const writer = new ChainWriter(plan);
const counts = new VisitCounts(visits, visitStarts, plan.from, (number) => {
  const cafe = writer.chain[number];
  return cafe && writer.pool(cafe);
});
const report = (message: WriteReport) => parentPort?.postMessage(message);
report({ written: writer.write(cafes, keep, counts, (files) => report({ files })) });
