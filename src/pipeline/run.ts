import { setTimeout as pause } from "node:timers/promises";
import type { InfinityError } from "#core/errors.ts";
import type { LoadMessage, TransformMessage } from "#core/messages.ts";
import type { Delivery } from "#core/ports/queue.ts";
import type { RunSummary } from "#core/run-summary.ts";
import { beginRun, type ExtractContext, extract, type RunAim } from "./begin-run.ts";
import {
  type LoadContext,
  loadDelivery,
  type Outcome,
  type TransformContext,
  transformDelivery,
} from "./deliveries.ts";
import { problemsOf } from "./extract/find-files-to-replay.ts";
import { survey } from "./extract/find-new-files.ts";
import { Look, listenForNews } from "./extract/look.ts";
import { ensureCalendar } from "./load/calendar.ts";
import { prepareLoad } from "./load/load-batch.ts";
import { purgeAfterRun } from "./purge-raw-files.ts";
import { readBatches } from "./run-batches.ts";
import { closeRun } from "./run-ledger.ts";

export interface PipelineContext extends ExtractContext, TransformContext, LoadContext {
  /** How many batches may be transformed at once. */
  transformers: number;
  /**
   * How long queues that say they are empty are asked again while batches of the run are not through, in milliseconds: what
   * Amazon says of a queue is late, and others may be at work on it.
   */
  patienceMs: number;
  /** Days after which a raw file that was loaded is removed from the source; undefined to keep it. */
  rawRetentionDays: number | undefined;
}

export interface RunRequest extends RunAim {
  /** At the whole of the same store, begun a moment ago. */
  look?: Look | undefined;
  onProgress?(progress: RunProgress): void;
  /** There will most likely be something to transform, in a moment: so many files as far as is known, and later maybe more. */
  onNews?(files: number): void;
  /** A batch was given up, or something about the files wants looking at: what happened, and what to do. */
  onProblem?(problem: InfinityError): void;
}

export interface RunProgress {
  filesDone: number;
  filesTotal: number;
}

/** Milliseconds between looks at a queue whose messages are delayed, or in the hands of others. */
const lookAgainMs = 500;

/**
 * Runs the pipeline once: extract → queue → transform → queue → load of whatever is new or changed (or is to be read again),
 * and of what a run that was cut off left in the queues. Ends when every batch is loaded or dead-lettered.
 */
export async function runPipeline(context: PipelineContext, request: RunRequest): Promise<RunSummary> {
  const { warehouse, now } = context;
  // Store and ledger are looked at while the warehouse is asked the dozen questions with which a run begins.
  const look = request.replay ? undefined : (request.look ?? new Look(context, request.keys));
  if (look) void listenForNews(look, warehouse, (files) => request.onNews?.(files));
  const surveyed = look && survey(context, look);
  const begun = await beginRun(context, request);
  for (const told of begun.news) request.onProblem?.(told);
  const run = new Run(context, begun.runId, request);
  try {
    const hadWork = await run.drain();
    const findings = await extract(context, begun, request, {
      // What another run left may have taken hours, and changed the ledger: then all is looked at again.
      survey: hadWork ? undefined : surveyed,
      onFound: (files) => run.expect(files),
    });
    await run.drain();
    await run.ensureCalendar();
    const unreadable = begun.replayable?.unreadable;
    if (unreadable) for (const problem of problemsOf(unreadable)) request.onProblem?.(problem);
    const own = await readBatches(warehouse, begun.runId);
    const unfinished = own.unfinished + run.othersUnfinished.size;
    const summary = await closeRun(warehouse, {
      ...begun,
      finishedAt: now(),
      status: unfinished > 0 ? "incomplete" : "completed",
      discovered: findings.discovered,
      waiting: own.waiting,
      unfinished,
      unreadable: unreadable && unreadable.purged + unreadable.missing + unreadable.changed,
    });
    if (summary.status === "completed") await purgeAfterRun(context, (problem) => request.onProblem?.(problem));
    return summary;
  } catch (error) {
    // Best effort: when the warehouse itself is what failed, the run stays "running" there until its deadline.
    await closeRun(warehouse, {
      ...begun,
      finishedAt: now(),
      status: "failed",
      discovered: 0,
      waiting: 0,
      unfinished: run.othersUnfinished.size,
    }).catch(() => undefined);
    throw error;
  }
}

/** The consumers of both queues, for as long as one run lasts. */
class Run {
  /** Of what earlier runs left in the queues: keys of the files in batches that were dead-lettered. */
  readonly othersUnfinished = new Set<string>();
  readonly #context: PipelineContext;
  readonly #runId: string;
  readonly #request: RunRequest;
  readonly #working = new Set<Promise<void>>();
  /** The keys of each batch of an earlier run, for load messages do not say. */
  readonly #batchKeys = new Map<string, string[]>();
  /** An error nobody foresaw: what is at work is finished, and then it ends the run. */
  #failure: { error: unknown } | undefined;
  #prepared: Promise<void> | undefined;
  #transforming = 0;
  #loading = false;
  #filesDone = 0;
  #filesTotal = 0;

  constructor(context: PipelineContext, runId: string, request: RunRequest) {
    this.#context = context;
    this.#runId = runId;
    this.#request = request;
  }

  /** So many files are on their way. */
  expect(files: number): void {
    this.#filesTotal += files;
    this.#report();
  }

  /**
   * Works until both queues are empty and every batch of this run is through. Transforms go side by side; loads one at a
   * time, as every warehouse allows.
   *
   * @returns whether there was anything to do
   * @throws the first error nobody foresaw, once nothing is at work any more
   */
  async drain(): Promise<boolean> {
    let hadWork = false;
    let emptySince: number | undefined;
    for (;;) {
      if (this.#failure === undefined) await this.#takeWork().catch((error: unknown) => this.#fail(error));
      if (this.#working.size > 0) {
        hadWork = true;
        emptySince = undefined;
        await Promise.race(this.#working);
        continue;
      }
      if (this.#failure !== undefined) throw this.#failure.error;
      if (await this.#isIdle()) {
        emptySince ??= performance.now();
        const { warehouse, patienceMs } = this.#context;
        if (performance.now() - emptySince >= patienceMs) return hadWork;
        if ((await readBatches(warehouse, this.#runId)).open === 0) return hadWork;
      } else emptySince = undefined;
      await pause(lookAgainMs);
    }
  }

  /** Where nothing was loaded, questions want a calendar all the same; a load has seen to it. */
  async ensureCalendar(): Promise<void> {
    await (this.#prepared ?? ensureCalendar(this.#context.warehouse));
  }

  async #isIdle(): Promise<boolean> {
    const [toTransform, toLoad] = await Promise.all([
      this.#context.transformQueue.depth(),
      this.#context.loadQueue.depth(),
    ]);
    return toTransform.waiting + toTransform.inFlight + toLoad.waiting + toLoad.inFlight === 0;
  }

  async #takeWork(): Promise<void> {
    const { transformQueue, loadQueue, transformers } = this.#context;
    if (!this.#loading) {
      const [delivery] = await loadQueue.receive(1);
      if (delivery) {
        this.#loading = true;
        this.#start(
          this.#load(delivery).finally(() => {
            this.#loading = false;
          }),
        );
      }
    }
    while (this.#transforming < transformers) {
      const [delivery] = await transformQueue.receive(1);
      if (!delivery) return;
      this.#transforming += 1;
      this.#start(
        this.#transform(delivery).finally(() => {
          this.#transforming -= 1;
        }),
      );
    }
  }

  #start(work: Promise<void>): void {
    const tracked = work.catch((error: unknown) => this.#fail(error)).finally(() => this.#working.delete(tracked));
    this.#working.add(tracked);
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
  }

  async #transform(delivery: Delivery<TransformMessage>): Promise<void> {
    const { runId, batchId, files } = delivery.body;
    if (runId !== this.#runId) {
      this.#batchKeys.set(
        batchId,
        files.map(({ key }) => key),
      );
    }
    const transformed = transformDelivery(this.#context, delivery);
    // Transform is another process's work: this one has nothing to do until there is something to load.
    this.#start(this.#prepare());
    this.#note(delivery.body, await transformed);
  }

  #prepare(): Promise<void> {
    this.#prepared ??= prepareLoad(this.#context);
    return this.#prepared;
  }

  async #load(delivery: Delivery<LoadMessage>): Promise<void> {
    try {
      await this.#prepare();
    } catch (error) {
      await this.#context.loadQueue.giveBack(delivery.receipt, 0);
      throw error;
    }
    const outcome = await loadDelivery(this.#context, delivery, this.#runId, ({ files, waiting }) => {
      this.#filesDone += files.length + waiting.length;
      this.#report();
    });
    this.#note(delivery.body, outcome);
  }

  #note({ runId, batchId }: TransformMessage | LoadMessage, { kind, problem }: Outcome): void {
    if (kind !== "dead") return;
    if (runId !== this.#runId) for (const key of this.#batchKeys.get(batchId) ?? []) this.othersUnfinished.add(key);
    if (problem) this.#request.onProblem?.(problem);
  }

  #report(): void {
    this.#request.onProgress?.({ filesDone: this.#filesDone, filesTotal: Math.max(this.#filesTotal, this.#filesDone) });
  }
}
