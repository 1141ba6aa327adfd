import { z } from "zod";
import { answerHead, businessDate, cafeRef, change, count, pence, ratio, unit } from "../answer.ts";
import { leftOut } from "../comparison/left-out-schema.ts";

const sparkWeek = z.object({
  to: businessDate.describe("The last day of a block of seven."),
  nowPence: pence.nullable().describe("Like for like with beforePence; null when no day of the week can be compared."),
  beforePence: pence.nullable(),
});

const leagueFigures = {
  totalPence: pence.describe("Everything delivered in the period; comparedPence plus what is left out."),
  comparedPence: pence.describe("Sales of the compared café-days. Rank and change rest on these."),
  beforePence: pence.describe("Sales of the same café-days in the comparison."),
  change: change.nullable().describe("comparedPence against beforePence; null when no day can be compared."),
  receipts: count.describe("Of everything delivered."),
  receiptsChange: change.nullable(),
  averageSpendPence: z
    .number()
    .meta({ [unit]: "pence" })
    .nullable()
    .describe("Mean pence a receipt, of everything delivered."),
  averageSpendChange: change.nullable(),
  identifiedShare: ratio.nullable(),
  identifiedShareChange: change
    .meta({ [unit]: "ratio" })
    .nullable()
    .describe("In points."),
  daysCompared: count.describe("Café-days compared."),
  daysExpected: count.describe("Café-days in the period on which the café was open, or had a counterpart that was."),
  missingDays: count.describe("Café-days expected in the period and not delivered: a hollow dot on the map."),
  spark: z
    .array(sparkWeek)
    .describe(
      "13 weeks up to `to`, oldest first, each like for like against the week before it, or the same week of the year before with " +
        "compare=year, however long the period is.",
    ),
};

const cafeRow = cafeRef
  .extend({
    rank: z.int().nullable().describe("1 is the largest change ratio; null for a café that is left out altogether."),
    ...leagueFigures,
  })
  .meta({ id: "LeagueCafe" });

const cafeCounts = {
  cafes: count.describe("Cafés that the caller may see and that traded in the period or the comparison."),
  cafesCompared: count.describe("Cafés with at least one day compared: those whose sales are in comparedPence."),
  cafesPartlyCompared: count.describe("Those of cafesCompared with some days left out."),
};

const regionRow = z
  .object({
    region: z.string(),
    rank: z.int().nullable(),
    ...cafeCounts,
    ...leagueFigures,
  })
  .meta({ id: "LeagueRegion" });

/**
 * `/api/metrics/league`: who grows and who does not, like for like? Only café-days open and delivered on both sides count;
 * a bank holiday on one side only takes the day out. comparedPence + leftOutPence = totalPence, to the penny, on both
 * sides. With compare=none it is answered as compare=year.
 */
export const leagueAnswer = z
  .object({
    ...answerHead,
    total: z.object({ ...cafeCounts, ...leagueFigures }).describe("All cafés asked about."),
    regions: z.array(regionRow).describe("By rank, regions without a comparison last."),
    cafes: z.array(cafeRow).describe("By rank, cafés without a comparison last."),
    leftOut: z
      .array(leftOut)
      .describe("One for each café and reason; cafés left out altogether first, then most pounds."),
    sums: z.object({
      comparedPence: pence,
      leftOutPence: pence,
      totalPence: pence,
      beforeComparedPence: pence,
      beforeLeftOutPence: pence,
      beforeTotalPence: pence,
    }),
  })
  .meta({ id: "LeagueAnswer" });
export type LeagueAnswer = z.infer<typeof leagueAnswer>;
