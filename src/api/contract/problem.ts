import { z } from "@hono/zod-openapi";

/**
 * Every error the API answers with: RFC 9457, `application/problem+json`. `type` says which kind it is; show `title`,
 * `next` and `id`. `detail` never holds a stack or a value from the data.
 */
export const problem = z
  .object({
    type: z
      .enum([
        "/problems/parameters",
        "/problems/body",
        "/problems/signed-out",
        "/problems/link-used",
        "/problems/cross-site",
        "/problems/too-large",
        "/problems/host",
        "/problems/not-found",
        "/problems/method",
        "/problems/no-data",
        "/problems/busy",
        "/problems/internal",
      ])
      .describe(
        "parameters 400 · body 400 (what was sent cannot be read) · signed-out 401 · link-used 403 · cross-site 403 · too-large 413 · " +
          "host 421 · not-found 404 (also for a café outside the scope) · method 405 · no-data 404 (nothing loaded for these dates) · busy 503 · " +
          "internal 500",
      ),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    next: z.string().describe("What the reader should do now, as a full sentence."),
    id: z.string().describe("Names this one occurrence; the server's log has the rest under it."),
    errors: z.array(z.object({ parameter: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof problem>;
export type ProblemType = Problem["type"];
