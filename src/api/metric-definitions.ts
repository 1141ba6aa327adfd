import type { z } from "zod";
import type { Metric } from "#metrics/metric.ts";
import type { Asked } from "#metrics/question.ts";
import { metrics } from "#metrics/registry.ts";
import { commonParams } from "./contract/parameters.ts";
import { routes } from "./contract/routes.ts";

/** A metric as whoever asks meets it: at its address, on the command line, in the documents, in the bench. */
export interface MetricDefinition {
  /** Its key in the registry and among the routes. */
  readonly key: keyof typeof metrics;
  readonly metric: Metric<unknown, object>;
  readonly path: string;
  /** Every parameter it takes. */
  readonly parameters: z.ZodObject<z.ZodRawShape>;
  /** Those of {@link parameters} that every metric about a period takes and that are not its own. */
  readonly common: readonly string[];
  /** Its own. */
  readonly own: readonly string[];
}

/** The parameters as a metric's schema leaves them; each metric has its own further ones. */
export interface MetricQuery {
  from?: string;
  to?: string;
  compare?: Asked["compare"];
  region?: string;
  cafe?: string | number;
  date?: string;
  format: "json" | "csv";
  table?: string;
}

/** Every metric there is, in the registry's order: nothing else knows them all. */
export const metricDefinitions: readonly MetricDefinition[] = (Object.keys(metrics) as (keyof typeof metrics)[]).map(
  (key) => {
    const route = routes[key];
    const parameters = route.request.query as z.ZodObject<z.ZodRawShape>;
    const names = Object.keys(parameters.shape);
    // The same word may mean something of the metric's own: day-receipts takes one café and needs it.
    const isCommon = (name: string) => parameters.shape[name] === (commonParams.shape as z.ZodRawShape)[name];
    return {
      key,
      // Each metric's params are its route's by construction; TypeScript cannot follow that through a loop.
      metric: metrics[key] as Metric<unknown, object>,
      path: route.path,
      parameters,
      common: names.filter(isCommon),
      own: names.filter((name) => !isCommon(name)),
    };
  },
);

/** The question that a metric's parameters put. */
export function askedIn({ from, to, compare = "none", region, cafe, date }: MetricQuery): Asked {
  const cafeIds = cafe === undefined ? undefined : String(cafe).split(",").map(Number);
  return { from: date ?? from, to: date ?? to, compare, region, cafeIds };
}
