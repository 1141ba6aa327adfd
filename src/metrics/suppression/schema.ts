import { z } from "zod";
import { answerHead, count } from "../answer.ts";

/** The switch of every customer metric. */
export const customerParams = z.object({
  names: z
    .enum(["yes", "no"])
    .default("no")
    .describe(
      "yes: count customers known only by a name at one café too, which is weaker evidence than a card. Everybody else is unknown.",
    ),
});
export type CustomerParams = z.output<typeof customerParams>;

/** What every breakdown of customers begins with. Its period is the 13 weeks it answers for, whatever was asked. */
export const breakdownHead = {
  ...answerHead,
  suppressed: z
    .boolean()
    .describe(
      "Below head office: cells of fewer than 10 customers are withheld (null), and so is what would give them away by subtraction.",
    ),
};

/** A number of customers that may be withheld. */
export const cell = count.nullable().describe("Customers; null where withheld.");
