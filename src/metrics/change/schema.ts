import { z } from "zod";
import { answerHead, cafeRef, pence } from "../answer.ts";

const cells = {
  cafes: z.array(z.object({ cafeId: z.int(), differencePence: pence })).describe("In the order of `cafes`."),
  differencePence: pence.describe("Over all cafés asked about: the row's total."),
};

/**
 * `/api/metrics/change`: where does the change in sales come from? Like for like, causes and times of day down, cafés
 * across; both add up to the same change, to the penny. With more than 12 cafés, `cafes` holds the 12 with the largest
 * change in either direction, and `others` the rest.
 */
export const changeAnswer = z
  .object({
    ...answerHead,
    cafes: z.array(cafeRef.extend({ nowPence: pence, beforePence: pence, differencePence: pence })),
    others: z.object({ cafes: z.int(), differencePence: pence }),
    nowPence: pence,
    beforePence: pence,
    differencePence: pence,
    byCause: z
      .array(z.object({ cause: z.enum(["visits", "items_per_receipt", "price_and_mix"]), ...cells }))
      .describe(
        "visits at the old spend; then items per receipt at the old price; price and mix is the rest. Per café, then summed.",
      ),
    byDaypart: z
      .array(z.object({ fromHour: z.int(), toHour: z.int().describe("Not included; 24 is midnight."), ...cells }))
      .describe("Before 11:00, 11:00 to 14:00, 14:00 to 17:00, after 17:00."),
  })
  .meta({ id: "ChangeAnswer" });
export type ChangeAnswer = z.infer<typeof changeAnswer>;
