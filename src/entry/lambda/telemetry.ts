import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { InfinityError } from "#core/errors.ts";

/** What a function says of itself: structured logs, and figures in CloudWatch's embedded metric format. No values of till files. */
export interface Telemetry {
  readonly logger: Logger;
  readonly metrics: Metrics;
}

export function telemetryOf(serviceName: string): Telemetry {
  return { logger: new Logger({ serviceName }), metrics: new Metrics({ namespace: "Infinity", serviceName }) };
}

/** Sends what was counted, at the end of an invocation. */
function publish({ metrics }: Telemetry): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}

/**
 * Does an invocation's work. What goes wrong is logged as a log may have it, and thrown again as its kind alone: Lambda logs that
 * too, and tries again.
 *
 * @param failure what to say then, such as "Extract failed"
 */
export async function invoked<Result>(
  telemetry: Telemetry,
  failure: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    telemetry.logger.error(`${failure}.`, { error: loggable(error) });
    throw new Error(`${failure}: ${loggable(error).kind}.`);
  } finally {
    publish(telemetry);
  }
}

/** An error as a log may have it: our own words, or of anything else only its kind, since engines quote rows. */
export function loggable(error: unknown): { kind: string; message?: string; next?: string } {
  if (error instanceof InfinityError) return { kind: error.name, message: error.message, next: error.next };
  return { kind: error instanceof Error ? error.name : typeof error };
}
