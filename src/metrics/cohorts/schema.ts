import { z } from "zod";
import { businessDate, count, ratio } from "../answer.ts";
import { breakdownHead, cell, customerParams } from "../suppression/schema.ts";

export const cohortsParams = customerParams.extend({
  grain: z
    .enum(["week", "month"])
    .default("month")
    .describe("Cohorts by week (from Monday) or by calendar month of the first receipt at the cafés asked about."),
});

/** `/api/metrics/cohorts`: do new customers come back? */
export const cohortsAnswer = z
  .object({
    ...breakdownHead,
    grain: z.enum(["week", "month"]),
    newKnownFrom: businessDate.describe(
      "The first day of the first cohort there can be: in the first 28 days of the data nobody can be told to be new.",
    ),
    cohorts: z
      .array(
        z.object({
          firstVisit: businessDate.describe("First day of the week or month in which they came first."),
          customers: count.describe("New customers."),
          returned: z
            .array(
              z.object({
                later: z.int().min(1).describe("Weeks or months after the first one."),
                customers: cell.describe("Of them, with a receipt in that week or month; null where withheld."),
                share: ratio.nullable(),
              }),
            )
            .describe("Whole weeks or months with data only."),
        }),
      )
      .describe("Oldest first: the last 13 that are whole; none while newcomers cannot be told."),
    cells: z
      .array(
        z.object({
          firstVisit: businessDate,
          customers: count,
          later: z.int(),
          returned: cell,
          share: ratio.nullable(),
        }),
      )
      .describe("The same, a row each, as a table."),
  })
  .meta({ id: "CohortsAnswer" });
export type CohortsAnswer = z.infer<typeof cohortsAnswer>;
