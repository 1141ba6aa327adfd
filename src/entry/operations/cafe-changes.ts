import { z } from "zod";
import { day } from "#core/day.ts";

const name = z.string().trim().min(1).max(200);

/** What a person says about a café, as the command line, the door and one day the dashboard pass it on. */
export const cafeChange = z.discriminatedUnion("change", [
  /** Call it something else; what its till writes stays known. */
  z.strictObject({ change: z.literal("rename"), cafe: name, name }),
  /** `from` is a misspelling, or another name, of `into`. */
  z.strictObject({ change: z.literal("merge"), from: name, into: name }),
  /** A name is a café of its own again: from the next rebuild. */
  z.strictObject({ change: z.literal("unmerge"), name }),
  z.strictObject({
    change: z.literal("place"),
    cafe: name,
    /** A place of the gazetteer, such as "Ashford, Kent". */
    at: name.optional(),
    region: name.optional(),
    latitude: z.number().optional(),
    longitude: z.number().optional(),
  }),
  /** Without a day, the date is taken back. */
  z.strictObject({ change: z.literal("open"), cafe: name, on: day.optional() }),
  z.strictObject({ change: z.literal("close"), cafe: name, on: day.optional() }),
  /** Without a café, every café. */
  z.strictObject({ change: z.literal("closure"), cafe: name.optional(), from: day, to: day.optional(), reason: name }),
  z.strictObject({ change: z.literal("no-closure"), cafe: name.optional(), from: day, to: day.optional() }),
  z.strictObject({ change: z.literal("own"), cafe: name, owner: name, from: day, to: day.optional() }),
  z.strictObject({ change: z.literal("disown"), cafe: name, owner: name, from: day }),
]);

export type CafeChange = z.infer<typeof cafeChange>;
