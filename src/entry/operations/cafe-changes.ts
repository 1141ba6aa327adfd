import { z } from "zod";
import { shortText, tillName } from "#core/cafes/cafe-book.ts";
import { day } from "#core/day.ts";
import { RefusedError } from "#core/errors.ts";

/** What a person says about a café, as the command line, the door and one day the dashboard pass it on. */
export const cafeChange = z.discriminatedUnion("change", [
  /** Call it something else; what its till writes stays known. */
  z.strictObject({ change: z.literal("rename"), cafe: tillName, name: shortText }),
  /** `from` is a misspelling, or another name, of `into`. */
  z.strictObject({ change: z.literal("merge"), from: tillName, into: tillName }),
  /** A name is a café of its own again: from the next rebuild. */
  z.strictObject({ change: z.literal("unmerge"), name: tillName }),
  z.strictObject({
    change: z.literal("place"),
    cafe: tillName,
    /** A place of the gazetteer, such as "Ashford, Kent". */
    at: shortText.optional(),
    region: shortText.optional(),
    latitude: z.number().optional(),
    longitude: z.number().optional(),
  }),
  /** Without a day, the date is taken back. */
  z.strictObject({ change: z.literal("open"), cafe: tillName, on: day.optional() }),
  z.strictObject({ change: z.literal("close"), cafe: tillName, on: day.optional() }),
  /** Without a café, every café. */
  z.strictObject({
    change: z.literal("closure"),
    cafe: tillName.optional(),
    from: day,
    to: day.optional(),
    reason: shortText,
  }),
  z.strictObject({ change: z.literal("no-closure"), cafe: tillName.optional(), from: day, to: day.optional() }),
  z.strictObject({ change: z.literal("own"), cafe: tillName, owner: shortText, from: day, to: day.optional() }),
  z.strictObject({ change: z.literal("disown"), cafe: tillName, owner: shortText, from: day }),
]);

export type CafeChange = z.infer<typeof cafeChange>;

/** What each part of a change is, for a person. */
const parts: Readonly<Record<string, string>> = {
  cafe: "The café's name",
  from: "The name of the café that goes",
  into: "The name of the café that stays",
  name: "The name",
  at: "The place",
  region: "The region",
  owner: "The owner's name",
  reason: "The reason",
};

/**
 * A change as a person gave it, without the spaces around what they wrote anew.
 *
 * @throws RefusedError saying which part of it makes no sense
 */
export function understood(change: CafeChange): CafeChange {
  const result = cafeChange.safeParse(change);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new RefusedError(
    `${parts[String(issue?.path[0])] ?? "That"} cannot be: ${issue?.message}.`,
    "Give it again; `infinity cafes --help` explains what each command takes.",
  );
}
