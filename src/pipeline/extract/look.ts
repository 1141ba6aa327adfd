import type { Storage, StoredObject } from "#core/ports/storage.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";

/** What a look at the store found. */
export interface Listing {
  /** When it began: no object was looked at before. */
  readonly begunAt: Date;
  readonly objects: readonly StoredObject[];
}

type Listener = (objects: readonly StoredObject[]) => void;

/** A look at the store that is under way, or over. It needs neither the warehouse nor a run, so it goes on while both are made ready. */
export class Look {
  readonly listing: Promise<Listing>;
  /** What was found before anybody listened. */
  #early: StoredObject[] | undefined = [];
  #listener: Listener | undefined;

  /** @param keys to look at these only, instead of the whole store */
  constructor({ source, now }: { source: Storage; now(): Date }, keys?: readonly string[]) {
    const begunAt = now();
    const finding = keys === undefined ? source.list((some) => this.#found(some)) : statAll(source, keys);
    this.listing = finding.then((objects) => ({ begunAt, objects }));
    // Whoever needs it awaits it, maybe later; should something else fail before that, it may fail as well.
    this.listing.catch(() => undefined);
  }

  /** Tells one listener of each object of a whole look, what was found so far first. */
  follow(listener: Listener): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    this.#listener = listener;
    if (early.length > 0) listener(early);
  }

  #found(some: readonly StoredObject[]): void {
    if (this.#listener) this.#listener(some);
    else for (const object of some) this.#early?.push(object);
  }
}

async function statAll(source: Storage, keys: readonly string[]): Promise<StoredObject[]> {
  const found = await Promise.all([...new Set(keys)].map((key) => source.stat(key)));
  return found.filter((object) => object !== undefined);
}

/**
 * Listens to a look at the store for till files that changed after all that the ledger knows: they will be something to load, which
 * is known for sure only when the look is over. A new file with an older time goes unnoticed here.
 *
 * @param onNews told how many there are so far, whenever there are more
 * @returns settles once the ledger has answered, or could not
 */
export async function listenForNews(look: Look, warehouse: Warehouse, onNews: (files: number) => void): Promise<void> {
  const newest = "select max(modified_ms) as newest from files";
  // Where the ledger does not answer, whoever needs to know will ask again.
  const [ledger] = await warehouse.query<{ newest: number | null }>(newest).catch(() => []);
  if (ledger === undefined) return;
  const newestKnown = ledger.newest ?? Number.NEGATIVE_INFINITY;
  let news = 0;
  look.follow((objects) => {
    const more = objects.filter((object) => object.modifiedAt > newestKnown && isTillFile(object)).length;
    if (more === 0) return;
    news += more;
    onNews(news);
  });
}

/** A compressed file is looked at too: somebody meant it to be read, and hears that it cannot be. */
export function isTillFile({ key }: StoredObject): boolean {
  return /\.csv(\.(gz|zip|zst|bz2|xz))?$/i.test(key);
}
