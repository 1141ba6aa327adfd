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

/**
 * The others that a benchmark may be of. The strangers of a nation and of the chain are those who are left when the levels within it that
 * this caller may be shown, by whatever question, are subtracted.
 */
export interface OthersByLevel {
  regions: ReadonlyMap<string, Others>;
  nations: ReadonlyMap<string, Others>;
  chain: Others;
}

/** The others where there are none that can be compared. */
export const nobody: Others = { ...nobodysSides, cafes: 0, strangers: 0 };

/** The cafés that were not asked about; a region or nation without one that can be compared is not there. */
export async function readOthers(question: Question, kind: ComparisonKind): Promise<OthersByLevel> {
  const compared = (await question.otherOutcomes(kind)).filter(({ outcome }) => outcome === "compared");
  const regions = new Map(
    [...Map.groupBy(compared, ({ region }) => region)].map(([region, cafes]) => [
      region,
      {
        ...cafes.reduce<Sides>(added, nobodysSides),
        cafes: cafes.length,
        strangers: cafes.filter(({ cafeId }) => !question.caller.has(cafeId)).length,
      },
    ]),
  );
  const countryOf = (region: string) => question.countries.get(region);
  const visible = [...new Set(question.visibleCafes.map(({ region }) => region))];
  // A nation stands in for a region that cannot be shown.
  const standingIn = new Set(visible.filter((region) => !isShown(regions.get(region))).map(countryOf));
  const nations = new Map<string, Others>();
  const parts: Others[] = [];
  for (const [country, names] of Map.groupBy(regions.keys(), countryOf)) {
    const nation = together(
      names.map((name) => (visible.includes(name) ? leftOf(regions.get(name)) : regions.get(name))),
    );
    if (country !== undefined) nations.set(country, nation);
    parts.push(country !== undefined && standingIn.has(country) ? leftOf(nation) : nation);
  }
  return { regions, nations, chain: together(parts) };
}

/**
 * The others of these regions, which the caller may ask about one by one or any of them together: the strangers are those of the region
 * that has the fewest, if it has any.
 */
export function ofRegions(names: readonly string[], { regions }: OthersByLevel): Others {
  const groups = names.flatMap((name) => regions.get(name) ?? []);
  const [fewest = 0] = groups
    .map(({ strangers }) => strangers)
    .filter((strangers) => strangers > 0)
    .sort((one, other) => one - other);
  return { ...together(groups), strangers: fewest };
}

/** The others of several parts together. */
function together(groups: Iterable<Others | undefined>): Others {
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

/** Others as a part of more of them: where they are shown by themselves, none of their strangers are left. */
function leftOf(others: Others = nobody): Others {
  return isShown(others) ? { ...others, strangers: 0 } : others;
}

function isShown(others: Others | undefined): boolean {
  return (others?.strangers ?? 0) >= fewestOthers;
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
