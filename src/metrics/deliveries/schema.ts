import { z } from "zod";
import { answerHead, businessDate, cafeRef, count, pence, ratio } from "../answer.ts";

const cafeDeliveries = cafeRef
  .extend({
    state: z
      .enum(["in", "part", "missing", "closed", "not_open"])
      .describe(
        "in: every expected day is there. part: some. missing: none. closed: a planned closure all period long.",
      ),
    daysExpected: count,
    daysIn: count,
    daysEmpty: count.describe("Days delivered with no receipt in them; part of daysIn."),
    missingDates: z.array(businessDate).describe("Ascending, at most 60."),
    closedDates: z.array(z.object({ date: businessDate, reason: z.string() })).describe("Planned closures, ascending."),
    restatedDates: z.array(businessDate).describe("Days corrected by a later file, ascending."),
    deliveredAt: z.string().nullable().describe("When the newest file of the period was loaded, ISO 8601 UTC."),
    lastDeliveredOn: businessDate
      .nullable()
      .describe("The café's last business date with a delivery, in or before the period."),
    receipts: count,
    totalPence: pence,
    reconciledReceipts: count,
    reconciledShare: ratio.nullable(),
    quarantinedRows: count,
    quarantinedPence: pence,
  })
  .meta({ id: "CafeDeliveries" });

const unusuallySmallDay = cafeRef
  .extend({
    date: businessDate,
    receipts: count.describe("What the café delivered for the day."),
    usualReceipts: count.describe(
      "What is usual for it: the mean of the same weekday over the eight weeks before, to the nearest receipt.",
    ),
  })
  .meta({ id: "UnusuallySmallDay" });

/** `/api/metrics/deliveries`: which cafés are in, and how good is what they sent? */
export const deliveriesAnswer = z
  .object({
    ...answerHead,
    cafes: z.array(cafeDeliveries).describe("Missing first, then part, then the rest; by name within each."),
    unusuallySmall: z
      .array(unusuallySmallDay)
      .describe(
        "Café-days delivered with under a third of the receipts usual for that café and weekday: the file may have been cut off. " +
          "Latest first.",
      ),
    unassigned: z
      .object({ rows: count, files: count, pence })
      .describe(
        "Refused rows and files of the period that name no known café; those that name no day either are told of every period. Only for " +
          "those who may see every café and ask about all of them; else zeros.",
      ),
  })
  .meta({ id: "DeliveriesAnswer" });
export type DeliveriesAnswer = z.infer<typeof deliveriesAnswer>;
