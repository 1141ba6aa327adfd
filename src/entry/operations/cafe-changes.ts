import { z } from "zod";
import { day } from "#core/day.ts";
import { RefusedError } from "#core/errors.ts";

const name = z.string().trim().min(1, "nothing is written there").max(200, "it has more than 200 characters");
/** A name that there is already, to the letter: a till may write a tab after it. */
const known = z
  .string()
  .max(200, "it has more than 200 characters")
  .refine((given) => given.trim() !== "", "nothing is written there");

/** What a person says about a café, as the command line, the door and one day the dashboard pass it on. */
export const cafeChange = z.discriminatedUnion("change", [
  /** Call it something else; what its till writes stays known. */
  z.strictObject({ change: z.literal("rename"), cafe: known, name }),
  /** `from` is a misspelling, or another name, of `into`. */
  z.strictObject({ change: z.literal("merge"), from: known, into: known }),
  /** A name is a café of its own again: from the next rebuild. */
  z.strictObject({ change: z.literal("unmerge"), name: known }),
  z.strictObject({
    change: z.literal("place"),
    cafe: known,
    /** A place of the gazetteer, such as "Ashford, Kent". */
    at: name.optional(),
    region: name.optional(),
    latitude: z.number().optional(),
    longitude: z.number().optional(),
  }),
  /** Without a day, the date is taken back. */
  z.strictObject({ change: z.literal("open"), cafe: known, on: day.optional() }),
  z.strictObject({ change: z.literal("close"), cafe: known, on: day.optional() }),
  /** Without a café, every café. */
  z.strictObject({ change: z.literal("closure"), cafe: known.optional(), from: day, to: day.optional(), reason: name }),
  z.strictObject({ change: z.literal("no-closure"), cafe: known.optional(), from: day, to: day.optional() }),
  z.strictObject({ change: z.literal("own"), cafe: known, owner: name, from: day, to: day.optional() }),
  z.strictObject({ change: z.literal("disown"), cafe: known, owner: name, from: day }),
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
