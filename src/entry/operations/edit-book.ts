import { type CafeBook, type CafeEntry, type Closure, cafeBook, entryNamed, overlap } from "#core/cafes/cafe-book.ts";
import { RefusedError } from "#core/errors.ts";
import { placeCafe } from "#feed/places/place-cafe.ts";
import { isRegion, type Region, regions } from "#feed/places/regions.ts";
import type { CafeChange } from "./cafe-changes.ts";
import { withOwner, withoutOwner } from "./edit-owners.ts";

/** A change and what it comes to, in a sentence. */
export interface Edit {
  book: CafeBook;
  said: string;
}

/**
 * The book with one change made. Cafés are named as the book or a till names them, exactly; whoever calls has looked them up.
 *
 * @throws RefusedError when the change contradicts what the book says, or says nothing new
 */
export function editBook(book: CafeBook, change: CafeChange): Edit {
  const edit = edited(book, change);
  const checked = cafeBook.safeParse(edit.book);
  if (checked.success) return { ...edit, book: checked.data };
  throw new RefusedError(
    `That cannot be: ${checked.error.issues[0]?.message}.`,
    "`infinity cafes list --json` shows what is known of every café.",
  );
}

function edited(book: CafeBook, change: CafeChange): Edit {
  switch (change.change) {
    case "rename":
      return renamed(book, change);
    case "merge":
      return merged(book, change);
    case "unmerge":
      return unmerged(book, change.name);
    case "place":
      return placed(book, change);
    case "open":
    case "close": {
      const key = change.change === "open" ? "openedOn" : "closedOn";
      const cafe = called(book, change.cafe);
      const said = change.on
        ? `${cafe} is ${change.change === "open" ? "open" : "closed"} from ${change.on} on.`
        : `It is not known any more when ${cafe} ${change.change === "open" ? "opens" : "closes"}.`;
      return { book: withEntry(book, change.cafe, { [key]: change.on }), said };
    }
    case "closure":
      return closed(book, change);
    case "no-closure":
      return notClosed(book, change);
    case "own": {
      const { owners, added } = withOwner(entryOf(book, change.cafe).owners ?? [], change);
      const until = added.to === undefined ? "on" : `to ${added.to}`;
      return {
        book: withEntry(book, change.cafe, { owners }),
        said: `${added.owner} has ${called(book, change.cafe)} from ${added.from} ${until}.`,
      };
    }
    case "disown":
      return disowned(book, change);
  }
}

function renamed(book: CafeBook, { cafe, name }: { cafe: string; name: string }): Edit {
  const other = entryNamed(book, name);
  const tillName = entryNamed(book, cafe) ?? cafe;
  if (other !== undefined && other !== tillName) throw alreadyMeans(name, other);
  const entry = entryOf(book, cafe);
  // A till may still write, or take up, any name the café ever had.
  const aliases = without([...(entry.aliases ?? []), ...(entry.name ? [entry.name] : [])], [name, tillName]);
  const kept =
    entry.name !== undefined && aliases.includes(entry.name)
      ? ` "${entry.name}" stays another name of it, until \`infinity cafes unmerge ${JSON.stringify(entry.name)}\`.`
      : "";
  return {
    book: withEntry(book, cafe, { name: name === tillName ? undefined : name, aliases }),
    said: `${entry.name ?? tillName} is called ${name} now.${kept}`,
  };
}

function merged(book: CafeBook, { from, into }: { from: string; into: string }): Edit {
  const intoName = entryNamed(book, into) ?? into;
  const fromName = entryNamed(book, from) ?? from;
  if (intoName === fromName)
    throw new RefusedError(`${from} and ${into} are one café already.`, "There is nothing to do.");
  const { [fromName]: goneEntry, ...cafes } = book.cafes;
  const gone = goneEntry ?? {};
  const stays = cafes[intoName] ?? {};
  const names = [...(stays.aliases ?? []), fromName, ...(gone.name ? [gone.name] : []), ...(gone.aliases ?? [])];
  const entry = tidy({
    ...gone,
    ...stays,
    name: stays.name,
    aliases: without(names, [intoName, ...(stays.name ? [stays.name] : [])]),
    closures: stays.closures ?? gone.closures,
    owners: stays.owners ?? gone.owners,
  });
  return {
    book: { ...book, cafes: { ...cafes, [intoName]: entry } },
    said: `${gone.name ?? fromName} is ${stays.name ?? intoName}: what it had moved there, and its files will follow.`,
  };
}

function unmerged(book: CafeBook, name: string): Edit {
  const tillName = entryNamed(book, name);
  const entry = tillName === undefined ? undefined : book.cafes[tillName];
  if (tillName === undefined || entry === undefined) {
    throw new RefusedError(`"${name}" is not another name of any café.`, "`infinity cafes list` shows the names.");
  }
  if (name === tillName) {
    throw new RefusedError(
      `"${name}" is what the till of ${entry.name ?? name} writes: it cannot be parted from it.`,
      entry.name === undefined
        ? "Only other names of a café can; `infinity cafes list` shows them."
        : `To call it so again, say \`infinity cafes rename ${JSON.stringify(entry.name)} ${JSON.stringify(name)}\`.`,
    );
  }
  const isCalledSo = entry.name === name;
  return {
    book: withEntry(book, tillName, {
      name: isCalledSo ? undefined : entry.name,
      aliases: without(entry.aliases ?? [], [name]),
    }),
    said:
      `${isCalledSo ? `${name} is called ${tillName} again. ` : ""}"${name}" will be a café of its own again from the next \`infinity rebuild\`: ` +
      `receipts do not say which name they came under, so the warehouse has to be made anew.`,
  };
}

function placed(book: CafeBook, { cafe, at, region, latitude, longitude }: CafeChange & { change: "place" }): Edit {
  const place = at === undefined ? { region: regionNamed(region ?? ""), latitude, longitude } : placeAt(at);
  return { book: withEntry(book, cafe, { place }), said: `${called(book, cafe)} is in ${place.region}.` };
}

function placeAt(at: string) {
  const found = placeCafe(at);
  if (found.placed) return { region: found.region, latitude: found.latitude, longitude: found.longitude };
  throw new RefusedError(
    found.candidates.length > 0 ? `"${at}" could be several places.` : `The gazetteer knows no place called "${at}".`,
    found.candidates.length > 0
      ? `Say which: ${found.candidates.slice(0, 6).join("; ")}. Write it as "Place, County".`
      : 'Give a larger place nearby, or --region, such as --region "South East".',
  );
}

function regionNamed(text: string): Region {
  const found = regions.find((region) => region.toLowerCase() === text.toLowerCase()) ?? text;
  if (isRegion(found)) return found;
  throw new RefusedError(`There is no region "${text}".`, `The regions are ${regions.join(", ")}.`);
}

function closed(book: CafeBook, { cafe, from, to = from, reason }: CafeChange & { change: "closure" }): Edit {
  const add = (closures: Closure[] = []) =>
    [...closures.filter((other) => other.from !== from || other.to !== to), { from, to, reason }].sort(byStart);
  const days = daysOf({ from, to });
  return cafe === undefined
    ? { book: { ...book, closures: add(book.closures) }, said: `Every café is closed ${days}: ${reason}.` }
    : {
        book: withEntry(book, cafe, { closures: add(entryOf(book, cafe).closures) }),
        said: `${called(book, cafe)} is closed ${days}: ${reason}.`,
      };
}

function notClosed(book: CafeBook, { cafe, from, to = from }: CafeChange & { change: "no-closure" }): Edit {
  const closures = cafe === undefined ? book.closures : (entryOf(book, cafe).closures ?? []);
  const left = closures.filter((closure) => !overlap(closure, { from, to }));
  const who = cafe === undefined ? "every café" : called(book, cafe);
  if (left.length === closures.length) {
    throw new RefusedError(
      `No closure of ${who} touches ${from === to ? from : `${from} to ${to}`}.`,
      "There is nothing to take back.",
    );
  }
  const said = `Taken back: ${who} is not closed ${closures
    .filter((closure) => !left.includes(closure))
    .map((closure) => daysOf(closure))
    .join(", nor ")}.`;
  return { book: cafe === undefined ? { ...book, closures: left } : withEntry(book, cafe, { closures: left }), said };
}

function disowned(book: CafeBook, { cafe, owner, from }: CafeChange & { change: "disown" }): Edit {
  const left = withoutOwner(entryOf(book, cafe).owners ?? [], { owner, from });
  if (left === undefined) {
    throw new RefusedError(
      `${owner} is not entered as the owner of ${called(book, cafe)} from ${from}.`,
      "`infinity cafes list --json` shows its owners.",
    );
  }
  const { owners, before } = left;
  const again =
    before &&
    `infinity cafes own ${JSON.stringify(cafe)} --owner ${JSON.stringify(before.owner)} --from ${before.from}`;
  return {
    book: withEntry(book, cafe, { owners }),
    said:
      `${owner} does not have ${called(book, cafe)} from ${from} on.` +
      (before ? ` ${before.owner} had it until ${before.to}; if they still do, say \`${again}\`.` : ""),
  };
}

function daysOf({ from, to }: { from: string; to: string }): string {
  return from === to ? `on ${from}` : `from ${from} to ${to}`;
}

/** What people call a café. */
function called(book: CafeBook, cafe: string): string {
  return entryOf(book, cafe).name ?? cafe;
}

function entryOf(book: CafeBook, cafe: string): CafeEntry {
  return book.cafes[entryNamed(book, cafe) ?? cafe] ?? {};
}

type Changes = { [Key in keyof CafeEntry]: CafeEntry[Key] | undefined };

/** The book with a café's entry changed; one that says nothing any more is left out. */
function withEntry(book: CafeBook, cafe: string, changes: Changes): CafeBook {
  const tillName = entryNamed(book, cafe) ?? cafe;
  const { [tillName]: before, ...others } = book.cafes;
  const entry = tidy({ ...before, ...changes });
  return { ...book, cafes: Object.keys(entry).length > 0 ? { ...others, [tillName]: entry } : others };
}

/** Without what says nothing. */
function tidy(entry: Changes): CafeEntry {
  const said = Object.entries(entry).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(said);
}

function without(names: readonly string[], unwanted: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => !unwanted.includes(name));
}

function alreadyMeans(name: string, cafe: string): RefusedError {
  return new RefusedError(
    `"${name}" means ${cafe} already.`,
    "If they are one café, say `infinity cafes merge`; else choose another name.",
  );
}

function byStart(one: { from: string }, other: { from: string }): number {
  return one.from < other.from ? -1 : 1;
}
