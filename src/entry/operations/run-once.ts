import type { RunSummary } from "#core/run-summary.ts";
import type { Settings } from "#core/settings.ts";
import type { KnownFormat } from "#feed/formats/read-formats.ts";
import { type RunRequest, runPipeline } from "#pipeline/run.ts";
import type { Parts } from "../home/open-home.ts";
import { TransformPool } from "../home/transform-pool.ts";
import { removeOtherWarehouses } from "../home/warehouse-files.ts";
import { megabyte, minute } from "../units.ts";
import { tellGivenUp } from "./given-up.ts";
import { openSource } from "./open-source.ts";
import { runDeadlineMs } from "./run-deadline.ts";
import { tellUnusuallySmall } from "./unusually-small.ts";

const retryMs = 500;
/** What Amazon says of a queue may be a minute old. */
const amazonPatienceMs = minute;

/**
 * Runs the pipeline once on open parts, in this process and its children. Where the queues are Amazon's, functions may be at
 * work on them too: whoever takes a batch first does it, and the run ends when all are through. Then it says how many batches
 * were given up, and which of the days it loaded are unusually small.
 *
 * @throws SettingError when no source is set, or the warehouse belongs to another
 * @throws RefusedError when nothing that is to be read again can be
 */
export async function runOnce(parts: Parts, request: RunRequest): Promise<RunSummary> {
  const { settings } = parts;
  const { source, address, settleMs } = parts.sought ?? (await openSource(parts));
  const named = request.replay?.file;
  if (named !== undefined) {
    const { refuseUnknownFile } = await import("./refuse-unknown-file.ts");
    await refuseUnknownFile(parts.warehouse, source.url, named);
  }
  // A mistake in a format is a person's to mend: it is told before anything is done, not found by every batch.
  if (settings.formats !== undefined) await formatsOf(settings);
  const { home, clean, keys, records, formats: formatsFolder, dayStartsAt } = settings;
  const isRemote = settings.transformQueue !== undefined || settings.loadQueue !== undefined;
  const pool = new TransformPool({
    source: address,
    settings: { home, clean, keys, records, formats: formatsFolder, dayStartsAt },
    largestFile: settings.largestFileMegabytes * megabyte,
  });
  try {
    const summary = await runPipeline(
      {
        source,
        clean: parts.clean,
        warehouse: parts.warehouse,
        keys: parts.keys,
        suppressed: parts.suppressed,
        registry: parts.registry,
        transformQueue: parts.transformQueue,
        loadQueue: parts.loadQueue,
        transform: (message) => pool.transform(message),
        transformers: settings.transformWorkers,
        async transformVersion() {
          const { transformVersion } = await import("#pipeline/transform/transform-version.ts");
          return transformVersion(await formatsOf(settings), settings.dayStartsAt);
        },
        limits: { files: settings.batchFiles, bytes: settings.batchMegabytes * megabyte },
        settleMs,
        maxReceives: settings.maxReceives,
        retryMs,
        unforeseen: "throw",
        patienceMs: isRemote ? amazonPatienceMs : 0,
        runDeadlineMs: runDeadlineMs(settings),
        rawRetentionDays: settings.rawRetentionDays,
        removeCopies: () => removeOtherWarehouses(home),
        now: () => new Date(),
      },
      {
        ...request,
        look: parts.sought?.look,
        onNews: (files) => pool.warm(Math.min(settings.transformWorkers, Math.ceil(files / settings.batchFiles))),
      },
    );
    await tellGivenUp(parts, (problem) => request.onProblem?.(problem));
    await tellUnusuallySmall(parts.warehouse, summary.runId, (problem) => request.onProblem?.(problem));
    return summary;
  } finally {
    pool.close();
  }
}

/** The till formats there are; those that come along are read by transform alone, where nobody else asks. */
async function formatsOf({ formats }: Pick<Settings, "formats">): Promise<KnownFormat[]> {
  const { knownFormats } = await import("#feed/formats/read-formats.ts");
  return knownFormats(formats);
}
