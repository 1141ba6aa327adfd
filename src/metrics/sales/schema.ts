import { z } from "zod";
import { answerHead, businessDate, change, comparison, count, ratio, unit } from "../answer.ts";

const benchmarkedChange = change
  .extend({
    regionRatio: ratio
      .nullable()
      .describe(
        "The same change for the other cafés of the regions asked about; null when there are too few (see benchmarks).",
      ),
    chainRatio: ratio
      .nullable()
      .describe("The same change for all other cafés of the chain; null when there are too few."),
  })
  .meta({ id: "BenchmarkedChange" });

const measure = z
  .object({
    value: z
      .number()
      .nullable()
      .describe("Over everything delivered in the period; null when it cannot be worked out."),
    week: benchmarkedChange.nullable().describe("Against -7 days; null when nothing can be compared."),
    year: benchmarkedChange.nullable().describe("Against -364 days; null when nothing can be compared."),
    spark: z
      .array(
        z.object({
          from: businessDate,
          to: businessDate,
          value: z.number().nullable().describe("Null when no café had delivered."),
          complete: z
            .boolean()
            .describe("Every expected café-day had been delivered; false where it begins before the data does."),
        }),
      )
      .describe(
        "The period itself last, and its seven predecessors on the same weekdays, oldest first. Not like for like.",
      ),
  })
  .meta({ id: "Measure" });

const benchmark = z
  .object({
    names: z.array(z.string()).describe("The regions meant; empty for the chain."),
    cafesComparedWeek: count,
    cafesComparedYear: count,
    note: z
      .enum(["no_other_cafes", "too_few_cafes"])
      .nullable()
      .describe(
        "Why there is no benchmark: the selection is all there is, or fewer than 3 others could be compared, or 1 or 2 among " +
          "them, of a region or beyond those shown by themselves, are not the caller's to see.",
      ),
  })
  .describe("Other cafés only, so nobody is compared with themselves; as ratios, so no other café's sales are shown.")
  .meta({ id: "Benchmark" });

/** `/api/metrics/sales`: how did the cafés do? `compare` only chooses the `comparison` in the head; both are always there. */
export const salesAnswer = z
  .object({
    ...answerHead,
    comparisons: z.object({ week: comparison.nullable(), year: comparison.nullable() }),
    measures: z.object({
      sales: measure.meta({ description: "Pence.", [unit]: "pence" }),
      receipts: measure.describe("Receipts."),
      averageSpend: measure.meta({ description: "Mean pence a receipt, with fractions of a penny.", [unit]: "pence" }),
      itemsPerReceipt: measure.describe("Mean items a receipt."),
      identifiedCustomers: measure.describe(
        "Different customers known by a card or token. Spark: customer-days, that is the sum over cafés and days.",
      ),
      identifiedShare: measure.meta({
        description: "Receipts of identified customers / receipts. Its change is in points.",
        [unit]: "ratio",
      }),
    }),
    benchmarks: z.object({ region: benchmark, chain: benchmark }),
  })
  .meta({ id: "SalesAnswer" });
export type SalesAnswer = z.infer<typeof salesAnswer>;
