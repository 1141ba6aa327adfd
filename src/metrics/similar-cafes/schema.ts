import { z } from "zod";
import { wholeNumber } from "#core/whole-number.ts";
import { answerHead, cafeRef, change, count, period, ratio } from "../answer.ts";

export const similarCafesParams = z.object({
  limit: wholeNumber(1, 100).default(5).describe("Most cafés listed."),
});

const between0And1 = z.number().min(0).max(1);

const distances = {
  distance: between0And1.describe("The mean of the three below: 0 is just like it, 1 is nothing like it."),
  volumeDistance: between0And1.describe(
    "1 - fewer receipts a day / more receipts a day: 0.5 is twice (or half) as many.",
  ),
  mixDistance: between0And1.describe("Share of items that would have to be of another category."),
  daypartDistance: between0And1.describe("Share of receipts that would have to be at another part of the day."),
};

const figures = {
  receiptsADay: z.number().describe("Mean receipts a delivered day, over `basis`."),
  averageSpendPence: z.number().nullable().describe("Mean pence a receipt, of the compared days of the period."),
  sales: change.nullable().describe("Of the period, like for like; null when no day can be compared."),
};

/**
 * `/api/metrics/similar-cafes`: which cafés are most like this one, and how do they do? By how much is sold, of what, and when.
 * Asks for one café. With compare=none it is answered as compare=year.
 */
export const similarCafesAnswer = z
  .object({
    ...answerHead,
    basis: period.describe("Likeness is judged on the 13 weeks up to the period's last day; on what there is of them."),
    criteria: z
      .array(z.object({ criterion: z.enum(["volume", "mix", "daypart"]), weight: ratio, meaning: z.string() }))
      .describe("What makes cafés alike."),
    fewestDays: z.int().describe("A café with fewer delivered days in `basis` is not judged."),
    cafe: cafeRef
      .extend(figures)
      .nullable()
      .describe("The café asked about; null when it has too few days, and then nothing is like it."),
    similar: z
      .array(cafeRef.extend({ rank: z.int(), ...distances, ...figures }).meta({ id: "SimilarCafe" }))
      .describe("Cafés the caller may see, most alike first."),
    peers: z
      .object({
        cafes: count.describe("Of the five cafés of the chain most like it, those that can be compared."),
        farthest: between0And1.describe("The distance of the least alike of the five."),
        salesRatio: ratio.nullable().describe("Their like-for-like change in sales."),
        averageSpendPence: z.number().nullable(),
      })
      .nullable()
      .describe(
        "As ratios over at least three cafés; null where too few, or 1 or 2 of them are not the caller's to see.",
      ),
  })
  .meta({ id: "SimilarCafesAnswer" });
export type SimilarCafesAnswer = z.infer<typeof similarCafesAnswer>;
