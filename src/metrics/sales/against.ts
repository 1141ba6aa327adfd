import type { ComparisonKind } from "../answer.ts";
import { type ComparedTotals, comparisonFrom, totalsOf } from "../comparison/comparison.ts";
import { areEnough, type Others, ofRegions, readOthers } from "../comparison/others.ts";
import type { Question } from "../question.ts";
import type { SalesAnswer } from "./schema.ts";

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
  const others = await readOthers(question, kind);
  return {
    region: region.locationIds.length === 0 ? null : ofRegions(question.regions, others),
    chain: chain.locationIds.length === 0 ? null : others.chain,
  };
}

/** How a benchmark came about, or why there is none. */
export function benchmarkOf(
  names: readonly string[],
  week: Others | null,
  year: Others | null,
): SalesAnswer["benchmarks"]["region"] {
  const cafesComparedWeek = week?.cafes ?? 0;
  const cafesComparedYear = year?.cafes ?? 0;
  const enough = [week, year].some((others) => others !== null && areEnough(others));
  const note = week === null ? "no_other_cafes" : enough ? null : "too_few_cafes";
  return { names: [...names], cafesComparedWeek, cafesComparedYear, note };
}
