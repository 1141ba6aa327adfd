import { z } from "zod";
import { answerHead, change, count, pence, ratio } from "../answer.ts";

const figures = {
  totalPence: pence.describe("Of everything delivered in the period."),
  receipts: count,
  items: count,
  averageSpendPence: z.number().nullable().describe("Mean pence a receipt; null without receipts."),
  itemsPerReceipt: z.number().nullable().describe("Mean items a receipt; null without receipts."),
  salesChange: change.nullable().describe("Like for like, in pence; null when no day can be compared."),
  receiptsChange: change.nullable(),
  averageSpendChange: change.nullable(),
  itemsPerReceiptChange: change.nullable(),
};

/** `/api/metrics/dayparts`: which parts of the day make the sales, and how does that change? */
export const daypartsAnswer = z
  .object({
    ...answerHead,
    dayparts: z
      .array(
        z
          .object({
            fromHour: z.int(),
            toHour: z.int().describe("Not included; 24 is midnight."),
            share: ratio.nullable().describe("totalPence / sales of the whole day; null without sales."),
            ...figures,
          })
          .meta({ id: "Daypart" }),
      )
      .describe("Before 11:00, 11:00 to 14:00, 14:00 to 17:00, after 17:00: always all four."),
    total: z.object(figures).describe("The whole day."),
  })
  .meta({ id: "DaypartsAnswer" });
export type DaypartsAnswer = z.infer<typeof daypartsAnswer>;
