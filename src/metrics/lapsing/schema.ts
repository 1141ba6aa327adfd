import { z } from "zod";
import { change, pence } from "../answer.ts";
import { absences } from "../customer-activity/activity.ts";
import { breakdownHead, cell } from "../suppression/schema.ts";

/** `/api/metrics/lapsing`: who used to come weekly and stays away, and what are they worth? */
export const lapsingAnswer = z
  .object({
    ...breakdownHead,
    customers: cell.describe(
      "Customers who came weekly and have not been seen for 21 days or more: Gone quiet. Null where that segment is withheld.",
    ),
    customersChange: change.nullable().describe("Against the 13 weeks before; null where there are none."),
    worthPence: pence
      .nullable()
      .describe("What they used to spend in a month (365 / 12 days) while they came; null where withheld."),
    absences: z
      .array(
        z.object({
          days: z.enum(absences).describe("Days since the last visit, up to the period's end."),
          customers: cell,
          worthPence: pence.nullable().describe("A month."),
        }),
      )
      .describe("Shortest absence first."),
  })
  .meta({ id: "LapsingAnswer" });
export type LapsingAnswer = z.infer<typeof lapsingAnswer>;
