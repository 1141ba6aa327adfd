import { z } from "zod";
import { day } from "#core/day.ts";

/**
 * The words every answer shares. Money is whole pence unless a field says it is a mean; shares and changes are ratios
 * (0.041 is 4.1 %); dates are business dates, `YYYY-MM-DD`; weekdays count from Monday = 1.
 */

export const businessDate = day.describe("A business date, YYYY-MM-DD.");

/** `x-unit` says how a number is written for people; it stays with a field that says more of itself. */
export const unit = "x-unit";
export type Unit = "pence" | "ratio";

export const pence = z.int().meta({ description: "Whole pence.", [unit]: "pence" });
export const count = z.int().min(0);
export const ratio = z.number().meta({ description: "A ratio: 0.041 is 4.1 %.", [unit]: "ratio" });

export const period = z
  .object({
    from: businessDate.describe("First day."),
    to: businessDate.describe("Last day, included. Never later than the last day with data, whatever was asked for."),
    days: z.int().min(1).describe("Days from first to last, both included."),
  })
  .describe("The period an answer is about.")
  .meta({ id: "Period" });
export type Period = z.infer<typeof period>;

export const comparisonKind = z.enum(["week", "year"]);
export type ComparisonKind = z.infer<typeof comparisonKind>;

export const comparison = z
  .object({
    kind: comparisonKind,
    from: businessDate,
    to: businessDate,
    shiftDays: z
      .int()
      .describe(
        "How far back each day's counterpart lies: -7 or -364, or the next multiple of it that is at least as long as the " +
          "period (28 days against the 28 before: -28), so that the two never overlap and weekdays always match.",
      ),
    cafesCompared: count.describe("Cafés with at least one day in the comparison."),
    cafeDaysCompared: count.describe(
      "Café-days open and delivered on both sides, with no bank holiday on one side only.",
    ),
    cafeDaysLeftOut: count.describe("Café-days left out of both sides; the league lists them with reasons and pounds."),
  })
  .describe("What the period is compared with, like for like.")
  .meta({ id: "Comparison" });
export type Comparison = z.infer<typeof comparison>;

export const change = z
  .object({
    now: z.number().describe("The period, over the compared café-days only."),
    before: z.number().describe("The same café-days in the comparison."),
    difference: z
      .number()
      .describe("now - before, in the measure's own unit (for a share: in points, 0.01 = 1 point)."),
    ratio: ratio.nullable().describe("difference / before; null when before is 0."),
  })
  .describe("A like-for-like change: a café that has not delivered leaves both sides, it never reads -100 %.")
  .meta({ id: "Change" });
export type Change = z.infer<typeof change>;

export const trust = z
  .object({
    cafesIn: count.describe("Cafés that delivered every day expected of them in the period."),
    cafesExpected: count.describe(
      "Cafés expected on at least one day: open by then, not closed for good, no planned closure.",
    ),
    cafeDaysIn: count.describe("Café-days delivered. An empty delivery counts: it is not the same as a missing one."),
    cafeDaysExpected: count,
    missing: z
      .array(z.object({ cafeId: z.int(), name: z.string(), days: count, lastMissingOn: businessDate }))
      .describe("Cafés with days missing, most days first, at most 20. `/api/metrics/deliveries` has all of them."),
    receipts: count,
    reconciledReceipts: count.describe("Receipts whose lines add up to their total."),
    reconciledShare: ratio.nullable().describe("reconciledReceipts / receipts; null without receipts."),
    restated: z
      .array(z.object({ date: businessDate, cafes: count }))
      .describe("Days of which at least one café sent a corrected file after the first, latest day first, at most 31."),
    quarantinedRows: count.describe("Rows refused in deliveries of the period, a refused file counting as one."),
    quarantinedPence: pence.describe("Pounds waiting in refused rows whose total could be read."),
  })
  .describe("How far the figures beside it can be trusted. Sits on every metric.")
  .meta({ id: "Trust" });
export type Trust = z.infer<typeof trust>;

export const cafeRef = z
  .object({ cafeId: z.int(), name: z.string(), region: z.string() })
  .describe("A café.")
  .meta({ id: "CafeRef" });

/** The parts that every metric's answer begins with. */
export const answerHead = {
  period,
  comparison: comparison
    .nullable()
    .describe("The comparison that was asked for; null for compare=none and when no day can be compared."),
  trust,
};
