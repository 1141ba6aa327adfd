import type { ComparisonKind } from "../answer.ts";
import { added, type ComparedTotals, comparisonFrom, type Sides, totalsOf } from "../comparison/comparison.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import type { SalesAnswer } from "./schema.ts";

const othersStatement = statementOf(new URL("./others.sql", import.meta.url));

/** With fewer others than this, a benchmark would come close to naming one café. */
export const fewestOthers = 3;

/** Other cafés, as far as they can be compared. */
export type Others = Sides & { cafesCompared: number };

const nobody: Others = { ...totalsOf([]) };

/** A period against one of its counterparts: the cafés asked about, and the others. */
export interface Against {
  comparison: SalesAnswer["comparisons"]["week"];
  own: ComparedTotals;
  region: Others | null;
  chain: Others | null;
}

/** The comparison of that kind. Its customers are counted once a café and day. */
export async function against(question: Question, kind: ComparisonKind): Promise<Against> {
  const [outcomes, others] = await Promise.all([question.outcomes(kind), othersOf(question, kind)]);
  const own = totalsOf(outcomes);
  return { comparison: comparisonFrom(question, kind, own), own, ...others };
}

/** The others of the same regions, and of the whole chain; null where there are none at all. */
async function othersOf(question: Question, kind: ComparisonKind): Promise<Pick<Against, "region" | "chain">> {
  const { region, chain } = question.others;
  if (chain.locationIds.length === 0) return { region: null, chain: null };
  const rows = await question.query<Others & { inRegions: number }>(othersStatement, {
    scope: chain,
    comparison: question.counterpart(kind),
    params: { regions: `|${question.regions.join("|")}|` },
  });
  const inRegions = rows.find((row) => row.inRegions === 1);
  const elsewhere = rows.find((row) => row.inRegions === 0);
  return {
    region: region.locationIds.length === 0 ? null : (inRegions ?? nobody),
    chain: {
      ...added(inRegions ?? nobody, elsewhere ?? nobody),
      cafesCompared: (inRegions?.cafesCompared ?? 0) + (elsewhere?.cafesCompared ?? 0),
    },
  };
}

/** How a benchmark came about, or why there is none. */
export function benchmarkOf(
  names: readonly string[],
  week: Others | null,
  year: Others | null,
): SalesAnswer["benchmarks"]["region"] {
  const cafesComparedWeek = week?.cafesCompared ?? 0;
  const cafesComparedYear = year?.cafesCompared ?? 0;
  const enough = Math.max(cafesComparedWeek, cafesComparedYear) >= fewestOthers;
  const note = week === null ? "no_other_cafes" : enough ? null : "too_few_cafes";
  return { names: [...names], cafesComparedWeek, cafesComparedYear, note };
}
