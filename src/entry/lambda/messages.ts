import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import { MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { SqsQueue } from "#adapters/queue/sqs.ts";
import { TransientError } from "#core/errors.ts";
import type { Delivery, Queue } from "#core/ports/queue.ts";
import type { Outcome } from "#pipeline/deliveries.ts";
import { loggable, type Telemetry } from "./telemetry.ts";

/** As much of Lambda's context as the time budget needs. */
export type Clock = Pick<Context, "getRemainingTimeInMillis">;

/** A batch is begun only while there is this much time, and half as much again as the longest one took so far. */
const leastMs = 20_000;

/** The longest that one message has taken, by stage, in this process. */
const longest = new Map<string, number>();

/**
 * Works through the messages of an event one by one, and reports those that are to come again, so that the others are not done
 * twice. A function that runs out of time reports nothing and everything comes again: so no message is begun for which the time
 * is short; it goes back at once.
 */
export async function workThrough<Body extends { runId: string; batchId: string }>(
  event: SQSEvent,
  clock: Clock,
  stage: { queue: Queue<Body>; telemetry: Telemetry; work(delivery: Delivery<Body>): Promise<Outcome> },
): Promise<SQSBatchResponse> {
  const { queue, telemetry, work } = stage;
  const { logger, metrics } = telemetry;
  const one = async (record: SQSRecord) => {
    const delivery = await asSqs(queue).accept(record);
    if (delivery === undefined) {
      logger.error("A message could not be read and went to the dead letters.", { messageId: record.messageId });
      return;
    }
    const { runId, batchId } = delivery.body;
    if (clock.getRemainingTimeInMillis() < Math.max(leastMs, 1.5 * (longest.get(queue.name) ?? 0))) {
      await queue.giveBack(delivery.receipt, 0);
      logger.warn("Too little time is left for another batch.", { runId, batchId });
      throw new TransientError("Too little time is left.", "The batch comes again at once.");
    }
    const begun = performance.now();
    const { kind, problem } = await work(delivery);
    const tookMs = performance.now() - begun;
    longest.set(queue.name, Math.max(longest.get(queue.name) ?? 0, tookMs));
    metrics.addMetric(`Batches${kind[0]?.toUpperCase()}${kind.slice(1)}`, MetricUnit.Count, 1);
    metrics.addMetric("BatchTime", MetricUnit.Milliseconds, tookMs);
    const words = { runId, batchId, kind, receiveCount: delivery.receiveCount, tookMs: Math.round(tookMs) };
    if (problem) logger.warn("A batch is not done.", { ...words, error: loggable(problem) });
    else logger.info("A batch is done.", words);
    if (kind === "again") throw problem;
  };
  // The processor is of one event: it remembers what failed.
  const processor = new BatchProcessor(EventType.SQS);
  const options = { processInParallel: false, throwOnFullBatchFailure: false };
  return (await processPartialResponse(event, one, processor, options)) as SQSBatchResponse;
}

function asSqs<Body>(queue: Queue<Body>): SqsQueue<Body> {
  if ("accept" in queue) return queue as SqsQueue<Body>;
  throw new TypeError(`The queue ${queue.name} is none of Amazon's: functions are handed messages of those alone.`);
}
