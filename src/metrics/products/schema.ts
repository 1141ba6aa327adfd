import { z } from "zod";
import { wholeNumber } from "#core/whole-number.ts";
import { answerHead, change, count, pence, ratio } from "../answer.ts";

export const productsParams = z.object({
  limit: wholeNumber(1, 500).default(6).describe("Most rows in each of the lists."),
});

const productRow = z
  .object({
    name: z.string().describe("As the till wrote it: 'Hot chocolate' and 'Hot Chocolate' are two products."),
    flavour: z.string().nullable(),
    category: z.string(),
    items: count.describe("Items sold, all sizes together."),
    totalPence: pence,
    share: ratio.nullable().describe("totalPence / sales of all products."),
    change: change.nullable().describe("Sales in pence, like for like; null without a comparison."),
    itemsChange: change.nullable(),
  })
  .meta({ id: "ProductRow" });

/** `/api/metrics/products`: what sells, and what sells less? A product is a name and a flavour; its sizes are summed. */
export const productsAnswer = z
  .object({
    ...answerHead,
    products: count.describe("Products sold in the period or the comparison."),
    totalPence: pence.describe("Sum of all item prices; receipts that do not add up make it differ from sales."),
    items: count,
    top: z.array(productRow).describe("Most sales first."),
    rising: z.array(productRow).describe("Largest rise in pence first; rises only."),
    falling: z.array(productRow).describe("Largest fall in pence first; falls only, products no longer sold included."),
  })
  .meta({ id: "ProductsAnswer" });
export type ProductsAnswer = z.infer<typeof productsAnswer>;
