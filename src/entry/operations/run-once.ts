import { openFolder } from "#adapters/storage/folder.ts";
import { SettingError } from "#core/errors.ts";
import type { RunSummary } from "#core/run-summary.ts";
import { folderOf } from "#core/settings.ts";
import { knownFormats } from "#feed/formats/read-formats.ts";
import { type RunRequest, runPipeline } from "#pipeline/run.ts";
import { transformVersion } from "#pipeline/transform/transform-version.ts";
import type { Home } from "../home/open-home.ts";
import { TransformPool } from "../home/transform-pool.ts";

/**
 * Runs the pipeline once on an open home.
 *
 * @throws SettingError when no source is set, or the warehouse belongs to another
 */
export async function runOnce(home: Home, request: RunRequest): Promise<RunSummary> {
  const { settings } = home;
  const sourceSetting = await sourceOf(home);
  if (sourceSetting === undefined) {
    throw new SettingError(
      "No source is set: where do the tills leave their files?",
      "Give a folder with --source DIR, the variable INFINITY_SOURCE, or `source:` in infinity.config.yaml.",
    );
  }
  const sourceFolder = folderOf(sourceSetting);
  const source = openFolder(sourceFolder);
  // A mistake in a format is a person's to mend: it is told before anything is done, not found by every batch.
  const formats = knownFormats(settings.formats);
  const pool = new TransformPool();
  try {
    return await runPipeline(
      {
        source,
        clean: home.clean,
        warehouse: home.warehouse,
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
        now: () => new Date(),
      },
      request,
    );
  } finally {
    pool.close();
  }
}

/** The setting, or else the store that the warehouse was filled from, where there is just one: nobody needs to say it twice. */
export async function sourceOf({ settings, warehouse }: Home): Promise<string | undefined> {
  if (settings.source !== undefined) return settings.source;
  const sources = await warehouse.query<{ url: string }>("select url from sources");
  return sources.length === 1 ? sources[0]?.url : undefined;
}

const megabyte = 1024 * 1024;
