import { setTimeout as pause } from "node:timers/promises";
import type { FilePointer } from "#core/messages.ts";
import type { Storage, StoredObject } from "#core/ports/storage.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import { readKeyHint } from "#feed/formats/key-hint.ts";

export interface ExtractContext {
  source: Storage;
  warehouse: Warehouse;
  /** A file that changed less than this many milliseconds ago is looked at again when it would be that old. */
  settleMs: number;
  now(): Date;
}

/** Only files of these days, by what the key says, else by when the file last changed. Both ends count. */
export interface DayRange {
  from?: string | undefined;
  to?: string | undefined;
}

export interface Findings {
  /** Till files in the store (of the days asked for). */
  discovered: number;
  /** New or changed, in the order of discovery. */
  found: FilePointer[];
  /** Still being written: left for the next run. */
  waiting: number;
  /** Removed from the store once they were loaded, as rawRetentionDays asks: only a replay looks for those. */
  purged: number;
}

/** What a look at the store found. */
export interface Listing {
  /** When it began: no object was looked at before. */
  readonly begunAt: Date;
  readonly objects: readonly StoredObject[];
}

/** Where to look. */
export interface Search {
  days?: DayRange | undefined;
  /** Only these keys: nothing is listed. */
  keys?: readonly string[] | undefined;
  /** From a moment ago, where there is one: then the store is not looked at again. */
  listing?: Promise<Listing> | undefined;
}

/**
 * Lists the raw store and asks the ledger which files are new or changed, by size and time alone: nothing is opened. Each
 * found file gets its version, its place in the order of discovery.
 */
export async function findNewFiles(context: ExtractContext, search: Search = {}): Promise<Findings> {
  const { source, warehouse, now } = context;
  const { days = {}, keys, listing } = search;
  // The ledger is asked first: it answers while the store is listed.
  const [known, there] = await Promise.all([knownFiles(warehouse, source.url), listing ?? look(context, keys)]);
  const listed = there.objects.filter((object) => isTillFile(object) && isWithin(object, days));
  const candidates = listed.filter(({ key, size, modifiedAt }) => {
    const entry = known.get(key);
    return entry?.size_bytes !== size || entry.modified_ms !== Math.trunc(modifiedAt);
  });
  const settled = await settle(candidates, there.begunAt, context);

  const [newest] = await warehouse.query<{ version: number | null }>("select max(seen_version) as version from files");
  const firstVersion = Math.max(now().getTime() * 1000, (newest?.version ?? 0) + 1);
  const found = settled
    .sort((one, other) => one.modifiedAt - other.modifiedAt || (one.key < other.key ? -1 : 1))
    .map((object, index) => ({ ...object, version: firstVersion + index }));
  return { discovered: listed.length, found, waiting: candidates.length - settled.length, purged: 0 };
}

/**
 * Looks at the whole store, or at these keys only. It needs neither the ledger nor a run, so that it may go on while both are
 * made ready.
 *
 * @param onSome told of each object while the look goes on
 */
export async function look(
  { source, now }: Pick<ExtractContext, "source" | "now">,
  keys: readonly string[] | undefined,
  onSome?: (objects: readonly StoredObject[]) => void,
): Promise<Listing> {
  const begunAt = now();
  if (keys === undefined) return { begunAt, objects: await source.list(onSome) };
  const found = await Promise.all([...new Set(keys)].map((key) => source.stat(key)));
  return { begunAt, objects: found.filter((object) => object !== undefined) };
}

/**
 * Listens to a look at the store for a till file that changed after all that the ledger knows: then there will be something to
 * load, which is known for sure only when the look is over. A new file with an older time goes unnoticed here.
 *
 * @param onNews called once, or not at all
 */
export function listenForNews(warehouse: Warehouse, onNews: () => void): (objects: readonly StoredObject[]) => void {
  let newestKnown = Number.POSITIVE_INFINITY;
  let newestSeen = Number.NEGATIVE_INFINITY;
  const compare = () => {
    if (newestSeen <= newestKnown) return;
    newestKnown = Number.POSITIVE_INFINITY;
    onNews();
  };
  warehouse.query<{ newest: number | null }>("select max(modified_ms) as newest from files").then(
    ([ledger]) => {
      newestKnown = ledger?.newest ?? Number.NEGATIVE_INFINITY;
      compare();
    },
    // Whoever needs the answer will ask again.
    () => undefined,
  );
  return (objects) => {
    for (const object of objects) if (isTillFile(object)) newestSeen = Math.max(newestSeen, object.modifiedAt);
    compare();
  };
}

/** A compressed file is looked at too: somebody meant it to be read, and hears that it cannot be. */
function isTillFile({ key }: StoredObject): boolean {
  return /\.csv(\.(gz|zip|zst|bz2|xz))?$/i.test(key);
}

function isWithin({ key, modifiedAt }: StoredObject, { from, to }: DayRange): boolean {
  if (from === undefined && to === undefined) return true;
  const day = readKeyHint(key).date ?? new Date(modifiedAt).toISOString().slice(0, 10);
  return (from === undefined || day >= from) && (to === undefined || day <= to);
}

interface LedgerEntry {
  key: string;
  size_bytes: number;
  modified_ms: number;
}

/** What the ledger last knew of each key of this source. */
async function knownFiles(warehouse: Warehouse, sourceUrl: string): Promise<Map<string, LedgerEntry>> {
  const entries = await warehouse.queryMany<LedgerEntry>(
    `select files.key, files.size_bytes, files.modified_ms
     from files
     join (
       select max(file_id) as file_id
       from files
       where source_id = (select source_id from sources where url = $source_url)
       group by key
     ) as heads on heads.file_id = files.file_id`,
    { source_url: sourceUrl },
  );
  return new Map(entries.map((entry) => [entry.key, entry]));
}

/** Leaves out files that are still being written: those just changed must look the same once they have had time to settle. */
async function settle(
  objects: readonly StoredObject[],
  listedAt: Date,
  { source, settleMs, now }: ExtractContext,
): Promise<StoredObject[]> {
  const fresh = new Set(objects.filter(({ modifiedAt }) => listedAt.getTime() - modifiedAt < settleMs));
  if (fresh.size === 0) return [...objects];
  const youngest = objects.reduce((latest, { modifiedAt }) => Math.max(latest, modifiedAt), 0);
  // A clock that is behind the store's makes a file come from the future: it waits no longer than any other.
  const missing = Math.min(settleMs, settleMs - (now().getTime() - youngest));
  if (missing > 0) await pause(missing);
  const settled: StoredObject[] = [];
  for (const object of objects) {
    const later = fresh.has(object) ? await source.stat(object.key) : object;
    if (later?.size === object.size && later.modifiedAt === object.modifiedAt) settled.push(object);
  }
  return settled;
}
