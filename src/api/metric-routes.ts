import type { OpenAPIHono, RouteConfig } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Directory } from "#metrics/directory.ts";
import { ParameterError } from "#metrics/errors.ts";
import type { Metric } from "#metrics/metric.ts";
import type { Asked, Question } from "#metrics/question.ts";
import { metrics } from "#metrics/registry.ts";
import { routes } from "./contract/routes.ts";
import { asCsv, headerOf, rowsOf } from "./csv.ts";
import type { ReadingRoom } from "./reading-room.ts";
import { type SignedInEnv, scopeOfCaller } from "./sessions.ts";

/** The parameters as the routes' schemas leave them; each route has its own further ones. */
interface Query {
  from?: string;
  to?: string;
  compare?: Asked["compare"];
  region?: string;
  cafe?: string | number;
  date?: string;
  format: "json" | "csv";
  table?: string;
}

/** Receipts are single people's purchases: no copy of them stays in a browser's cache. */
const unstored = new Set<string>(["day-receipts", "receipt"]);

/** Puts every metric at its address: validate, authorise, ask, respond. */
export function mountMetrics(app: OpenAPIHono<SignedInEnv>, room: ReadingRoom): void {
  for (const name of Object.keys(metrics) as (keyof typeof metrics)[]) {
    // Each metric's params are its route's by construction; TypeScript cannot follow that through a loop.
    const metric = metrics[name] as Metric<unknown, object>;
    app.openapi(routes[name] as RouteConfig, async (c) => {
      const query = c.req.valid("query" as never) as Query;
      const directory = await room.directory();
      const scope = scopeOfCaller(c, directory);
      const question = room.ask(directory, scope, askedIn(query));
      return (await respond(c, room, { metric, query, directory, question })) as never;
    });
  }
}

function askedIn({ from, to, compare = "none", region, cafe, date }: Query): Asked {
  const cafeIds = cafe === undefined ? undefined : String(cafe).split(",").map(Number);
  return { from: date ?? from, to: date ?? to, compare, region, cafeIds };
}

interface Work {
  metric: Metric<unknown, object>;
  query: Query;
  directory: Directory;
  question: Question;
}

/**
 * Answers are `private, no-cache`: a browser may keep them, must ask each time, and is told 304 when the data has not
 * changed. Signing out clears what it kept. Receipts and files are `no-store`.
 */
async function respond(c: Context, room: ReadingRoom, work: Work): Promise<Response> {
  const { metric, query, directory, question } = work;
  const tag = room.tagOf(directory, question, metric.name, ownParams(query));
  const keep = !unstored.has(metric.name) && query.format === "json";
  if (keep && c.req.header("if-none-match")?.includes(tag)) {
    return c.body(null, 304, { etag: tag, "cache-control": "private, no-cache", vary: "cookie" });
  }
  const json = await room.answer(tag, () => metric.run(question, query));
  if (query.format === "csv") return asFile(c, metric, query, JSON.parse(json), question);
  return c.body(json, 200, {
    "content-type": "application/json",
    "cache-control": keep ? "private, no-cache" : "no-store",
    ...(keep ? { etag: tag, vary: "cookie" } : {}),
  });
}

/** The parameters that are the metric's own: the others are in the question, or only shape the reply. */
function ownParams({ from, to, compare, region, format, table, ...own }: Query): object {
  return own;
}

function asFile(
  c: Context,
  metric: Metric<unknown, object>,
  query: Query,
  answer: object,
  question: Question,
): Response {
  const table = query.table ?? metric.table;
  const rows = rowsOf(answer, table);
  if (rows === undefined) {
    const lists = Object.keys(answer).filter((name) => rowsOf(answer, name) !== undefined);
    throw new ParameterError("table", `\`table\` names no list of this answer.`, `It has: ${lists.join(", ")}.`);
  }
  const { from, to } = question.period;
  const dates = from === to ? from : `${from}-to-${to}`;
  return c.body(asCsv(rows, headerOf(metric.answer, table)), 200, {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="infinity-${metric.name}-${table}-${dates}.csv"`,
    "cache-control": "no-store",
  });
}
