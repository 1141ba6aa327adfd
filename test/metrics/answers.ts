import { askedIn, type MetricDefinition, type MetricQuery } from "#api/metric-definitions.ts";
import { InfinityError } from "#core/errors.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import { Scope } from "#core/scope.ts";
import { ask } from "#metrics/ask.ts";
import type { Directory } from "#metrics/directory.ts";
import type { Question } from "#metrics/question.ts";

/** As the API does, metrics share what was worked out for a question: what every answer begins with is compared once. */
const questions = new Map<Warehouse, Map<string, Question>>();

function questionOf(warehouse: Warehouse, directory: Directory, query: MetricQuery): Question {
  const asked = askedIn(query);
  const known = questions.get(warehouse) ?? new Map<string, Question>();
  questions.set(warehouse, known);
  const key = JSON.stringify(asked);
  const everyone = new Scope(directory.cafes.map((cafe) => cafe.cafeId));
  const question = known.get(key) ?? ask(warehouse, directory, everyone, asked);
  known.set(key, question);
  return question;
}

/** A metric's answer, or the words in which it refuses one. */
export async function answerOf(
  warehouse: Warehouse,
  directory: Directory,
  { metric, parameters }: MetricDefinition,
  params: Record<string, string>,
): Promise<unknown> {
  try {
    const query = parameters.parse(params) as unknown as MetricQuery;
    const answer = await metric.run(questionOf(warehouse, directory, query), query);
    return JSON.parse(JSON.stringify(answer), rounded);
  } catch (error) {
    // What one refuses, the other must refuse in the same words; anything else is a failure of the test.
    if (error instanceof InfinityError && error.constructor.name !== "TransientError") return error.message;
    throw error;
  }
}

/** Fractions are sums and quotients of the same numbers, perhaps in another order: twelve digits of them are the same. */
function rounded(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(12)) : value;
}
