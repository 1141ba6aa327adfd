import { type CafeBook, namesOf } from "#core/cafes/cafe-book.ts";
import { InfinityError } from "#core/errors.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";

/** A name that means a café. */
interface NamedCafe {
  location_id: number;
  name: string;
  /** The one by which the registry knows it. */
  is_main: boolean;
  /** What it is called now. */
  called: string;
}

/** Every name that means a café. */
export async function readNames(warehouse: Pick<Warehouse, "query">): Promise<NamedCafe[]> {
  return await warehouse.query<NamedCafe>(
    `select location_names.location_id, location_names.name, location_names.is_main, locations.name as called
     from location_names
     join locations on locations.location_id = location_names.location_id
     order by location_names.location_id, location_names.name`,
  );
}

/**
 * What somebody who edited the registry of cafés by hand should hear once it was taken in, since no command has told them: which
 * cafés became one by it, what it says of cafés that there are not, and that it says nothing any more: it may have been lost.
 *
 * @param before the names as they were before it was taken in
 * @param after the names as they are now
 */
export function registryNews(
  book: CafeBook,
  { before, after }: Record<"before" | "after", readonly NamedCafe[]>,
): InfinityError[] {
  if (book.closures.length + Object.keys(book.cafes).length === 0) return [empty()];
  const known = new Map(after.map((cafe) => [cafe.name, cafe.location_id]));
  const strangers = Object.entries(book.cafes)
    .filter(([tillName, entry]) => !namesOf(tillName, entry).some((name) => known.has(name)))
    .map(([tillName]) => tillName);
  const mains = before.filter((cafe) => cafe.is_main);
  const mergers = mains.flatMap((gone) => {
    const stays = mains.find(({ location_id: id }) => id === known.get(gone.name));
    return stays === undefined || stays === gone ? [] : [merged(gone, stays)];
  });
  return [...mergers, ...(strangers.length > 0 ? [unknown(strangers)] : [])];
}

function empty(): InfinityError {
  return new InfinityError(
    "The registry of cafés is gone or empty: what it said of names, places, dates, closures and owners does not hold any more.",
    "If that was not meant, put cafes.yaml back from a backup: the next run takes it in again. A rebuild without it parts the cafés that it had merged.",
  );
}

function merged({ name, called }: NamedCafe, stays: NamedCafe): InfinityError {
  return new InfinityError(
    `The registry of cafés says that ${called} is ${stays.called}: what it had moved there, and its files will follow.`,
    `If they are two, say \`infinity cafes unmerge ${JSON.stringify(name)}\`, and then \`infinity rebuild\`.`,
  );
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
