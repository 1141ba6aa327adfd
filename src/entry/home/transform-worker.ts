import { join } from "node:path";
import { openKeys } from "#adapters/keys/folder.ts";
import { openFolder } from "#adapters/storage/folder.ts";
import { openSqliteSuppression } from "#adapters/suppression/sqlite.ts";
import { InfinityError, TerminalError } from "#core/errors.ts";
import { knownFormats } from "#feed/formats/read-formats.ts";
import { transformBatch } from "#pipeline/transform/transform-batch.ts";
import type { WorkerAnswer, WorkerTask } from "./transform-pool.ts";

// A process that does nothing but transform: the bytes of till files never meet the process that owns the warehouse.

process.on("message", async (task: WorkerTask) => {
  process.send?.(await answer(task));
});
process.on("disconnect", () => process.exit());

async function answer(task: WorkerTask): Promise<WorkerAnswer> {
  const { message, home, sourceFolder, formatsFolder, dayStartsAt, largestFile } = task;
  const suppressed = openSqliteSuppression({ path: join(home, "suppression.sqlite") });
  try {
    const done = await transformBatch(message, {
      source: openFolder(sourceFolder),
      clean: openFolder(join(home, "clean")),
      keys: openKeys(home),
      suppressed,
      formats: knownFormats(formatsFolder),
      dayStartsAt,
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
