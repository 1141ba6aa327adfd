import { z } from "zod";
import { wholeNumber } from "#core/whole-number.ts";
import { businessDate, cafeRef, count, pence, trust } from "../answer.ts";

export const dayReceiptsParams = z.object({
  cafe: wholeNumber(1, 2_147_483_647).describe("One café's id. Outside the caller's scope: 404."),
  date: businessDate,
  page: wholeNumber(1, 100_000).default(1),
  pageSize: wholeNumber(1, 200).default(50),
});

export const receiptHead = z
  .object({
    receiptId: z.string().describe("Digits. It names the receipt until its day is corrected by a later file."),
    time: z.string().describe("Local time of sale, HH:MM:SS."),
    totalPence: pence,
    paymentMethod: z.string().describe("'CARD' or 'CASH'."),
    items: count,
    reconciled: z.boolean().describe("The lines add up to the total."),
  })
  .meta({ id: "ReceiptHead" });

/** `/api/metrics/day-receipts`: the receipts of one café and day, in order of time. No customer, ever. */
export const dayReceiptsAnswer = z
  .object({
    cafe: cafeRef,
    date: businessDate,
    trust,
    receipts: z.array(receiptHead),
    totalReceipts: count,
    totalPence: pence.describe("Of the whole day, not of the page."),
    page: z.int(),
    pageSize: z.int(),
    pages: z.int().describe("At least 1."),
  })
  .meta({ id: "DayReceiptsAnswer" });
export type DayReceiptsAnswer = z.infer<typeof dayReceiptsAnswer>;
