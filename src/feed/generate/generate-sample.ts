import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { Worker } from "node:worker_threads";
import { RefusedError } from "#core/errors.ts";
import { placesFor, turnsWithin } from "./customers.ts";
import { dateOf } from "./days.ts";
import type { PlantedFault } from "./faults.ts";
import { cafeEntries, pairsBoughtTogether, plantedTruths, type SampleLedger } from "./ledger.ts";
import { daysHeld, writeLedger } from "./ledger-file.ts";
import { type GenerateOptions, type Plan, planOf } from "./options.ts";
import { seedWord } from "./random.ts";
import { layOut, VisitCounts } from "./visit-counts.ts";
import { ChainWriter, folderOf, nothingWritten, type Written } from "./write-cafes.ts";
import type { WriteJob, WriteReport } from "./write-worker.ts";

/** Fewer receipts than this are written before a thread has started. */
const WORTH_A_THREAD = 60_000;

/** How far the work is. The number of files to come is an estimate: cafés are closed on some days. */
export type OnProgress = (done: { files: number; ofAbout: number }) => void;

/** The ledger, and how long it took. */
export interface GeneratedSample {
  readonly ledger: SampleLedger;
  readonly seconds: number;
  readonly bytes: number;
}

/**
 * Writes the till files of a believable chain into a folder, and beside them the ledger of what was planted
 * (`truths.json`). A file depends on the seed, the café and the day only: the same options give the same bytes on every
 * machine, and a later `until` adds days and changes none. Files that are there already with the same bytes are left alone,
 * and the ledger covers the days of an earlier sample of the same chain in the folder too; its totals are of these days.
 *
 * @throws RefusedError for options that cannot be, and for a path that is not a folder.
 */
export async function generateSample(options: GenerateOptions, onProgress?: OnProgress): Promise<GeneratedSample> {
  const started = performance.now();
  const plan = planOf(options);
  const keep = prepare(plan);
  const seed = seedWord(plan.seed);
  const writer = new ChainWriter(plan);
  const { chain } = writer;
  const days = plan.until - plan.from + 1;
  const visitStarts = layOut(chain, ({ size }) => placesFor(plan.receipts * size * 365), turnsWithin(days));
  const visits = new SharedArrayBuffer(visitStarts[chain.length] ?? 0);
  const counts = new VisitCounts(visits, visitStarts, plan.from, (number) => {
    const cafe = chain[number];
    return cafe && writer.pool(cafe);
  });

  let files = 0;
  const onFiles = (more: number) => {
    files += more;
    onProgress?.({ files, ofAbout: Math.max(files, chain.length * days) });
  };
  const numbers = chain.map(({ number }) => number);
  const threads = Math.min(plan.workers ?? availableParallelism(), chain.length);
  const worthIt = chain.length * days * plan.receipts >= WORTH_A_THREAD || plan.workers !== undefined;
  const parts =
    threads === 1 || !worthIt
      ? [writer.write(numbers, keep, counts, onFiles)]
      : await Promise.all(
          Array.from({ length: threads }, (_, thread) => {
            const cafes = numbers.filter((number) => number % threads === thread);
            return writeInThread({ plan, cafes, keep, visits, visitStarts }, onFiles);
          }),
        );

  const written = sumOf(parts);
  const { customers, repeatCustomers } = counts.people();
  const held = daysHeld(plan);
  const ledger: SampleLedger = {
    seed: plan.seed,
    from: dateOf(held.from),
    until: dateOf(held.until),
    receiptsPerDay: plan.receipts,
    shape: plan.shape,
    totals: {
      from: dateOf(plan.from),
      until: dateOf(plan.until),
      files: written.files,
      receipts: written.receipts,
      items: written.items,
      pence: written.pence,
      countedReceipts: written.receipts - written.lostReceipts,
      countedPence: written.pence - written.lostPence,
      customers,
      repeatCustomers,
      repeatCustomerShare: customers === 0 ? 0 : Math.round((1000 * repeatCustomers) / customers) / 1000,
    },
    cafes: cafeEntries(seed, chain, { ...held, shape: plan.shape }),
    truths: plantedTruths(seed, chain, held),
    boughtTogether: pairsBoughtTogether(),
    faults: inOrder([...held.faults, ...written.faults]),
  };
  writeLedger(plan.out, ledger);
  return { ledger, seconds: (performance.now() - started) / 1000, bytes: written.bytes };
}

/** Makes the folders. Returns true where something was there before. */
function prepare({ out, from, until }: Plan): boolean {
  try {
    const found = existsSync(out) && readdirSync(out).length > 0;
    for (let day = from; day <= until; day++) mkdirSync(join(out, folderOf(day)), { recursive: true });
    return found;
  } catch (error) {
    throw new RefusedError(`The sample cannot be written to ${out}.`, "Name a folder that may be written to.", {
      cause: error,
    });
  }
}

function writeInThread(job: WriteJob, onFiles: (files: number) => void): Promise<Written> {
  const thread = new Worker(new URL("./write-worker.ts", import.meta.url), { workerData: job });
  return new Promise((resolve, reject) => {
    thread.on("message", (report: WriteReport) => {
      if ("written" in report) resolve(report.written);
      else onFiles(report.files);
    });
    thread.on("error", reject);
    thread.on("exit", (code) => reject(new Error(`A thread that wrote till files stopped with code ${code}.`)));
  });
}

function sumOf(parts: readonly Written[]): Written {
  const all = nothingWritten();
  for (const part of parts) {
    all.files += part.files;
    all.bytes += part.bytes;
    all.receipts += part.receipts;
    all.items += part.items;
    all.pence += part.pence;
    all.lostReceipts += part.lostReceipts;
    all.lostPence += part.lostPence;
    all.faults.push(...part.faults);
  }
  return all;
}

function inOrder(faults: PlantedFault[]): PlantedFault[] {
  const place = ({ date, cafe }: PlantedFault) => `${date} ${cafe}`;
  return faults.sort((one, other) => (place(one) < place(other) ? -1 : 1));
}
