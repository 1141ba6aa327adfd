import { type CafeBook, entryNamed, namesOf } from "#core/cafes/cafe-book.ts";
import { InfinityError } from "#core/errors.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";

interface NamedCafe {
  location_id: number;
  /** A name that means it. */
  name: string;
  is_main: boolean;
  /** What it is called now. */
  called: string;
}

/**
 * What somebody who edited the registry of cafés by hand should hear when it is taken in, since no command has told them: which
 * cafés become one by it, and what it says of cafés that there are not.
 *
 * @param book not taken in yet
 */
export async function registryNews(warehouse: Pick<Warehouse, "query">, book: CafeBook): Promise<InfinityError[]> {
  const names = await warehouse.query<NamedCafe>(
    `select location_names.location_id, location_names.name, location_names.is_main, locations.name as called
     from location_names
     join locations on locations.location_id = location_names.location_id
     order by location_names.location_id, location_names.name`,
  );
  const known = new Set(names.map(({ name }) => name));
  const strangers = Object.entries(book.cafes)
    .filter(([tillName, entry]) => !namesOf(tillName, entry).some((name) => known.has(name)))
    .map(([tillName]) => tillName);
  return [...mergers(book, names), ...(strangers.length > 0 ? [unknown(strangers)] : [])];
}

/** By the rule of 15-merges.sql: who has the registry's name stays, else who came first. */
function mergers(book: CafeBook, names: readonly NamedCafe[]): InfinityError[] {
  const together = new Map<string, NamedCafe[]>();
  for (const cafe of names) {
    const tillName = cafe.is_main ? entryNamed(book, cafe.name) : undefined;
    if (tillName !== undefined) together.set(tillName, [...(together.get(tillName) ?? []), cafe]);
  }
  return [...together].flatMap(([tillName, cafes]) => {
    const stays = cafes.find(({ name }) => name === tillName) ?? cafes[0];
    return cafes
      .filter((cafe) => cafe !== stays)
      .map(
        ({ name, called }) =>
          new InfinityError(
            `The registry of cafés says that ${called} is ${stays?.called}: what it had moved there, and its files will follow.`,
            `If they are two, say \`infinity cafes unmerge ${JSON.stringify(name)}\`, and then \`infinity rebuild\`.`,
          ),
      );
  });
}

/** The most names that the sentence has. */
const namedAtMost = 10;

function unknown(names: readonly string[]): InfinityError {
  const some = names.slice(0, namedAtMost).map((name) => JSON.stringify(name));
  const rest = names.length - some.length;
  return new InfinityError(
    `No café that ever delivered is called ${some.join(" or ")}${rest > 0 ? ` (nor ${rest} more)` : ""}, of which the registry of cafés says something.`,
    "For one that is still to come, all is well; else write its name as its till does: `infinity cafes list` shows the names.",
  );
}
