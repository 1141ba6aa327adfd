import { type BatchManifest, manifestKey, parseManifest } from "#core/batch.ts";
import { InfinityError, TerminalError, TransientError } from "#core/errors.ts";
import type { LoadMessage, TransformMessage } from "#core/messages.ts";
import type { CafeRegistry } from "#core/ports/cafe-registry.ts";
import type { Delivery, Queue } from "#core/ports/queue.ts";
import type { Storage } from "#core/ports/storage.ts";
import type { SuppressionList } from "#core/ports/suppression-list.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import { loadBatch } from "./load/load-batch.ts";
import { recordDead, recordSplit } from "./run-batches.ts";
import { whyBatchFailed } from "./transform/damage-in-batch.ts";

/** What becomes of a delivery on one machine and on many, in the same way. */
interface DeliveryContext {
  warehouse: Warehouse;
  /** A batch handed out this often without success is given up. */
  maxReceives: number;
  /** Milliseconds before a batch that failed is tried again; twice as long each time. */
  retryMs: number;
  /**
   * What an error nobody foresaw comes to. One machine throws it, which ends the run; where functions wait for messages, nobody
   * would see that, so there the batch is tried again, and then given up, like any other.
   */
  unforeseen: "throw" | "retry";
}

export interface TransformContext extends DeliveryContext {
  transformQueue: Queue<TransformMessage>;
  loadQueue: Queue<LoadMessage>;
  /** Transforms one batch. */
  transform(message: TransformMessage): Promise<LoadMessage>;
}

export interface LoadContext extends DeliveryContext {
  loadQueue: Queue<LoadMessage>;
  clean: Storage;
  suppressed: SuppressionList;
  registry: CafeRegistry;
  now(): Date;
}

/**
 * How a delivery ended: `done`; `again` when it went back to its queue; `renewed` when it goes on as a new message, having been
 * handed out as often as one may be; `split` when it goes on as two smaller ones; `dead` when it was given up. `problem` is why
 * it is not done.
 */
export interface Outcome {
  readonly kind: "done" | "again" | "renewed" | "split" | "dead";
  readonly problem?: InfinityError;
}

/** The longest pause before another try. */
const longestRetryMs = 15 * 60 * 1000;

/**
 * Transforms one delivered batch and hands it on to load.
 *
 * @throws an error nobody foresaw, with the message back in its queue
 */
export async function transformDelivery(
  context: TransformContext,
  delivery: Delivery<TransformMessage>,
): Promise<Outcome> {
  const { transformQueue, loadQueue, transform, warehouse } = context;
  const message = delivery.body;
  const work = async () => loadQueue.send([await transform(message)]);
  const parts = halves(message);
  const split = async () => {
    await recordSplit(warehouse, message, parts);
    await transformQueue.send(parts);
  };
  const { unforeseen, maxReceives } = context;
  if (unforeseen === "retry" && parts.length > 0 && delivery.receiveCount >= Math.max(2, maxReceives)) {
    // A function that runs out of time or memory takes its batch with it, and says nothing: the last try is in smaller parts.
    await split();
    await transformQueue.acknowledge(delivery.receipt);
    return { kind: "split" };
  }
  return await settle(context, transformQueue, delivery, work, parts.length > 0 ? { split } : {});
}

/**
 * Loads one delivered batch.
 *
 * @param runId the run that loads it, which may be another than the one that found its files
 * @param onLoaded told what the batch held
 * @throws an error nobody foresaw, with the message back in its queue
 */
export async function loadDelivery(
  context: LoadContext,
  delivery: Delivery<LoadMessage>,
  runId: string,
  onLoaded: (manifest: BatchManifest) => void = () => undefined,
): Promise<Outcome> {
  const work = async () => {
    let manifest: BatchManifest;
    try {
      manifest = await loadBatch(delivery.body, { ...context, runId });
    } catch (error) {
      throw await whyNotLoaded(context, delivery.body, error);
    }
    onLoaded(manifest);
  };
  // A warehouse that is away is no fault of the batch in hand.
  const needs = () => context.warehouse.query("select 1 as one");
  return await settle(context, context.loadQueue, delivery, work, { needs });
}

/** A batch is damaged before it is loaded: unlike one that a rebuild needs, it can be made again. */
async function whyNotLoaded(
  { clean }: Pick<LoadContext, "clean">,
  { prefix }: LoadMessage,
  failure: unknown,
): Promise<unknown> {
  const why = await whyBatchFailed(clean, prefix, failure);
  if (why === failure || !(why instanceof TerminalError)) return why;
  const [first, ...others] = parseManifest(prefix, await clean.read(manifestKey(prefix))).files;
  return new TerminalError(
    `${why.message} Its batch, with the till file ${first?.key}${others.length > 0 ? ` and ${others.length} more` : ""}, was not loaded.`,
    "Run again: what is not in the warehouse yet is read anew from the raw store, and nothing is lost.",
  );
}

/**
 * Acknowledges what was done; gives back what may work another time. What never will is tried in smaller parts, so that
 * one bad file does not sink its batch, and buried when it has none; but not for lack of what all such work needs, whatever
 * the message.
 */
async function settle<Body extends { batchId: string }>(
  { warehouse, maxReceives, retryMs, unforeseen }: DeliveryContext,
  queue: Queue<Body>,
  delivery: Delivery<Body>,
  work: () => Promise<void>,
  { split, needs }: { split?: () => Promise<void>; needs?: () => Promise<unknown> },
): Promise<Outcome> {
  const { receipt, receiveCount } = delivery;
  try {
    await work();
  } catch (thrown) {
    const error = unforeseen === "retry" ? asTransient(thrown) : thrown;
    if (!(error instanceof TransientError || error instanceof TerminalError)) {
      await queue.giveBack(receipt, 0);
      throw error;
    }
    if (error instanceof TransientError && receiveCount < maxReceives) {
      await queue.giveBack(receipt, Math.min(longestRetryMs, retryMs * 2 ** (receiveCount - 1)));
      return { kind: "again", problem: error };
    }
    if (split) {
      await split();
      await queue.acknowledge(receipt);
      return { kind: "split", problem: error };
    }
    if (error instanceof TransientError && (await isMissing(needs))) {
      await queue.send([delivery.body]);
      await queue.acknowledge(receipt);
      if (unforeseen === "throw") throw error;
      return { kind: "renewed", problem: error };
    }
    await queue.bury(receipt, error.name);
    await recordDead(warehouse, delivery.body);
    return { kind: "dead", problem: error };
  }
  await queue.acknowledge(receipt);
  return { kind: "done" };
}

async function isMissing(needs: (() => Promise<unknown>) | undefined): Promise<boolean> {
  try {
    await needs?.();
    return false;
  } catch {
    return true;
  }
}

/** Engines quote rows in their errors: of those only the kind goes on. */
function asTransient(error: unknown): TransientError | TerminalError {
  if (error instanceof TransientError || error instanceof TerminalError) return error;
  if (error instanceof InfinityError) return new TransientError(error.message, error.next, { cause: error });
  const kind = error instanceof Error ? error.name : typeof error;
  return new TransientError(`A batch could not be finished (${kind}).`, "It will be tried again.", { cause: error });
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
