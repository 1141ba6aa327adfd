import { RefusedError } from "#core/errors.ts";
import { applyRegistry } from "#pipeline/load/apply-registry.ts";
import { ensureCalendar } from "#pipeline/load/calendar.ts";
import type { Home } from "../home/open-home.ts";
import type { CafeChange } from "./cafe-changes.ts";
import { editBook } from "./edit-book.ts";
import { type CafeListing, listCafes } from "./list-cafes.ts";
import { didYouMean } from "./nearest-names.ts";

/** What became of a change. */
export interface ChangedCafes {
  /** What it comes to, in a sentence. */
  said: string;
  /** The cafés it is about, as they are now; none where it is about every café. */
  cafes: CafeListing[];
}

/**
 * Makes one change to the registry of cafés, and to the warehouse at once. The registry comes first: if the warehouse cannot
 * follow now, it does with the next change or run.
 *
 * @throws RefusedError when there is no such café, or the change makes no sense or contradicts what is known
 */
export async function changeCafes(
  home: Pick<Home, "warehouse" | "registry" | "settings">,
  change: CafeChange,
): Promise<ChangedCafes> {
  const { warehouse, registry } = home;
  const context = { warehouse, registry, now: () => new Date() };
  await ensureCalendar(warehouse);
  // What somebody wrote into it by hand is taken in first, and told as a run tells it.
  const news = (await applyRegistry(context)) ?? [];
  const known = await namesKnown(home);
  const exact = withKnownNames(change, known);
  refuseTakenName(exact, known);
  const { book, version } = await registry.read();
  const { book: next, said } = editBook(book, exact);
  await registry.replace(next, version);
  await applyRegistry(context);

  const about = [
    ...("into" in exact ? [exact.into] : []),
    ...("cafe" in exact && exact.cafe !== undefined ? [exact.cafe] : []),
    ...("name" in exact ? [exact.name] : []),
  ];
  const isAbout = ({ name, tillName, otherNames }: CafeListing) =>
    [name, tillName, ...otherNames].some((one) => about.includes(one));
  const told = [said, ...news.map(({ message, next }) => `${message} ${next}`)];
  return { said: told.join("\n"), cafes: (await listCafes(home)).filter(isAbout) };
}

/** Every name that means a café, with the one by which the registry knows it. */
async function namesKnown({ warehouse, registry }: Pick<Home, "warehouse" | "registry">): Promise<Map<string, string>> {
  const { book } = await registry.read();
  const rows = await warehouse.query<{ name: string; till_name: string }>(
    `select location_names.name, mains.name as till_name
     from location_names
     join location_names as mains on mains.location_id = location_names.location_id and mains.is_main
     order by location_names.name`,
  );
  const names = new Map(rows.map(({ name, till_name: tillName }) => [name, tillName]));
  for (const tillName of Object.keys(book.cafes)) if (!names.has(tillName)) names.set(tillName, tillName);
  return names;
}

/** The change with every café called as the registry knows it. */
function withKnownNames(change: CafeChange, known: ReadonlyMap<string, string>): CafeChange {
  switch (change.change) {
    case "merge":
      return apart(change, { ...change, from: found(change.from, known), into: found(change.into, known) });
    case "unmerge":
      return change;
    default:
      return change.cafe === undefined ? change : { ...change, cafe: found(change.cafe, known) };
  }
}

/** A café is not merged with itself; the refusal calls it as it was called. */
function apart(asked: CafeChange & { change: "merge" }, exact: CafeChange & { change: "merge" }): CafeChange {
  if (exact.from !== exact.into) return exact;
  throw new RefusedError(
    asked.from === asked.into
      ? `${asked.from} is one café: it cannot be merged with itself.`
      : `${asked.from} and ${asked.into} are one café already.`,
    "There is nothing to do.",
  );
}

/** A new name that already means another café would make the two one, which is for `merge` to say. */
function refuseTakenName(change: CafeChange, known: ReadonlyMap<string, string>): void {
  if (change.change !== "rename") return;
  const taken = known.get(change.name);
  if (taken === undefined || taken === change.cafe) return;
  throw new RefusedError(
    `There is a café called "${change.name}" already.`,
    `If they are one café: infinity cafes merge ${JSON.stringify(change.cafe)} ${JSON.stringify(change.name)}`,
  );
}

function found(name: string, known: ReadonlyMap<string, string>): string {
  const exact = known.get(name);
  if (exact !== undefined) return exact;
  const plain = name.trim().toLowerCase();
  const alike = new Set([...known].filter(([other]) => other.toLowerCase() === plain).map(([, tillName]) => tillName));
  const [only] = alike;
  if (only !== undefined && alike.size === 1) return only;
  throw new RefusedError(
    alike.size > 1 ? `"${name}" could be ${[...alike].join(" or ")}.` : `No café is called "${name}".`,
    alike.size > 1
      ? "Write it exactly."
      : didYouMean(name, known.keys(), "`infinity cafes list` shows every café that ever delivered."),
  );
}
