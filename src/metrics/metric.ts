import type { z } from "zod";
import type { Question } from "./question.ts";

/** One business question, defined once for the API, the pages, the command line and exports. */
export interface Metric<Params, Answer> {
  /** The word that travels from SQL to route to page. */
  readonly name: string;
  /** What the reader wants to know. */
  readonly question: string;
  /** How the figures are worked out. */
  readonly formula: string;
  readonly grain: string;
  readonly units: string;
  /** What is withheld, and from whom. */
  readonly suppression: string;
  readonly answer: z.ZodType<Answer>;
  /** The list of the answer that is exported unless another is named. */
  readonly table: string;
  run(question: Question, params: Params): Promise<Answer>;
}
