import type { Scope } from "#core/scope.ts";
import type { ComparisonKind } from "../answer.ts";
import type { Question } from "../question.ts";
import { added, nobodysSides, type Sides } from "./comparison.ts";

/** With fewer others than this, a benchmark would come close to naming one café. */
export const fewestOthers = 3;

/** Other cafés, as far as they can be compared. */
export interface Others extends Sides {
  cafesCompared: number;
  /** Those among them that the caller may not see. */
  strangersCompared: number;
}

const nobody: Others = { ...nobodysSides, cafesCompared: 0, strangersCompared: 0 };

/** The cafés that were not asked about, region by region; a region without one that can be compared is not there. */
export async function readOthers(question: Question, kind: ComparisonKind): Promise<Map<string, Others>> {
  const compared = (await question.otherOutcomes(kind)).filter(({ outcome }) => outcome === "compared");
  const regions = Map.groupBy(compared, ({ region }) => region);
  return new Map(
    [...regions].map(([region, cafes]) => [
      region,
      {
        ...cafes.reduce<Sides>(added, nobodysSides),
        cafesCompared: cafes.length,
        strangersCompared: cafes.filter(({ cafeId }) => !question.caller.has(cafeId)).length,
      },
    ]),
  );
}

/** The others of several regions together. */
export function together(groups: Iterable<Others | undefined>): Others {
  let sum = nobody;
  for (const group of groups) {
    if (group === undefined) continue;
    sum = {
      ...added(sum, group),
      cafesCompared: sum.cafesCompared + group.cafesCompared,
      strangersCompared: sum.strangersCompared + group.strangersCompared,
    };
  }
  return sum;
}

/** The cafés of the chain that were not asked about, where they may be shown as a benchmark at all; null where they may not. */
export function othersToShow({ others: { chain }, caller }: Question): Scope | null {
  if (caller.locationIds.length === 0) return null;
  const strangers = chain.locationIds.filter((id) => !caller.has(id));
  const enough = areEnough({ cafesCompared: chain.locationIds.length, strangersCompared: strangers.length });
  return enough ? chain : null;
}

/**
 * Whether figures of so many cafés that the caller may not see give none of them away. Whoever knows the rest of a sum can subtract
 * it, so these have to be enough by themselves, or none.
 */
export function areAnonymous(strangers: number): boolean {
  return strangers === 0 || strangers >= fewestOthers;
}

/** Whether these may be shown as a benchmark. */
export function areEnough(others: Pick<Others, "cafesCompared" | "strangersCompared">): boolean {
  return others.cafesCompared >= fewestOthers && areAnonymous(others.strangersCompared);
}
