import { z } from "zod";
import { businessDate, cafeRef, count, pence } from "../answer.ts";

/** Why a café and day leaves both sides of a comparison. */
export const leftOutReason = z
  .enum([
    "opened",
    "closed_for_good",
    "closure",
    "closure_before",
    "not_delivered",
    "not_delivered_before",
    "bank_holiday",
  ])
  .describe(
    "opened: not open yet in the comparison. closed_for_good: shut since. closure, closure_before: a planned closure in the " +
      "period, or in the comparison. not_delivered, not_delivered_before: no file. bank_holiday: a bank holiday where the " +
      "café is, on one side only.",
  );

/** What is in neither side of a comparison, for a café and a reason. */
export const leftOut = cafeRef
  .extend({
    reason: leftOutReason,
    detail: z.string().nullable().describe("The reason of a closure, or the name of the bank holiday."),
    since: businessDate
      .nullable()
      .describe("For `opened`: the first day. For `closed_for_good`: the first day without trade."),
    dates: z.array(businessDate).describe("The days of the period left out, ascending."),
    comparisonDates: z.array(businessDate).describe("Their counterparts, in the same order."),
    days: count,
    altogether: z.boolean().describe("No day of this café is compared."),
    totalPence: pence.describe("Sales of the period left out by this."),
    beforePence: pence.describe("Sales of the comparison left out by this."),
  })
  .meta({ id: "LeftOut" });
export type LeftOut = z.infer<typeof leftOut>;
