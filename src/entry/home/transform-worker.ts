import { flushCompileCache } from "node:module";
import { InfinityError, TerminalError } from "#core/errors.ts";
import { knownFormats } from "#feed/formats/read-formats.ts";
import { transformBatch } from "#pipeline/transform/transform-batch.ts";
import { openClean, openKeeper, openRecords, openStorage } from "./choose-adapters.ts";
import type { WorkerAnswer, WorkerTask } from "./transform-pool.ts";

// A process that does nothing but transform: the bytes of till files never meet the process that owns the warehouse.

process.on("message", async (task: WorkerTask) => {
  process.send?.(await answer(task));
  // A run ends its transform processes where they stand: what is kept of compiled code is written while nobody waits for it.
  flushCompileCache();
});
process.on("disconnect", () => process.exit());

async function answer(task: WorkerTask): Promise<WorkerAnswer> {
  const { message, source, settings, largestFile } = task;
  const { suppressed } = await openRecords(settings);
  try {
    const done = await transformBatch(message, {
      source: await openStorage(source, settings),
      clean: await openClean(settings),
      keys: await openKeeper(settings),
      suppressed,
      formats: knownFormats(settings.formats),
      dayStartsAt: settings.dayStartsAt,
      largestFile,
      now: () => new Date(),
    });
    return { done };
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
