import { MetricUnit } from "@aws-lambda-powertools/metrics";
import type { RunSummary } from "#core/run-summary.ts";
import { knownFormats } from "#feed/formats/read-formats.ts";
import { type ExtractContext, extractRun } from "#pipeline/begin-run.ts";
import { purgeAfterRun } from "#pipeline/purge-raw-files.ts";
import { transformVersion } from "#pipeline/transform/transform-version.ts";
import type { Parts } from "../home/open-home.ts";
import { openSource } from "../operations/open-source.ts";
import { publishIfChanged } from "../snapshot/publish-snapshot.ts";
import { megabyte, minute } from "../units.ts";
import { type Call, callOf } from "./events.ts";
import { openPartsOnce } from "./open-once.ts";
import { invoked, loggable, telemetryOf } from "./telemetry.ts";

/** What an invocation of extract did. */
interface Extracted {
  /** Null when there was nothing to look at. */
  runId: string | null;
  found: number;
  waiting: number;
  /** Null while batches are on their way. */
  status: RunSummary["status"] | null;
}

const telemetry = telemetryOf("extract");

/**
 * Looks for new till files and hands them to transform: all of the source when a schedule calls, the object itself when S3 tells
 * of one. A scheduled call also closes runs that are overdue, removes raw files whose time is over, and publishes what the
 * dashboard reads, should that have been missed.
 */
export function extractHandler(open: () => Promise<Parts>): (event: unknown) => Promise<Extracted> {
  return (event) =>
    invoked(telemetry, "Extract failed", async () => {
      const { logger, metrics } = telemetry;
      const call = callOf(event);
      const parts = await open();
      const { source, settleMs } = await openSource(parts);
      const keys = call.kind === "upload" ? keysBelow(source.url, call) : undefined;
      if (keys?.length === 0) return { runId: null, found: 0, waiting: 0, status: null };
      const context = contextOf(parts, source, settleMs);
      const aim =
        call.kind === "upload"
          ? { trigger: "upload" as const, keys: keys ?? [] }
          : { trigger: "schedule" as const, days: call.days };
      const { run, findings, summary } = await extractRun(context, aim);
      for (const { message, next } of run.news) logger.warn(`${message} ${next}`);
      const extracted = {
        runId: run.runId,
        found: findings.found.length,
        waiting: findings.waiting,
        status: summary?.status ?? null,
      };
      metrics.addMetric("FilesFound", MetricUnit.Count, findings.found.length);
      logger.info("Looked for new files.", { ...extracted, discovered: findings.discovered, by: call.kind });
      if (call.kind === "schedule") await tidyUp(parts, context, summary !== undefined);
      return extracted;
    });
}

function contextOf(parts: Parts, source: ExtractContext["source"], settleMs: number): ExtractContext {
  const { settings, warehouse, clean, keys, suppressed, registry, transformQueue } = parts;
  return {
    ...{ source, warehouse, clean, keys, suppressed, registry, transformQueue, settleMs },
    transformVersion: async () => transformVersion(knownFormats(settings.formats), settings.dayStartsAt),
    limits: { files: settings.batchFiles, bytes: settings.batchMegabytes * megabyte },
    runDeadlineMs: settings.runDeadlineMinutes * minute,
    now: () => new Date(),
  };
}

/** The objects that are of this store, by their keys in it. */
function keysBelow(url: string, { objects }: Extract<Call, { kind: "upload" }>): string[] {
  return objects
    .map(({ bucket, key }) => `s3://${bucket}/${key}`)
    .filter((address) => address.startsWith(`${url}/`))
    .map((address) => address.slice(url.length + 1));
}

async function tidyUp(parts: Parts, context: ExtractContext, isOver: boolean): Promise<void> {
  const { logger } = telemetry;
  if (!isOver) return;
  const { rawRetentionDays } = parts.settings;
  await purgeAfterRun({ ...context, rawRetentionDays }, (problem) =>
    logger.warn("Raw files were not removed.", { error: loggable(problem) }),
  );
  await publishIfChanged(parts, logger);
}

export const handler = extractHandler(openPartsOnce);
