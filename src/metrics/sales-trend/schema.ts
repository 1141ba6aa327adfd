import { z } from "zod";
import { wholeNumber } from "#core/whole-number.ts";
import { answerHead, businessDate, change, count, pence, ratio } from "../answer.ts";

export const salesTrendParams = z.object({
  grain: z
    .enum(["day", "week"])
    .default("day")
    .describe("day, or week: blocks of seven days that end on the weekday of `to`."),
  last: wholeNumber(1, 400)
    .optional()
    .describe("Days (or weeks) shown up to `to`; default 28 days or 13 weeks. Never fewer than the period holds."),
});

const point = z
  .object({
    from: businessDate,
    to: businessDate.describe("Equals `from` for grain=day."),
    comparisonFrom: businessDate.nullable(),
    comparisonTo: businessDate.nullable(),
    totalPence: pence.nullable().describe("All that was delivered; null when nothing was."),
    receipts: count.nullable(),
    comparisonPence: pence.nullable().describe("All that was delivered in the counterpart; null when nothing was."),
    nowComparedPence: pence.nullable().describe("Like for like: the part of totalPence that has a counterpart."),
    beforeComparedPence: pence.nullable(),
    index: ratio
      .nullable()
      .describe("nowComparedPence / beforeComparedPence: 1.064 is 106.4 on the same week of last year = 100."),
    chainIndex: ratio
      .nullable()
      .describe(
        "The same for the whole chain; null too where only 1 or 2 of the cafés compared at this point are not the caller's to see.",
      ),
    cafeDaysIn: count,
    cafeDaysExpected: count,
  })
  .meta({ id: "TrendPoint" });

/** `/api/metrics/sales-trend`: sales day by day or week by week, with the comparison beside it. Oldest first, no gaps. */
export const salesTrendAnswer = z
  .object({
    ...answerHead,
    grain: z.enum(["day", "week"]),
    points: z.array(point),
    totalPence: pence.describe("Sum of the points."),
    total: change.nullable().describe("Like for like over all points, in pence."),
  })
  .meta({ id: "SalesTrendAnswer" });
export type SalesTrendAnswer = z.infer<typeof salesTrendAnswer>;
