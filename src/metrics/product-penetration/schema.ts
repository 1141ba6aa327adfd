import { z } from "zod";
import { wholeNumber } from "#core/whole-number.ts";
import { answerHead, count, ratio } from "../answer.ts";
import { wholeWeeks } from "../whole-weeks.ts";

export const productPenetrationParams = z.object({
  limit: wholeNumber(1, 500).default(20).describe("Most products in each of the lists."),
});

const product = { name: z.string(), flavour: z.string().nullable() };

const reach = {
  cafes: count.describe("Cafés that sold it."),
  cafesShare: ratio.describe("cafes / cafés that sold anything."),
  receipts: count.describe("Receipts that hold it, once or more often."),
  receiptsShare: ratio.describe("receipts / receipts with at least one line."),
};

const othersReach = {
  othersCafesShare: ratio
    .nullable()
    .describe(
      "cafesShare of all other cafés of the chain; null where fewer than 3 sold anything, or 1 or 2 of those that did are not the " +
        "caller's to see.",
    ),
  othersReceiptsShare: ratio.nullable().describe("receiptsShare of all other cafés."),
};

/** `/api/metrics/product-penetration`: how far does each product reach: in how many cafés, on how many receipts, region by region? */
export const productPenetrationAnswer = z
  .object({
    ...answerHead,
    weeks: wholeWeeks,
    cafes: count.describe("Cafés that sold anything."),
    receipts: count.describe("Receipts with at least one line."),
    products: z
      .array(z.object({ ...product, category: z.string(), ...reach, ...othersReach }).meta({ id: "ProductReach" }))
      .describe("On most receipts first."),
    regions: z
      .array(z.object({ ...product, region: z.string(), ...reach }).meta({ id: "ProductReachInRegion" }))
      .describe(
        "The same products in the same order, in each region asked about that sold anything; zero where it did not sell it.",
      ),
    notSold: z
      .array(z.object({ ...product, category: z.string(), ...othersReach }).meta({ id: "ProductNotSold" }))
      .describe(
        "What other cafés sell and none of those asked about; on the largest share of the others' receipts first.",
      ),
  })
  .meta({ id: "ProductPenetrationAnswer" });
export type ProductPenetrationAnswer = z.infer<typeof productPenetrationAnswer>;
