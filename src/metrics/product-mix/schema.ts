import { z } from "zod";
import { answerHead, change, count, pence, ratio } from "../answer.ts";

const part = z
  .object({
    name: z.string().nullable().describe("The category, size or flavour; null for products without a flavour."),
    items: count,
    itemsShare: ratio.nullable().describe("items / all items; null when nothing was sold."),
    totalPence: pence,
    salesShare: ratio.nullable().describe("totalPence / sales of all products."),
    change: change.nullable().describe("Sales in pence, like for like; null without a comparison."),
    salesShareChange: change.nullable().describe("The share of sales, like for like, in points."),
    othersSalesShare: ratio
      .nullable()
      .describe(
        "The same share in all other cafés of the chain; null where fewer than 3 others sold anything, or 1 or 2 of those that did are " +
          "not the caller's to see.",
      ),
  })
  .meta({ id: "MixPart" });

/** `/api/metrics/product-mix`: what is sold, by category, size and flavour, and how does that differ from region to region? */
export const productMixAnswer = z
  .object({
    ...answerHead,
    items: count,
    totalPence: pence.describe("Sum of all item prices; receipts that do not add up make it differ from sales."),
    categories: z.array(part).describe("Most sales first; the shares add up to 1. So in each of the lists."),
    sizes: z.array(part).describe("regular, large, or standard where the till names no size."),
    flavours: z.array(part),
    regions: z
      .array(
        z.object({
          region: z.string(),
          category: z.string(),
          items: count,
          itemsShare: ratio.nullable().describe("Of the region's items."),
          totalPence: pence,
          salesShare: ratio.nullable().describe("Of the region's sales."),
        }),
      )
      .describe("The regions asked about by name, the categories of each in the order of `categories`."),
  })
  .meta({ id: "ProductMixAnswer" });
export type ProductMixAnswer = z.infer<typeof productMixAnswer>;
