import { z } from "zod";
import { wholeNumber } from "#core/whole-number.ts";
import { answerHead, businessDate, change, count, pence, ratio } from "../answer.ts";

export const productPricesParams = z.object({
  limit: wholeNumber(1, 500).default(20).describe("Most products in `points`, and most changes."),
});

const product = {
  name: z.string(),
  flavour: z.string().nullable(),
  size: z.string(),
};

const point = z
  .object({
    ...product,
    category: z.string(),
    pricePence: pence.nullable().describe("Null where the till wrote no price."),
    items: count,
    itemsShare: ratio.describe("Of the product's items in the period."),
    totalPence: pence,
    cafes: count.describe("Cafés that sold it at this price."),
    itemsPerCafeDay: z.number().describe("items / café-days on which it was sold at this price."),
    firstOn: businessDate.describe("The first day of the period at this price, in any café."),
    lastOn: businessDate,
  })
  .meta({ id: "PricePoint" });

const priceChange = z
  .object({
    ...product,
    on: businessDate.describe("The first day of the new price."),
    beforePence: pence,
    pricePence: pence,
    priceRatio: ratio.describe("(pricePence - beforePence) / beforePence."),
    weeksCompared: count.describe(
      "Whole weeks on either side, at most 4, none of them beyond the price before or the new one.",
    ),
    volumeChange: change
      .nullable()
      .describe("Items a café and delivered day, after against before; null where there is not a week on either side."),
    itemsShareChange: change
      .nullable()
      .describe("The product's share of all items, in points: what the season does to everything is not in it."),
  })
  .meta({ id: "PriceChange" });

/** `/api/metrics/product-prices`: at which prices does it sell, when did they change, and what did volume do then? */
export const productPricesAnswer = z
  .object({
    ...answerHead,
    since: businessDate.describe(
      "Changes are listed from here on: the period's first day, or 28 days before its end where that is earlier.",
    ),
    points: z.array(point).describe("Products by sales, most first; the prices of each, lowest first."),
    changes: z
      .array(priceChange)
      .describe(
        "Changes of the usual price, at which most of a day's items were sold in the cafés asked about. Prices that were not the usual " +
          "one for 7 selling days in a row are passed over. Latest first.",
      ),
  })
  .meta({ id: "ProductPricesAnswer" });
export type ProductPricesAnswer = z.infer<typeof productPricesAnswer>;
