import type { RunSummary } from "#core/run-summary.ts";
import { knownFormats } from "#feed/formats/read-formats.ts";
import { type RunRequest, runPipeline } from "#pipeline/run.ts";
import { transformVersion } from "#pipeline/transform/transform-version.ts";
import type { Home } from "../home/open-home.ts";
import { TransformPool } from "../home/transform-pool.ts";
import { openSource } from "./open-source.ts";

/**
 * Runs the pipeline once on an open home.
 *
 * @throws SettingError when no source is set, or the warehouse belongs to another
 */
export async function runOnce(home: Home, request: RunRequest): Promise<RunSummary> {
  const { settings } = home;
  const { source, folder: sourceFolder } = await openSource(home);
  // A mistake in a format is a person's to mend: it is told before anything is done, not found by every batch.
  const formats = knownFormats(settings.formats);
  const pool = new TransformPool();
  try {
    pool.warm();
    return await runPipeline(
      {
        source,
        clean: home.clean,
        warehouse: home.warehouse,
        keys: home.keys,
        suppressed: home.suppressed,
        registry: home.registry,
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
        transformVersion: transformVersion(formats, settings.dayStartsAt),
        limits: { files: settings.batchFiles, bytes: settings.batchMegabytes * megabyte },
        settleMs: settings.settleMs,
        maxReceives: settings.maxReceives,
        retryMs,
        patienceMs: 0,
        runDeadlineMs: settings.runDeadlineMinutes * minute,
        rawRetentionDays: settings.rawRetentionDays,
        now: () => new Date(),
      },
      request,
    );
  } finally {
    pool.close();
  }
}

const megabyte = 1024 * 1024;
const minute = 60 * 1000;
const retryMs = 500;
