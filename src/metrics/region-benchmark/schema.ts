import { z } from "zod";
import { answerHead, change, count, ratio } from "../answer.ts";

const level = z.enum(["region", "nation", "chain"]);

const figures = {
  cafes: count.describe("Cafés that can be compared."),
  averageSpendPence: z.number().nullable().describe("Mean pence a receipt of the period, of compared café-days."),
  itemsPerReceipt: z.number().nullable(),
};

/**
 * `/api/metrics/region-benchmark`: how do the cafés asked about do against the others of their region? Where too few others of a
 * region can be compared, against those of its nation; where those are too few, against those of the chain; else against nobody.
 * With compare=none it is answered as compare=year.
 */
export const regionBenchmarkAnswer = z
  .object({
    ...answerHead,
    fewestOthers: z
      .int()
      .describe(
        "Others that a benchmark needs. Of those the caller may not see, this many or none, and as many beyond the regions and nations that " +
          "the caller is shown by themselves.",
      ),
    regions: z
      .array(
        z
          .object({
            region: z.string(),
            own: z
              .object({
                ...figures,
                sales: change.nullable().describe("Like for like, in pence; null when no day can be compared."),
                receipts: change.nullable(),
                averageSpend: change.nullable(),
                itemsPerReceiptChange: change.nullable(),
              })
              .describe("The cafés asked about in that region."),
            benchmark: z
              .object({
                level,
                name: z.string().describe("The region or the nation; 'Chain' for the chain."),
                ...figures,
                salesRatio: ratio.nullable().describe("Like for like; null when there were no sales before."),
                receiptsRatio: ratio.nullable(),
                averageSpendRatio: ratio.nullable(),
                itemsPerReceiptRatio: ratio.nullable(),
              })
              .nullable()
              .describe("Other cafés only, as ratios and means, on the same days. Null where all levels have too few."),
            tried: z
              .array(z.object({ level, name: z.string(), cafes: count, enough: z.boolean() }))
              .describe("Region, nation, chain, in that order, up to the one that is used."),
          })
          .meta({ id: "RegionBenchmark" }),
      )
      .describe("One for each region asked about, by name."),
  })
  .meta({ id: "RegionBenchmarkAnswer" });
export type RegionBenchmarkAnswer = z.infer<typeof regionBenchmarkAnswer>;
