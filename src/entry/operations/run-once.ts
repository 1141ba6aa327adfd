import { openFolder } from "#adapters/storage/folder.ts";
import { SettingError } from "#core/errors.ts";
import type { RunSummary } from "#core/run-summary.ts";
import { folderOf } from "#core/settings.ts";
import { knownFormats } from "#feed/formats/read-formats.ts";
import { type RunRequest, runPipeline } from "#pipeline/run.ts";
import type { Home } from "../home/open-home.ts";
import { TransformPool } from "../home/transform-pool.ts";

/**
 * Runs the pipeline once on an open home.
 *
 * @throws SettingError when no source is set, or the warehouse belongs to another
 */
export async function runOnce(home: Home, request: RunRequest): Promise<RunSummary> {
  const { settings } = home;
  if (settings.source === undefined) {
    throw new SettingError(
      "No source is set: where do the tills leave their files?",
      "Give a folder with --source DIR, the variable INFINITY_SOURCE, or `source:` in infinity.config.yaml.",
    );
  }
  const sourceFolder = folderOf(settings.source);
  const source = openFolder(sourceFolder);
  // A mistake in a format is a person's to mend: it is told before anything is done, not found by every batch.
  knownFormats(settings.formats);
  const pool = new TransformPool();
  try {
    return await runPipeline(
      {
        source,
        clean: home.clean,
        warehouse: home.warehouse,
        transformQueue: home.transformQueue,
        loadQueue: home.loadQueue,
        transform: (message) =>
          pool.transform({
            message,
            home: home.folder,
            sourceFolder,
            formatsFolder: settings.formats,
            dayStartsAt: settings.dayStartsAt,
            largestFile: settings.largestFileMegabytes * megabyte,
          }),
        transformers: settings.transformWorkers,
        limits: { files: settings.batchFiles, bytes: settings.batchMegabytes * megabyte },
        settleMs: settings.settleMs,
        maxReceives: settings.maxReceives,
        now: () => new Date(),
      },
      request,
    );
  } finally {
    pool.close();
  }
}

const megabyte = 1024 * 1024;
