import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { knownFormats } from "#feed/formats/read-formats.ts";
import { transformDelivery } from "#pipeline/deliveries.ts";
import { closeIfOver } from "#pipeline/run-ledger.ts";
import { transformBatch } from "#pipeline/transform/transform-batch.ts";
import type { Parts } from "../home/open-home.ts";
import { openSource } from "../operations/open-source.ts";
import { publishIfChanged } from "../snapshot/publish-snapshot.ts";
import { megabyte } from "../units.ts";
import { type Clock, workThrough } from "./messages.ts";
import { openPartsOnce } from "./open-once.ts";
import { invoked, telemetryOf } from "./telemetry.ts";

/** A batch that failed is tried again after this long, then twice as long. */
export const lambdaRetryMs = 30_000;

const telemetry = telemetryOf("transform");

/**
 * Transforms the batches it is handed. The function is a process of its own that never holds the warehouse's data, so the
 * engine runs in it; the warehouse is only told of batches that failed.
 */
export function transformHandler(
  open: () => Promise<Parts>,
): (event: SQSEvent, clock: Clock) => Promise<SQSBatchResponse> {
  return (event, clock) =>
    invoked(telemetry, "Transform failed", async () => {
      const parts = await open();
      const { settings, warehouse, clean, keys, suppressed, transformQueue, loadQueue } = parts;
      const { source } = await openSource(parts);
      const context = {
        ...{ warehouse, transformQueue, loadQueue, maxReceives: settings.maxReceives, retryMs: lambdaRetryMs },
        unforeseen: "retry" as const,
        transform: (message: Parameters<typeof transformBatch>[0]) =>
          transformBatch(message, {
            ...{ source, clean, keys, suppressed, dayStartsAt: settings.dayStartsAt },
            formats: knownFormats(settings.formats),
            largestFile: settings.largestFileMegabytes * megabyte,
            now: () => new Date(),
          }),
      };
      return await workThrough(event, clock, {
        queue: transformQueue,
        telemetry,
        async work(delivery) {
          const outcome = await transformDelivery(context, delivery);
          // The last batch of a run may be one that is given up.
          if (outcome.kind === "dead" && (await closeIfOver(warehouse, delivery.body.runId, new Date()))) {
            await publishIfChanged(parts, telemetry.logger);
          }
          return outcome;
        },
      });
    });
}

export const handler = transformHandler(openPartsOnce);
