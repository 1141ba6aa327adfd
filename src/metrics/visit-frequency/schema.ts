import { z } from "zod";
import { count, ratio } from "../answer.ts";
import { visitBands } from "../customer-activity/activity.ts";
import { breakdownHead, cell } from "../suppression/schema.ts";

/** `/api/metrics/visit-frequency`: how often do customers come? */
export const visitFrequencyAnswer = z
  .object({
    ...breakdownHead,
    customers: count.describe("Identified customers of the 13 weeks."),
    visits: count.describe("Their visits: days with a receipt, of each customer."),
    visitsEach: z.number().nullable().describe("visits / customers; null without customers."),
    cameAgainShare: ratio.nullable().describe("Customers with more than one visit / customers; null where withheld."),
    bands: z
      .array(
        z.object({
          visits: z.enum(visitBands).describe("Visits in the 13 weeks; 13 or more is weekly."),
          customers: cell,
          share: ratio.nullable().describe("customers / all identified customers."),
        }),
      )
      .describe("Fewest visits first."),
  })
  .meta({ id: "VisitFrequencyAnswer" });
export type VisitFrequencyAnswer = z.infer<typeof visitFrequencyAnswer>;
