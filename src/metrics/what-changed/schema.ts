import { z } from "zod";
import { answerHead, businessDate, cafeRef, count, pence, ratio } from "../answer.ts";
import { leftOutReason } from "../comparison/left-out-schema.ts";

export const whatChangedParams = z.object({
  by: z
    .enum(["cafe", "region", "daypart", "product", "customer-kind"])
    .default("cafe")
    .describe("What the difference is split by: one line for each."),
  beforeFrom: businessDate
    .optional()
    .describe("First day of any other period to compare with. Default: the comparison, day by day and like for like."),
  beforeTo: businessDate
    .optional()
    .describe("Its last day, included. Default: as many days from `beforeFrom` as the period has."),
});

const parts = {
  nowPence: pence.describe("Whole pence, of what is compared."),
  beforePence: pence,
  differencePence: pence.describe("nowPence - beforePence; the sum of the four parts."),
  days: pence.describe("Pence: more or fewer days delivered, at the old sales a day. 0 where days are paired."),
  visits: pence.describe("Pence: more or fewer receipts a day, at the old spend."),
  itemsPerReceipt: pence.describe("Pence: more or fewer items a receipt, at the old price."),
  priceAndMix: pence.describe("Pence: dearer or cheaper items, and dearer or cheaper ones chosen instead."),
};

const line = z
  .object({
    name: z
      .string()
      .describe(
        "The café, the region, the part of the day, the product, or the kind of customer: new, returning and unknown; or known and " +
          "unknown, where a side begins before it can be told who is new.",
      ),
    cafeId: z.int().nullable().describe("With by=cafe."),
    region: z.string().nullable().describe("With by=cafe and by=region."),
    fromHour: z.int().nullable().describe("With by=daypart."),
    toHour: z.int().nullable().describe("With by=daypart. Not included; 24 is midnight."),
    flavour: z.string().nullable().describe("With by=product."),
    ...parts,
  })
  .meta({ id: "WhatChangedLine" });

const notCompared = cafeRef
  .extend({
    reason: leftOutReason,
    days: count.describe("Days of the period, or of the one before, left out for this reason."),
    nowPence: pence,
    beforePence: pence,
    differencePence: pence,
  })
  .meta({ id: "NotCompared" });

/**
 * `/api/metrics/what-changed`: where does the difference between any two periods come from? Everything delivered in both adds
 * up: total.differencePence = the lines' + notComparedPence + unreconciledPence, to the penny, and each line's four parts add up
 * to its difference.
 */
export const whatChangedAnswer = z
  .object({
    ...answerHead,
    by: whatChangedParams.shape.by.unwrap(),
    before: z
      .object({ from: businessDate, to: businessDate, days: z.int().min(1) })
      .describe("What the period is compared with."),
    pairedByDay: z
      .boolean()
      .describe(
        "True where both are equally long: each day is compared with its counterpart, like for like. False where they are " +
          "compared as wholes: `days` then is the part of having delivered more or fewer days, and bank holidays stay in.",
      ),
    total: z
      .object({
        nowPence: pence.describe("Everything delivered in the period."),
        beforePence: pence,
        differencePence: pence,
        ratio: ratio.nullable().describe("differencePence / beforePence; null when that is 0."),
        days: pence,
        visits: pence,
        itemsPerReceipt: pence,
        priceAndMix: pence,
        notComparedPence: pence.describe("Sum of `notCompared`."),
        unreconciledPence: pence.describe(
          "With by=product: sales less the prices of the items, of receipts that do not add up. Else 0.",
        ),
      })
      .describe("All cafés asked about. differencePence is the sum of the six parts below it."),
    lines: z.array(line).describe("Largest difference first, in either direction."),
    notCompared: z
      .array(notCompared)
      .describe(
        "Cafés, or days of them, with trade or a delivery due on one side only; never mixed in. Largest difference first.",
      ),
  })
  .meta({ id: "WhatChangedAnswer" });
export type WhatChangedAnswer = z.infer<typeof whatChangedAnswer>;
