import { z } from "zod";
import { day } from "../day.ts";

/** What people write about a café. */
export const shortText = z
  .string()
  .trim()
  .min(1, "nothing is written there")
  .max(200, "it has more than 200 characters");
/** A name as a till writes it, to the letter: one that ends in a tab is another than the one that does not. */
export const tillName = z
  .string()
  .max(200, "it has more than 200 characters")
  .refine((name) => name.trim() !== "", "nothing is written there");

/** Inclusive: the first day and the last. */
const closure = z
  .strictObject({ from: day, to: day.optional(), reason: shortText })
  .transform(({ from, to, reason }) => ({ from, to: to ?? from, reason }))
  .refine(({ from, to }) => from <= to, "a closure ends on or after the day it begins");

const ownership = z
  .strictObject({ owner: shortText, from: day, to: day.optional() })
  .refine(({ from, to }) => to === undefined || from <= to, "an ownership ends on or after the day it begins");

function degrees(least: number, most: number, message: string) {
  return z.number().min(least, message).max(most, message).optional();
}

/** Where a café is: one of the 12 regions of the United Kingdom (load checks that), degrees north and east. */
const placement = z
  .strictObject({
    region: shortText,
    latitude: degrees(49, 61, "the United Kingdom lies between 49 and 61 degrees north"),
    longitude: degrees(-9, 2, "the United Kingdom lies between -9 and 2 degrees east"),
  })
  .refine(
    ({ latitude, longitude }) => (latitude === undefined) === (longitude === undefined),
    "latitude and longitude come together",
  );

const cafe = z
  .strictObject({
    /** What it is called here, where that is not what the till calls it. */
    name: shortText.optional(),
    /** Other names that tills write, or wrote, for it. */
    aliases: z.array(tillName).optional(),
    /** Where it is, where the gazetteer does not know or is wrong. */
    place: placement.optional(),
    /** The first day it is open. */
    openedOn: day.optional(),
    /** The first day it is closed for good. */
    closedOn: day.optional(),
    closures: z.array(closure).optional(),
    owners: z.array(ownership).optional(),
  })
  .refine(
    ({ openedOn, closedOn }) => openedOn === undefined || closedOn === undefined || openedOn < closedOn,
    "a café closes after it has opened",
  )
  .superRefine(({ owners = [] }, context) => {
    for (const [place, one] of owners.entries()) {
      const other = owners.slice(place + 1).find((later) => overlap(one, later));
      if (other === undefined) continue;
      const message = `two owners have it on the same day, ${one.owner} from ${one.from} and ${other.owner} from ${other.from}`;
      context.addIssue({ code: "custom", path: ["owners"], message });
    }
  });

/**
 * All that people have said about cafés, which no till says: outside the warehouse, so that it survives a rebuild. A café
 * is entered under one name that its till writes.
 */
export const cafeBook = z
  .strictObject({
    /** Days on which every café is closed. */
    closures: z.array(closure).optional(),
    cafes: z.record(tillName, cafe).optional(),
  })
  .transform(({ closures = [], cafes = {} }) => ({ closures, cafes }))
  .superRefine((book, context) => {
    const meant = new Map<string, string>();
    for (const [tillName, entry] of Object.entries(book.cafes)) {
      for (const name of namesOf(tillName, entry)) {
        const other = meant.get(name);
        if (other !== undefined) {
          context.addIssue({
            code: "custom",
            path: ["cafes", tillName],
            message: `the name "${name}" means ${other} already`,
          });
        }
        meant.set(name, tillName);
      }
    }
  });

export type CafeBook = z.infer<typeof cafeBook>;
export type CafeEntry = CafeBook["cafes"][string];
export type Closure = z.infer<typeof closure>;
export type Ownership = z.infer<typeof ownership>;

/** Every name that means a café: the one it is entered under, what it is called here, and its aliases. */
export function namesOf(tillName: string, { name, aliases = [] }: CafeEntry): string[] {
  return [...new Set([tillName, ...(name === undefined ? [] : [name]), ...aliases])];
}

/** The name under which the book has the café that `name` means; undefined when it says nothing about it. */
export function entryNamed(book: CafeBook, name: string): string | undefined {
  return Object.entries(book.cafes).find(([tillName, entry]) => namesOf(tillName, entry).includes(name))?.[0];
}

interface Period {
  from: string;
  to?: string | undefined;
}

/** True where two periods, both ends included, share a day. */
export function overlap(one: Period, other: Period): boolean {
  return one.from <= (other.to ?? "9999") && other.from <= (one.to ?? "9999");
}
