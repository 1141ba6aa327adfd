import { z } from "@hono/zod-openapi";
import { businessDate, comparisonKind } from "#metrics/answer.ts";

/**
 * The parameters every metric takes, spelled the same in the page's address, the API and the command line. All are
 * optional: without dates a metric answers for the last day with data.
 */
export const commonParams = z.object({
  from: businessDate.optional().describe("First day. Default: the last day."),
  to: businessDate
    .optional()
    .describe("Last day, included. Default: the last day with data; a later day is read as that one."),
  compare: z
    .enum([...comparisonKind.options, "none"])
    .default("week")
    .describe(
      "week: the same weekdays just before (-7 days). year: the same weekdays a year before (-364 days). none.",
    ),
  region: z.string().max(40).optional().describe("One region, by its name. Default: all the caller may see."),
  cafe: z
    .string()
    .regex(/^\d{1,9}(,\d{1,9}){0,199}$/, "one café id, or several with commas between")
    .optional()
    .describe("One café id, or several with commas between: `12` or `12,40`. One outside the caller's scope: 404."),
  format: z
    .enum(["json", "csv"])
    .default("json")
    .describe(
      "csv: one table of the answer as a file, cells that a spreadsheet would take for a formula made harmless.",
    ),
  table: z
    .string()
    .max(40)
    .optional()
    .describe(
      "With format=csv: which list of the answer, by its name in the JSON (`top`, `regions`, `leftOut`). Default: the main one.",
    ),
});
