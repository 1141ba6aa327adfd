import type { Directory } from "#metrics/directory.ts";
import { ParameterError } from "#metrics/errors.ts";
import type { Metric } from "#metrics/metric.ts";
import type { Question } from "#metrics/question.ts";
import { asCsv, columnsOf, listsOf, rowsOf } from "./csv.ts";
import type { MetricQuery } from "./metric-definitions.ts";
import type { ReadingRoom } from "./reading-room.ts";

/** A metric that was asked for, with all that its answer follows from. */
export interface MetricWork {
  readonly metric: Metric<unknown, object>;
  readonly query: MetricQuery;
  readonly directory: Directory;
  readonly question: Question;
}

/** Names the answer before it is there. */
export function tagOf(room: ReadingRoom, { metric, query, directory, question }: MetricWork): string {
  return room.tagOf(directory, question, metric.name, ownParams(query));
}

/** The answer as JSON text: the same for whoever asks, by whatever way. */
export async function jsonOf(room: ReadingRoom, work: MetricWork): Promise<string> {
  return await room.answer(tagOf(room, work), () => work.metric.run(work.question, work.query));
}

/**
 * One list of an answer as CSV: the one that `table` names, else the metric's main one.
 *
 * @throws ParameterError when the answer has no such list, naming those it has
 */
export function csvOf({ metric, query }: Pick<MetricWork, "metric" | "query">, answer: object) {
  const table = query.table ?? metric.table;
  const rows = rowsOf(metric.answer, answer, table);
  if (rows === undefined) {
    throw new ParameterError(
      "table",
      "`table` names no list of this answer.",
      `It has: ${listsOf(metric.answer).join(", ")}.`,
    );
  }
  return { table, csv: asCsv(rows, columnsOf(metric.answer, table)) };
}

/** The parameters that are the metric's own: the others are in the question, or only shape the reply. */
function ownParams({ from, to, compare, region, format, table, ...own }: MetricQuery): object {
  return own;
}
