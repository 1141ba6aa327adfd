import { z } from "zod";
import { businessDate, cafeRef, pence, trust } from "../answer.ts";
import { receiptHead } from "../day-receipts/schema.ts";

export const receiptParams = z.object({
  receipt: z
    .string()
    .regex(/^\d{1,19}$/, "a receipt id: digits")
    .describe("A receiptId from day-receipts. Outside the caller's scope, or gone: 404."),
});

/** `/api/metrics/receipt`: one receipt with its lines. No customer, ever. */
export const receiptAnswer = receiptHead
  .extend({
    cafe: cafeRef,
    date: businessDate,
    trust: trust.describe("Of its café's day."),
    linesPence: pence.describe("Sum of the lines that have a price."),
    lines: z.array(
      z.object({
        lineNumber: z.int(),
        name: z.string(),
        flavour: z.string().nullable(),
        size: z.string().describe("'regular', 'large' or 'standard'."),
        category: z.string(),
        pricePence: pence.nullable().describe("Null when the till wrote none that could be read."),
      }),
    ),
  })
  .meta({ id: "ReceiptAnswer" });
export type ReceiptAnswer = z.infer<typeof receiptAnswer>;
