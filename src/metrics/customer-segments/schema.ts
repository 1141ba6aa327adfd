import { z } from "zod";
import { change, count, pence, ratio } from "../answer.ts";
import { segments } from "../customer-activity/activity.ts";
import { breakdownHead, cell } from "../suppression/schema.ts";

const segmentRow = z
  .object({
    segment: z.enum(segments),
    name: z.string().describe("What to call it: Regulars, Slipping away."),
    meaning: z.string().describe("Who is in it, in a few words."),
    customers: cell,
    customersChange: change
      .nullable()
      .describe("Against the 13 weeks before, over the same cafés; null where either is withheld or not there."),
    customersShare: ratio.nullable(),
    visits: count.nullable().describe("Days with a receipt, of each customer."),
    totalPence: pence.nullable(),
    salesShare: ratio.nullable().describe("totalPence / sales to identified customers."),
    visitsEach: z.number().nullable(),
    spendPerVisitPence: z.number().nullable().describe("totalPence / visits, with fractions."),
  })
  .meta({ id: "CustomerSegment" });

/** `/api/metrics/customer-segments`: who are the customers, and what do they spend? */
export const customerSegmentsAnswer = z
  .object({
    ...breakdownHead,
    segments: z.array(segmentRow).describe("Each identified customer of the 13 weeks is in one."),
    customers: count,
    customersChange: change.nullable(),
    visits: count,
    totalPence: pence.describe("Sales to identified customers."),
  })
  .meta({ id: "CustomerSegmentsAnswer" });
export type CustomerSegmentsAnswer = z.infer<typeof customerSegmentsAnswer>;
