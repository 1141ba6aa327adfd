import type { Scope } from "#core/scope.ts";
import type { ComparisonKind } from "../answer.ts";
import type { Question } from "../question.ts";
import { added, nobodysSides, type Sides } from "./comparison.ts";

/** With fewer others than this, a benchmark would come close to naming one café. */
export const fewestOthers = 3;

/** Whose figures a benchmark is made of. A café that has none, since it cannot be compared or did not sell, hides nobody. */
export interface Crowd {
  cafes: number;
  /** Those among them that the caller may not see. */
  strangers: number;
}

/** Other cafés, as far as they can be compared. */
export interface Others extends Sides, Crowd {}

const nobody: Others = { ...nobodysSides, cafes: 0, strangers: 0 };

/** The cafés that were not asked about, region by region; a region without one that can be compared is not there. */
export async function readOthers(question: Question, kind: ComparisonKind): Promise<Map<string, Others>> {
  const compared = (await question.otherOutcomes(kind)).filter(({ outcome }) => outcome === "compared");
  const regions = Map.groupBy(compared, ({ region }) => region);
  return new Map(
    [...regions].map(([region, cafes]) => [
      region,
      {
        ...cafes.reduce<Sides>(added, nobodysSides),
        cafes: cafes.length,
        strangers: cafes.filter(({ cafeId }) => !question.caller.has(cafeId)).length,
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
      cafes: sum.cafes + group.cafes,
      strangers: sum.strangers + group.strangers,
    };
  }
  return sum;
}

/**
 * The cafés of the chain that were not asked about, where it is worth reading them for a benchmark; null where it is not. Whether they are
 * {@link areEnough} depends on which of them are then found to have sold anything.
 */
export function othersToRead({ others: { chain }, caller }: Question): Scope | null {
  return caller.locationIds.length > 0 && chain.locationIds.length >= fewestOthers ? chain : null;
}

/**
 * Whether figures of so many cafés that the caller may not see give none of them away. Whoever knows the rest of a sum can subtract
 * it, so these have to be enough by themselves, or none.
 */
export function areAnonymous(strangers: number): boolean {
  return strangers === 0 || strangers >= fewestOthers;
}

/** Whether these may be shown as a benchmark. */
export function areEnough({ cafes, strangers }: Crowd): boolean {
  return cafes >= fewestOthers && areAnonymous(strangers);
}
