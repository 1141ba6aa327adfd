import type { Ownership } from "#core/cafes/cafe-book.ts";
import { addDays } from "#core/day.ts";

type Owners = readonly Ownership[];

/**
 * The owners of a café, with one who has it from a day on. Said again, an ownership takes the place of what was said of it before.
 * One without an end lasts until somebody else has it, whichever of the two is said first.
 */
export function withOwner(owners: Owners, { owner, from, to }: Ownership): { owners: Ownership[]; added: Ownership } {
  const others = owners
    .filter((other) => !isSame(other, { owner, from }))
    .map((other) => (other.to === undefined && other.from < from ? { ...other, to: addDays(from, -1) } : other));
  const [next] = others.filter((other) => other.from > from).sort(byStart);
  const until = to ?? (next && addDays(next.from, -1));
  const added = { owner, from, ...(until === undefined ? {} : { to: until }) };
  return { owners: [...others, added].sort(byStart), added };
}

/**
 * The owners of a café without one of them.
 *
 * @returns them, and who had it until the day before, whose end may have been set by the one who goes; undefined where there is no such owner
 */
export function withoutOwner(
  owners: Owners,
  gone: Pick<Ownership, "owner" | "from">,
): { owners: Ownership[]; before: Ownership | undefined } | undefined {
  const left = owners.filter((one) => !isSame(one, gone));
  if (left.length === owners.length) return undefined;
  return { owners: left, before: left.find(({ to }) => to === addDays(gone.from, -1)) };
}

/** Whoever has a café on a day. */
export function ownerOn(owners: Owners, date: string): string | undefined {
  return owners.find(({ from, to }) => from <= date && (to === undefined || date <= to))?.owner;
}

function isSame(one: Pick<Ownership, "owner" | "from">, other: Pick<Ownership, "owner" | "from">): boolean {
  return one.owner === other.owner && one.from === other.from;
}

function byStart(one: Ownership, other: Ownership): number {
  return one.from < other.from ? -1 : 1;
}
