import { z } from "zod";
import { addDays, daysBetween, earlierOf, laterOf, mondayOf } from "#core/day.ts";
import { businessDate, count } from "./answer.ts";
import type { Question } from "./question.ts";

export const wholeWeeks = z
  .object({
    from: businessDate.describe("A Monday, or the first day with data."),
    to: businessDate.describe("A Sunday, or the last day with data."),
    weeks: count,
  })
  .describe("What is counted by the week is answered for the weeks, Monday to Sunday, that the period touches.")
  .meta({ id: "WholeWeeks" });

/** The weeks that the question's period touches, as far as there is data. */
export function wholeWeeksOf({ period, dates }: Question): z.infer<typeof wholeWeeks> {
  const [first, last] = [mondayOf(period.from), mondayOf(period.to)];
  return {
    from: laterOf(first, dates.first),
    to: earlierOf(addDays(last, 6), dates.last),
    weeks: daysBetween(first, last) / 7 + 1,
  };
}
