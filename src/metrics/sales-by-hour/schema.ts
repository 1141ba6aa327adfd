import { z } from "zod";
import { answerHead, count, period, ratio } from "../answer.ts";

const weekday = z.int().min(1).max(7).describe("Monday is 1.");
const level = {
  usual: z
    .number()
    .nullable()
    .describe(
      "Mean receipts on this weekday over the four weeks before the period: each café's mean over the days it delivered, " +
        "summed over cafés, so a missing day lowers nothing. Null when no café delivered such a day.",
    ),
  usualPerCafe: z.number().nullable().describe("The same, per café-day."),
  usualPence: z.number().nullable().describe("Mean sales in pence, taken as `usual` is."),
  period: z.number().nullable().describe("The same over the period itself; null when it holds no such weekday."),
  periodPerCafe: z.number().nullable(),
  periodPence: z.number().nullable().describe("Mean sales in pence, taken as `period` is."),
};

/** `/api/metrics/sales-by-hour`: when do people come? Receipts by weekday and hour of the local clock. */
export const salesByHourAnswer = z
  .object({
    ...answerHead,
    usual: period
      .nullable()
      .describe(
        "The four weeks before the period, fewer at the beginning of the data; null when nothing is before it.",
      ),
    usualCafeDaysIn: count,
    usualCafeDaysExpected: count,
    hours: z.array(z.int().min(0).max(23)).describe("The hours with trade, ascending, without gaps: the columns."),
    cells: z
      .array(z.object({ weekday, hour: z.int().min(0).max(23), ...level }).meta({ id: "HourCell" }))
      .describe("One for each weekday and each of `hours`."),
    weekdays: z
      .array(z.object({ weekday, ...level }).meta({ id: "WeekdayLevel" }))
      .describe("All day, Monday first; seven of them."),
    busiest: z.object({ weekday, hour: z.int() }).nullable().describe("The cell with the most usual receipts."),
    oddest: z
      .object({ weekday, hour: z.int(), usual: z.number(), period: z.number(), ratio: ratio.nullable() })
      .nullable()
      .describe(
        "Of the cells more than 2 standard errors of a Poisson count from usual, the one that most receipts lie between; null where there is none.",
      ),
  })
  .meta({ id: "SalesByHourAnswer" });
export type SalesByHourAnswer = z.infer<typeof salesByHourAnswer>;
