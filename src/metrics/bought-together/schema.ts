import { z } from "zod";
import { wholeNumber } from "#core/whole-number.ts";
import { answerHead, count, ratio } from "../answer.ts";
import { wholeWeeks } from "../whole-weeks.ts";

/** With fewer receipts than this, a pair says more about single people than about products. */
const fewestEver = 10;

export const boughtTogetherParams = z.object({
  fewest: wholeNumber(fewestEver, 1_000_000).default(20).describe("Pairs on fewer receipts than this are withheld."),
  limit: wholeNumber(1, 500).default(20).describe("Most rows in each of the lists."),
});

const pair = z
  .object({
    name: z.string(),
    flavour: z.string().nullable(),
    otherName: z.string(),
    otherFlavour: z.string().nullable(),
    receipts: count.describe("Receipts that hold both."),
    support: ratio.describe("receipts / baskets."),
    confidence: ratio.describe("Of the baskets with the first, the share that also has the other."),
    otherConfidence: ratio.describe("Of the baskets with the other, the share that also has the first."),
    expectedReceipts: z.number().describe("How many would hold both if neither brought the other along."),
    lift: z.number().describe("receipts / expectedReceipts: 2 is twice as often as chance would have it."),
  })
  .describe("The first of a pair is the one that is in more baskets.")
  .meta({ id: "ProductPair" });

/**
 * `/api/metrics/bought-together`: what is bought together? Only baskets count: receipts with two different products or more,
 * all sizes of a name and flavour being one product. A receipt with a single product says nothing about what goes with what,
 * and counting it would make every pair look rarer than chance.
 */
export const boughtTogetherAnswer = z
  .object({
    ...answerHead,
    weeks: wholeWeeks,
    receipts: count.describe("Receipts with at least one line."),
    baskets: count.describe("Receipts with two different products or more."),
    fewest: count.describe("Pairs on fewer receipts are withheld."),
    pairs: count.describe("Pairs that enough receipts hold."),
    withheld: count.describe("Pairs left out because too few receipts hold them."),
    together: z.array(pair).describe("More often than chance would have it; highest lift first."),
    apart: z.array(pair).describe("More seldom than chance would have it; lowest lift first."),
    frequent: z.array(pair).describe("On most receipts, whatever chance would have; most receipts first."),
  })
  .meta({ id: "BoughtTogetherAnswer" });
export type BoughtTogetherAnswer = z.infer<typeof boughtTogetherAnswer>;
