import { z } from "zod";
import { wholeNumber } from "#core/whole-number.ts";
import { businessDate, count, ratio } from "../answer.ts";
import { breakdownHead, customerParams } from "../suppression/schema.ts";

export const firstPurchasesParams = customerParams.extend({
  limit: wholeNumber(1, 500).default(20).describe("Most products."),
});

/** `/api/metrics/first-purchases`: what do new customers buy first? */
export const firstPurchasesAnswer = z
  .object({
    ...breakdownHead,
    newKnownFrom: businessDate.describe("Newcomers are counted from here on: before, nobody can be told to be new."),
    customers: count.describe("New customers: their first receipt at the cafés asked about is in the 13 weeks."),
    products: z
      .array(
        z.object({
          name: z.string(),
          flavour: z.string().nullable(),
          category: z.string(),
          customers: count.describe("New customers who bought it on their first day."),
          share: ratio.describe("customers / all new customers."),
        }),
      )
      .describe("Most new customers first; below head office only those of 10 or more."),
  })
  .meta({ id: "FirstPurchasesAnswer" });
export type FirstPurchasesAnswer = z.infer<typeof firstPurchasesAnswer>;
