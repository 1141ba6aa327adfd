import { z } from "zod";
import { answerHead, businessDate, change, count, pence, ratio } from "../answer.ts";

/** `/api/metrics/customers`: who came, who is new, and how many of all customers that is. */
export const customersAnswer = z
  .object({
    ...answerHead,
    receipts: count,
    identifiedReceipts: count.describe("Of customers known by a card or token."),
    receiptsShare: ratio.nullable().describe("identifiedReceipts / receipts."),
    totalPence: pence,
    identifiedPence: pence,
    salesShare: ratio.nullable().describe("identifiedPence / totalPence."),
    customers: count.describe("Identified customers; everybody else is unknown, never new."),
    customersChange: change
      .nullable()
      .describe("Like for like, over cafés compared on all their days; null where none is."),
    newCustomers: count
      .nullable()
      .describe("Their first receipt at the cafés asked about is in the period; null where that cannot be known."),
    newChange: change.nullable(),
    returning: count.nullable().describe("customers - newCustomers."),
    visitsEach: z.number().nullable().describe("Receipts of customers with a card / customers with a card."),
    namedCustomers: count.describe("Known only by a name at one café: in customers only with names=yes."),
    newKnownFrom: businessDate.describe("In the first 28 days of the data nobody can be told to be new."),
    weeks: z
      .array(
        z.object({
          weekStart: businessDate.describe("A Monday."),
          customers: count,
          newCustomers: count.nullable(),
          returning: count.nullable(),
          receiptsShare: ratio.nullable().describe("Identified receipts / receipts."),
        }),
      )
      .describe("Every week of the period, oldest first."),
  })
  .meta({ id: "CustomersAnswer" });
export type CustomersAnswer = z.infer<typeof customersAnswer>;
