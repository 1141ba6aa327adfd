import { z } from "@hono/zod-openapi";
import { businessDate, cafeRef, count, pence, period } from "#metrics/answer.ts";
import { namedPeriods } from "#metrics/named-periods.ts";

const instant = z.string().describe("An instant, ISO 8601 in UTC: 2026-03-04T05:00:02.412Z. Show it in Europe/London.");

const cafe = cafeRef
  .extend({
    country: z.string().nullable(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    placed: z
      .boolean()
      .describe("False while head office has to say where the café is: region 'Unplaced', no coordinates."),
    openedOn: businessDate.nullable(),
    closedOn: businessDate.nullable(),
  })
  .meta({ id: "Cafe" });

const run = z
  .object({
    runId: z.string(),
    trigger: z.string().describe("What started it: 'schedule' (also when caught up), 'command' or 'start'."),
    status: z
      .string()
      .describe("'running', 'completed', 'incomplete' (some batches could not be finished) or 'failed'."),
    startedAt: instant,
    finishedAt: instant.nullable(),
    durationMs: count.nullable(),
    filesDiscovered: count.nullable(),
    filesLoaded: count.nullable(),
    filesQuarantined: count.nullable(),
    rowsLoaded: count.nullable(),
    totalPence: pence.nullable(),
  })
  .meta({ id: "Run" });

/**
 * `/api/session`: everything the frame needs before the first metric. 401 (a problem) when nobody is signed in.
 * When `dates` is null the warehouse is empty: ask for no metric, show the empty state.
 */
export const sessionAnswer = z
  .object({
    person: z.object({ name: z.string(), role: z.enum(["owner"]).describe("Other roles come with accounts.") }),
    scope: z.object({ everyCafe: z.boolean(), cafes: count }).describe("What this person may see."),
    sample: z.boolean().describe("The data is the invented chain: show the banner."),
    dataVersion: z
      .string()
      .describe("Changes whenever an answer could. Put it in query keys; a change means: ask again."),
    dataAsOf: instant.nullable().describe("When data last changed."),
    dates: z
      .object({
        first: businessDate,
        last: businessDate,
        // A union, since the document would lose the null of a part that has a name of its own.
        named: z
          .record(z.enum(namedPeriods), z.union([period, z.null()]))
          .describe("The days that a named period means just now; null where none of them has data."),
      })
      .nullable()
      .describe("Business dates with data."),
    cafes: z.array(cafe).describe("The cafés in scope, by name."),
    regions: z.array(z.object({ region: z.string(), cafes: count })).describe("Their regions, by name."),
    lastRun: run.nullable(),
    running: z.boolean().describe("A run is under way now."),
    nextRunAt: instant.nullable().describe("By the schedule; null when nothing is scheduled here."),
    schedule: z.string().nullable().describe("The schedule in words: 'daily at 06:00, Europe/London'."),
    expiresAt: instant.describe("When this session ends unless used again."),
  })
  .meta({ id: "SessionAnswer" });
export type SessionAnswer = z.infer<typeof sessionAnswer>;
export type CafeAnswer = z.infer<typeof cafe>;
