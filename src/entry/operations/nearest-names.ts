import { distance } from "fastest-levenshtein";

/** The most names that one sentence offers. */
const offered = 5;

/**
 * What to do about a name that nobody has: the names that come near it, nearest first.
 *
 * @param otherwise what to say when none does
 */
export function didYouMean(name: string, names: Iterable<string>, otherwise: string): string {
  const plain = name.trim().toLowerCase();
  const near = [...names]
    .map((other) => ({ other, far: distance(plain, other.toLowerCase()), within: other.toLowerCase().includes(plain) }))
    .filter(({ other, far, within }) => within || far <= Math.max(2, Math.floor(other.length / 3)))
    .sort((one, two) => one.far - two.far || (one.other < two.other ? -1 : 1))
    .slice(0, offered);
  return near.length > 0 ? `Did you mean ${near.map(({ other }) => other).join(", ")}?` : otherwise;
}
