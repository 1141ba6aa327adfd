import { z } from "zod";
import { cafeRef, count, ratio } from "../answer.ts";
import { breakdownHead, cell } from "../suppression/schema.ts";

/** `/api/metrics/shared-customers`: which cafés share customers? */
export const sharedCustomersAnswer = z
  .object({
    ...breakdownHead,
    customers: count.describe("Identified customers of the cafés asked about, in the 13 weeks."),
    shared: cell.describe("Of them, seen at another café too that the caller may see; null where withheld."),
    sharedShare: ratio.nullable(),
    pairs: z
      .array(
        z.object({
          cafe: cafeRef.describe("One asked about."),
          other: cafeRef.describe("Another the caller may see."),
          customers: count,
          share: ratio
            .nullable()
            .describe("customers / identified customers of the café asked about; null where withheld."),
        }),
      )
      .describe("Most shared customers first, at most 50; below head office only where 10 or more are shared."),
  })
  .meta({ id: "SharedCustomersAnswer" });
export type SharedCustomersAnswer = z.infer<typeof sharedCustomersAnswer>;
