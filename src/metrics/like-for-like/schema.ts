import { z } from "zod";
import { answerHead, businessDate, change, comparisonKind, count, pence } from "../answer.ts";
import { leftOut } from "../comparison/left-out-schema.ts";

/**
 * `/api/metrics/like-for-like`: how do sales compare with the week and the year before, over nothing but café-days open and
 * delivered on both sides, and what is left out of that? `compare` only chooses the `comparison` in the head; both are always there.
 */
export const likeForLikeAnswer = z
  .object({
    ...answerHead,
    comparisons: z
      .array(
        z
          .object({
            kind: comparisonKind,
            from: businessDate.describe("First day of what the period is compared with."),
            to: businessDate,
            shiftDays: z.int(),
            cafesCompared: count.describe("Cafés with at least one day compared."),
            cafeDaysCompared: count,
            cafeDaysLeftOut: count,
            sales: change.nullable().describe("Pence; null when no day can be compared."),
            receipts: change.nullable(),
            averageSpend: change.nullable().describe("Mean pence a receipt."),
            itemsPerReceipt: change.nullable(),
            comparedPence: pence.describe(
              "Sales of the period in the comparison; with leftOutPence, everything delivered.",
            ),
            leftOutPence: pence,
            beforeComparedPence: pence,
            beforeLeftOutPence: pence,
          })
          .meta({ id: "LikeForLike" }),
      )
      .describe("-7 days, then -364 days."),
    excluded: z
      .array(leftOut.extend({ kind: comparisonKind.describe("The comparison it is left out of.") }))
      .describe(
        "Every exclusion, one for each comparison, café and reason, with its days and pounds. Cafés left out altogether first, then " +
          "most pounds.",
      ),
  })
  .meta({ id: "LikeForLikeAnswer" });
export type LikeForLikeAnswer = z.infer<typeof likeForLikeAnswer>;
