import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type InfinityError, TerminalError, TransientError } from "#core/errors.ts";
import type { LoadMessage, TransformMessage } from "#core/messages.ts";
import type { CafeRegistry } from "#core/ports/cafe-registry.ts";
import type { Delivery, Queue } from "#core/ports/queue.ts";
import type { Storage } from "#core/ports/storage.ts";
import type { RunSummary } from "#core/run-summary.ts";
import { agreeOnKeys, type CustomersContext } from "./agree-on-keys.ts";
import { claimSource } from "./extract/claim-source.ts";
import { findFilesToReplay, type ReplaySelection } from "./extract/find-files-to-replay.ts";
import { type DayRange, findNewFiles } from "./extract/find-new-files.ts";
import { type BatchLimits, makeBatches } from "./extract/make-batches.ts";
import { finishForgetting } from "./forget.ts";
import { applyRegistry } from "./load/apply-registry.ts";
import { ensureCalendar } from "./load/calendar.ts";
import { loadBatch } from "./load/load-batch.ts";
import { purgeAfterRun, removedFromSource } from "./purge-raw-files.ts";
import { closeRun, openRun, type RunTrigger } from "./run-ledger.ts";

export interface PipelineContext extends CustomersContext {
  source: Storage;
  registry: CafeRegistry;
  transformQueue: Queue<TransformMessage>;
  loadQueue: Queue<LoadMessage>;
  /** Transforms one batch, in a process of its own. */
  transform(message: TransformMessage): Promise<LoadMessage>;
  /** How many batches may be transformed at once. */
  transformers: number;
  limits: BatchLimits;
  settleMs: number;
  /** Names what transform is now: {@link ReplaySelection.outdated} means anything else. */
  transformVersion: string;
  /** A batch handed out this often without success is given up. */
  maxReceives: number;
  /** Days after which a raw file that was loaded is removed from the source; undefined to keep it. */
  rawRetentionDays: number | undefined;
}

export interface RunRequest {
  trigger: RunTrigger;
  days?: DayRange;
  /** Files the ledger knows already are to be read again, instead of looking for new ones. */
  replay?: ReplaySelection;
  /** The user said that this source is to be added to a warehouse that has another. */
  addSource?: boolean;
  onProgress?(progress: RunProgress): void;
  /** A batch was given up: what happened, and what to do. */
  onProblem?(problem: InfinityError): void;
}

export interface RunProgress {
  filesDone: number;
  filesTotal: number;
}

/** Milliseconds before a batch that failed is tried again, and between looks at a queue whose messages are delayed. */
const retryMs = 500;

/**
 * Runs the pipeline once: extract → queue → transform → queue → load of whatever is new or changed (or is to be read again),
 * and of what a run that was cut off left in the queues. Ends when every batch is loaded or dead-lettered.
 */
export async function runPipeline(context: PipelineContext, request: RunRequest): Promise<RunSummary> {
  const { source, warehouse, now } = context;
  const startedAt = now();
  await claimSource(warehouse, source.url, request.addSource ?? false, startedAt);
  await ensureCalendar(warehouse);
  await agreeOnKeys(context);
  await applyRegistry(context);
  await finishForgetting(context);
  const runId = newRunId(startedAt);
  await openRun(warehouse, runId, request.trigger, startedAt);
  const run = new Run(context, runId, request);
  try {
    await run.drain();
    const findings = request.replay
      ? await findFilesToReplay(context, request.replay)
      : await findNewFiles(context, request.days);
    await run.enqueue(makeBatches(findings.found, context.limits));
    await run.drain();
    if (findings.purged > 0) request.onProblem?.(removedFromSource(findings.purged));
    const summary = await closeRun(warehouse, {
      runId,
      startedAt,
      finishedAt: now(),
      status: run.unfinished.size > 0 ? "incomplete" : "completed",
      discovered: findings.discovered,
      waiting: findings.waiting + run.waiting,
      unfinished: run.unfinished,
    });
    if (summary.status === "completed") await purgeAfterRun(context, (problem) => request.onProblem?.(problem));
    return summary;
  } catch (error) {
    // Best effort: when the warehouse itself is what failed, the run stays "running" there and the next one says so.
    await closeRun(warehouse, {
      runId,
      startedAt,
      finishedAt: now(),
      status: "failed",
      discovered: 0,
      waiting: run.waiting,
      unfinished: run.unfinished,
    }).catch(() => undefined);
    throw error;
  }
}

/** `20261122T060000Z-3f9a1c`: sorts by time, and two runs of one second differ. */
function newRunId(startedAt: Date): string {
  const time = startedAt.toISOString().replace(/[-:]|\.\d+/g, "");
  return `${time}-${randomBytes(3).toString("hex")}`;
}

/** The consumers of both queues, for as long as one run lasts. */
class Run {
  /** Files left out because they changed while they were read. */
  waiting = 0;
  /** Keys of the files in batches that were dead-lettered. */
  readonly unfinished = new Set<string>();
  readonly #context: PipelineContext;
  readonly #runId: string;
  readonly #request: RunRequest;
  readonly #working = new Set<Promise<void>>();
  /** The keys of each batch of this run, for load messages do not say. */
  readonly #batchKeys = new Map<string, string[]>();
  /** An error nobody foresaw: what is at work is finished, and then it ends the run. */
  #failure: { error: unknown } | undefined;
  #transforming = 0;
  #loading = false;
  #filesDone = 0;
  #filesTotal = 0;

  constructor(context: PipelineContext, runId: string, request: RunRequest) {
    this.#context = context;
    this.#runId = runId;
    this.#request = request;
  }

  async enqueue(batches: readonly TransformMessage["files"][]): Promise<void> {
    const { source, transformQueue } = this.#context;
    this.#filesTotal += batches.reduce((files, batch) => files + batch.length, 0);
    this.#report();
    const messages = batches.map((files, index) => ({
      runId: this.#runId,
      batchId: `${this.#runId}-${index + 1}`,
      sourceUrl: source.url,
      files,
    }));
    for (const { batchId, files } of messages) this.#remember(batchId, files);
    await transformQueue.send(messages);
  }

  #remember(batchId: string, files: TransformMessage["files"]): void {
    this.#batchKeys.set(
      batchId,
      files.map(({ key }) => key),
    );
  }

  /**
   * Works until both queues are empty. Transforms go side by side; loads one at a time, as every warehouse allows.
   *
   * @throws the first error nobody foresaw, once nothing is at work any more
   */
  async drain(): Promise<void> {
    for (;;) {
      if (this.#failure === undefined) await this.#takeWork().catch((error: unknown) => this.#fail(error));
      if (this.#working.size > 0) {
        await Promise.race(this.#working);
        continue;
      }
      if (this.#failure !== undefined) throw this.#failure.error;
      const [toTransform, toLoad] = await Promise.all([
        this.#context.transformQueue.depth(),
        this.#context.loadQueue.depth(),
      ]);
      if (toTransform.waiting + toTransform.inFlight + toLoad.waiting + toLoad.inFlight === 0) return;
      await pause(retryMs);
    }
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

  #transform(delivery: Delivery<TransformMessage>): Promise<void> {
    const { transformQueue, loadQueue, transform } = this.#context;
    this.#remember(delivery.body.batchId, delivery.body.files);
    const work = async () => loadQueue.send([await transform(delivery.body)]);
    return this.#settle(transformQueue, delivery, work, { parts: halves(delivery.body) });
  }

  #load(delivery: Delivery<LoadMessage>): Promise<void> {
    const { loadQueue, warehouse, clean, suppressed, registry, now } = this.#context;
    const work = async () => {
      const manifest = await loadBatch(delivery.body, {
        warehouse,
        clean,
        suppressed,
        registry,
        now,
        runId: this.#runId,
      });
      this.waiting += manifest.waiting.length;
      this.#filesDone += manifest.files.length + manifest.waiting.length;
      this.#report();
    };
    // A warehouse that is away is no fault of the batch in hand.
    return this.#settle(loadQueue, delivery, work, { needs: () => warehouse.query("select 1 as one") });
  }

  /**
   * Acknowledges what was done; gives back what may work another time. What never will is tried in smaller parts, so that
   * one bad file does not sink its batch, and buried when it has none. An error nobody foresaw ends the run, with the
   * message back in its queue for the next one; so does the lack of what all such work `needs`, whatever the message.
   */
  async #settle<Body extends { batchId: string }>(
    queue: Queue<Body>,
    delivery: Delivery<Body>,
    work: () => Promise<void>,
    { parts = [], needs }: { parts?: Body[]; needs?: () => Promise<unknown> },
  ): Promise<void> {
    try {
      await work();
      await queue.acknowledge(delivery.receipt);
    } catch (error) {
      if (error instanceof TransientError && delivery.receiveCount < this.#context.maxReceives) {
        await queue.giveBack(delivery.receipt, retryMs * delivery.receiveCount);
      } else if (!(error instanceof TransientError || error instanceof TerminalError)) {
        await queue.giveBack(delivery.receipt, 0);
        throw error;
      } else if (parts.length > 0) {
        await queue.send(parts);
        await queue.acknowledge(delivery.receipt);
      } else if (error instanceof TransientError && (await isMissing(needs))) {
        // As a new message: this one has been handed out as often as one may be.
        await queue.send([delivery.body]);
        await queue.acknowledge(delivery.receipt);
        throw error;
      } else {
        await queue.bury(delivery.receipt, error.name);
        for (const key of this.#batchKeys.get(delivery.body.batchId) ?? []) this.unfinished.add(key);
        this.#request.onProblem?.(error);
      }
    }
  }

  #report(): void {
    this.#request.onProgress?.({ filesDone: this.#filesDone, filesTotal: Math.max(this.#filesTotal, this.#filesDone) });
  }
}

async function isMissing(needs: (() => Promise<unknown>) | undefined): Promise<boolean> {
  try {
    await needs?.();
    return false;
  } catch {
    return true;
  }
}

/** A batch in two parts; none when it is a single file. */
function halves(message: TransformMessage): TransformMessage[] {
  const { batchId, files } = message;
  if (files.length < 2) return [];
  const middle = files.length >> 1;
  return [
    { ...message, batchId: `${batchId}a`, files: files.slice(0, middle) },
    { ...message, batchId: `${batchId}b`, files: files.slice(middle) },
  ];
}
