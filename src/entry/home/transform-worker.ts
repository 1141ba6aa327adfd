import { flushCompileCache } from "node:module";
import { InfinityError, TerminalError } from "#core/errors.ts";
import type { TransformMessage } from "#core/messages.ts";
import { knownFormats } from "#feed/formats/read-formats.ts";
import { type TransformContext, transformBatch } from "#pipeline/transform/transform-batch.ts";
import { openClean, openKeeper, openRecords, openStorage } from "./choose-adapters.ts";
import type { WorkerAnswer, WorkerOrder } from "./transform-pool.ts";

// A process that does nothing but transform: the bytes of till files never meet the process that owns the warehouse.

process.once("message", (order: WorkerOrder) => {
  let parts = prepare(order);
  // Whoever needs them hears of it, and has them prepared again.
  parts.catch(() => undefined);
  process.on("message", async (message: TransformMessage) => {
    const ready = async () => {
      parts = parts.catch(() => prepare(order));
      return await parts;
    };
    process.send?.(await answer(message, order, ready));
    // A run ends its transform processes where they stand: what is kept of compiled code is written while nobody waits for it.
    flushCompileCache();
  });
});
process.on("disconnect", () => process.exit());

type Prepared = Omit<TransformContext, "suppressed">;

/** Makes ready all that no batch decides: there is time until the first one comes. */
async function prepare({ source, settings, largestFile }: WorkerOrder): Promise<Prepared> {
  return {
    source: await openStorage(source, settings),
    clean: await openClean(settings),
    keys: await openKeeper(settings),
    formats: knownFormats(settings.formats),
    dayStartsAt: settings.dayStartsAt,
    largestFile,
    now: () => new Date(),
  };
}

async function answer(
  message: TransformMessage,
  { settings }: WorkerOrder,
  ready: () => Promise<Prepared>,
): Promise<WorkerAnswer> {
  const { suppressed } = await openRecords(settings);
  try {
    return { done: await transformBatch(message, { ...(await ready()), suppressed }) };
  } catch (error) {
    // Errors that are not ours may quote a row: only their kind goes on.
    const known = error instanceof InfinityError;
    return {
      failed: {
        terminal: error instanceof TerminalError,
        message: known
          ? error.message
          : `A batch could not be transformed (${error instanceof Error ? error.name : "error"}).`,
        next: known ? error.next : "It will be tried again.",
      },
    };
  } finally {
    await suppressed.close();
  }
}
