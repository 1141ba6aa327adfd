import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { loadDelivery } from "#pipeline/deliveries.ts";
import { closeIfOver } from "#pipeline/run-ledger.ts";
import type { Parts } from "../home/open-home.ts";
import { tellUnusuallySmall } from "../operations/unusually-small.ts";
import { publishIfChanged } from "../snapshot/publish-snapshot.ts";
import { minute } from "../units.ts";
import { type Clock, workThrough } from "./messages.ts";
import { openPartsOnce } from "./open-once.ts";
import { invoked, telemetryOf } from "./telemetry.ts";
import { lambdaRetryMs } from "./transform.ts";

/** While a long run goes on, the dashboard is not left behind for longer than this. */
const publishEveryMs = 5 * minute;

const telemetry = telemetryOf("load");

/**
 * Loads the batches it is handed, closes the run whose last batch that was, and publishes what the dashboard reads: when a run
 * is over, and every so often while one goes on.
 */
export function loadHandler(open: () => Promise<Parts>): (event: SQSEvent, clock: Clock) => Promise<SQSBatchResponse> {
  return (event, clock) =>
    invoked(telemetry, "Load failed", async () => {
      const parts = await open();
      const { settings, warehouse, clean, suppressed, registry, loadQueue } = parts;
      const context = {
        ...{ warehouse, clean, suppressed, registry, loadQueue, maxReceives: settings.maxReceives },
        retryMs: lambdaRetryMs,
        unforeseen: "retry" as const,
        now: () => new Date(),
      };
      let isOver = false;
      const response = await workThrough(event, clock, {
        queue: loadQueue,
        telemetry,
        async work(delivery) {
          const { runId } = delivery.body;
          const outcome = await loadDelivery(context, delivery, runId);
          if (outcome.kind === "again" || outcome.kind === "renewed") return outcome;
          const summary = await closeIfOver(warehouse, runId, new Date());
          if (summary) {
            isOver = true;
            const { status, durationMs, files, rows } = summary;
            telemetry.logger.info("A run is over.", { runId, status, durationMs, files, rows });
            await tellUnusuallySmall(warehouse, runId, ({ message, next }) => {
              telemetry.logger.warn(`${message} ${next}`, { runId });
            });
          }
          return outcome;
        },
      });
      await publishIfChanged(parts, telemetry.logger, isOver ? 0 : publishEveryMs);
      return response;
    });
}

export const handler = loadHandler(openPartsOnce);
