import type { OpenAPIHono, RouteConfig } from "@hono/zod-openapi";
import type { Context } from "hono";
import { routes } from "./contract/routes.ts";
import { csvOf, jsonOf, type MetricWork, tagOf } from "./metric-answer.ts";
import { askedIn, type MetricQuery, metricDefinitions } from "./metric-definitions.ts";
import type { ReadingRoom } from "./reading-room.ts";
import { type SignedInEnv, scopeOfCaller } from "./sessions.ts";

/** Receipts are single people's purchases: no copy of them stays in a browser's cache. */
const unstored = new Set<string>(["day-receipts", "receipt"]);

/** Puts every metric at its address: validate, authorise, ask, respond. */
export function mountMetrics(app: OpenAPIHono<SignedInEnv>, room: ReadingRoom): void {
  for (const { key, metric } of metricDefinitions) {
    app.openapi(routes[key] as RouteConfig, async (c) => {
      const query = c.req.valid("query" as never) as MetricQuery;
      const directory = await room.directory();
      const scope = scopeOfCaller(c, directory);
      const question = room.ask(directory, scope, askedIn(query));
      return (await respond(c, room, { metric, query, directory, question })) as never;
    });
  }
}

/**
 * Answers are `private, no-cache`: a browser may keep them, must ask each time, and is told 304 when the data has not
 * changed. Signing out clears what it kept. Receipts and files are `no-store`. `Server-Timing` says whether the answer was there,
 * or how many milliseconds it took to work out: what a browser's network panel shows to whoever wonders what is slow.
 */
async function respond(c: Context, room: ReadingRoom, work: MetricWork): Promise<Response> {
  const { metric, query } = work;
  const tag = tagOf(room, work);
  const keep = !unstored.has(metric.name) && query.format === "json";
  if (keep && c.req.header("if-none-match")?.includes(tag)) {
    return c.body(null, 304, { etag: tag, "cache-control": "private, no-cache", vary: "cookie" });
  }
  const isKept = room.has(tag);
  const began = performance.now();
  const json = await jsonOf(room, work);
  c.header("server-timing", isKept ? "kept" : `worked-out;dur=${(performance.now() - began).toFixed(1)}`);
  if (query.format === "csv") return asFile(c, work, JSON.parse(json));
  return c.body(json, 200, {
    "content-type": "application/json",
    "cache-control": keep ? "private, no-cache" : "no-store",
    ...(keep ? { etag: tag, vary: "cookie" } : {}),
  });
}

function asFile(c: Context, work: MetricWork, answer: object): Response {
  const { table, csv } = csvOf(work, answer);
  const { from, to } = work.question.period;
  const dates = from === to ? from : `${from}-to-${to}`;
  return c.body(csv, 200, {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="infinity-${work.metric.name}-${table}-${dates}.csv"`,
    "cache-control": "no-store",
  });
}
