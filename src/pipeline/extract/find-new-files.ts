import { setTimeout as pause } from "node:timers/promises";
import type { FilePointer } from "#core/messages.ts";
import type { Storage, StoredObject } from "#core/ports/storage.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import { readKeyHint } from "#feed/formats/key-hint.ts";
import { isTillFile, Look } from "./look.ts";

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
}

/** Where to look. */
export interface Search {
  days?: DayRange | undefined;
  /** Only these keys: nothing is listed. */
  keys?: readonly string[] | undefined;
  /** From a moment ago, where there is one: then neither store nor ledger is looked at again. */
  survey?: Survey | undefined;
}

/** The store as it is listed, and the ledger as it was meanwhile. */
export interface Survey {
  readonly look: Look;
  readonly ledger: Promise<KnownFiles>;
}

/** Asks the ledger while the store is looked at. */
export function survey({ source, warehouse }: Pick<ExtractContext, "source" | "warehouse">, look: Look): Survey {
  const ledger = knownFiles(warehouse, source.url);
  // It is awaited later; should something else fail before that, it may fail as well.
  ledger.catch(() => undefined);
  return { look, ledger };
}

/**
 * Lists the raw store and asks the ledger which files are new or changed, by size and time alone: nothing is opened. Each
 * found file gets its version, its place in the order of discovery.
 */
export async function findNewFiles(context: ExtractContext, search: Search = {}): Promise<Findings> {
  const { warehouse, now } = context;
  const { days = {}, keys } = search;
  const { look, ledger } = search.survey ?? survey(context, new Look(context, keys));
  const [known, there] = await Promise.all([ledger, look.listing]);
  const listed = there.objects.filter((object) => isTillFile(object) && isWithin(object, days));
  const candidates = listed.filter(
    ({ key, size, modifiedAt }) => !known.has(`${key}\n${size} ${Math.trunc(modifiedAt)}`),
  );
  const settled = await settle(candidates, there.begunAt, context);

  const [newest] = await warehouse.query<{ version: number | null }>("select max(seen_version) as version from files");
  const firstVersion = Math.max(now().getTime() * 1000, (newest?.version ?? 0) + 1);
  const found = settled
    .sort((one, other) => one.modifiedAt - other.modifiedAt || (one.key < other.key ? -1 : 1))
    .map((object, index) => ({ ...object, version: firstVersion + index }));
  return { discovered: listed.length, found, waiting: candidates.length - settled.length };
}

function isWithin({ key, modifiedAt }: StoredObject, { from, to }: DayRange): boolean {
  if (from === undefined && to === undefined) return true;
  const day = readKeyHint(key).date ?? new Date(modifiedAt).toISOString().slice(0, 10);
  return (from === undefined || day >= from) && (to === undefined || day <= to);
}

/** Each file as the ledger last knew it, by what {@link knownFiles} asks for: one text takes half as long to fetch as an entry does. */
type KnownFiles = ReadonlySet<string>;

/** What the ledger last knew of each key of this source: the key, and in another line size and time. */
async function knownFiles(warehouse: Warehouse, sourceUrl: string): Promise<KnownFiles> {
  const entries = await warehouse.queryMany<{ known: string }>(
    `select
       files.key || chr(10) || cast(files.size_bytes as varchar(20)) || ' ' || cast(files.modified_ms as varchar(20)) as known
     from files
     join (
       select max(file_id) as file_id
       from files
       where source_id = (select source_id from sources where url = $source_url)
       group by key
     ) as heads on heads.file_id = files.file_id`,
    { source_url: sourceUrl },
  );
  return new Set(entries.map(({ known }) => known));
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
