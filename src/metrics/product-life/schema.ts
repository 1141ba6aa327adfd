import { z } from "zod";
import { wholeNumber } from "#core/whole-number.ts";
import { answerHead, businessDate, change, count, pence } from "../answer.ts";

export const productLifeParams = z.object({
  days: wholeNumber(7, 182)
    .default(28)
    .describe(
      "How long a product must have been silent to be stopped, and the cafés without it before it is launched.",
    ),
});

const product = { name: z.string(), flavour: z.string().nullable(), category: z.string() };

/** `/api/metrics/product-life`: what is new, what is fading and what is gone? A product is a name and a flavour. */
export const productLifeAnswer = z
  .object({
    ...answerHead,
    days: count,
    since: businessDate.describe(
      "The first day looked at: the period's, or `days` before its end where that is earlier.",
    ),
    launched: z
      .array(
        z
          .object({
            ...product,
            firstOn: businessDate.describe("Its first day in any of the cafés asked about."),
            daysSince: count.describe("Days from then to the period's end, both included."),
            cafes: count.describe("Cafés that have sold it."),
            items: count.describe("Sold since."),
            totalPence: pence,
          })
          .meta({ id: "LaunchedProduct" }),
      )
      .describe(
        "First sold on or after `since`, where the cafés had delivered for at least `days` without it. Latest first.",
      ),
    declining: z
      .array(
        z
          .object({
            ...product,
            itemsChange: change.describe("Items, like for like against the comparison."),
            change: change.describe("Sales in pence, like for like."),
          })
          .meta({ id: "DecliningProduct" }),
      )
      .describe(
        "Still sold, and a tenth or more fewer items than in the comparison, like for like, by more than chance explains. " +
          "Most pounds lost first. Empty without a comparison.",
      ),
    allItemsChange: change
      .nullable()
      .describe("Items of all products, like for like: a product that falls with all others does not fall by itself."),
    stopped: z
      .array(
        z
          .object({
            ...product,
            firstWeek: businessDate.describe("The Monday of the week it was first sold in."),
            lastOn: businessDate.describe("Its last day in any of the cafés."),
            silentDays: count.describe("Days since on which a café that had sold it delivered."),
            cafes: count.describe("Cafés that sold it, from the week `days` before `since` on."),
            items: count.describe("Sold from then on, to its last day."),
            totalPence: pence,
          })
          .meta({ id: "StoppedProduct" }),
      )
      .describe(
        "Not sold on `days` days or more on which its cafés delivered, but in the `days` before `since` (from a Monday) or after. Latest first.",
      ),
  })
  .meta({ id: "ProductLifeAnswer" });
export type ProductLifeAnswer = z.infer<typeof productLifeAnswer>;
