import { millisecondsADay } from "#core/day.ts";
import { InfinityError, TransientError } from "#core/errors.ts";
import type { Storage } from "#core/ports/storage.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";

/** What a purge of the raw store removed, or would remove. */
export interface RawPurge {
  /** Nothing was removed: this is what would be. */
  dryRun: boolean;
  /** The setting: files loaded longer ago than this many days go. */
  days: number;
  /** The keys of the files, in order. */
  keys: string[];
  bytes: number;
  /** How many of them have rows set aside: after this, those can no longer be read again. */
  withRowsSetAside: number;
  /** Old enough, but no longer the file that was loaded: left alone, for the next run to load. */
  changedSince: number;
}

interface PurgeContext {
  source: Storage;
  warehouse: Warehouse;
  now(): Date;
}

interface Old {
  file_id: number;
  key: string;
  size_bytes: number;
  modified_ms: number;
  rows_quarantined: number;
}

/** How many files are marked in the ledger at a time, before any of them goes. */
const atOnce = 500;

/** One file that cannot be removed is no reason to keep the others; so many are. */
const mostStuck = 10;

/**
 * Removes raw files that hold names and cards and are no longer needed: what the ledger has as the current version of its
 * key, taken in more than so many days ago (loaded, a duplicate or superseded), and lies there exactly as it was. Files that
 * were refused whole, that changed since, or that the ledger does not know stay. The ledger is told first: a file that is
 * missing is always explained, and one that was to go and is still there goes the next time.
 *
 * @throws InfinityError when a file could not be removed: the ledger does not say that it was
 */
export async function purgeRawFiles(
  context: PurgeContext,
  { days, dryRun }: { days: number; dryRun: boolean },
): Promise<RawPurge> {
  const { source, now } = context;
  const old = await findOld(context, new Date(now().getTime() - days * millisecondsADay));
  const there = new Map((await source.list()).map((object) => [object.key, object]));
  const present = old.filter(({ key }) => there.has(key));
  const due = present.filter((file) => isAsLoaded(file, there.get(file.key)));
  if (!dryRun) {
    for (let start = 0; start < due.length; start += atOnce) await purge(context, due.slice(start, start + atOnce));
  }
  return {
    dryRun,
    days,
    keys: due.map(({ key }) => key),
    bytes: due.reduce((sum, file) => sum + file.size_bytes, 0),
    withRowsSetAside: due.filter((file) => file.rows_quarantined > 0).length,
    changedSince: present.length - due.length,
  };
}

/** A run that loaded everything is a success, whatever becomes of the clearing up: the next one tries again. */
export async function purgeAfterRun(
  context: PurgeContext & { rawRetentionDays: number | undefined },
  onProblem: (problem: InfinityError) => void,
): Promise<void> {
  const { rawRetentionDays: days } = context;
  if (days === undefined) return;
  await purgeRawFiles(context, { days, dryRun: false }).catch((error: unknown) => {
    if (!(error instanceof InfinityError)) throw error;
    onProblem(error);
  });
}

async function findOld({ source, warehouse }: PurgeContext, before: Date): Promise<Old[]> {
  return await warehouse.query<Old>(
    `with heads as (
       select max(file_id) as file_id
       from files
       where source_id = (select source_id from sources where url = $source_url)
       group by key
     )
     select files.file_id, files.key, files.size_bytes, files.modified_ms, files.rows_quarantined
     from files
     join heads on heads.file_id = files.file_id
     where files.is_current
       and files.status in ('loaded', 'duplicate', 'superseded')
       and files.loaded_at <= $before
     order by files.key`,
    { source_url: source.url, before },
  );
}

function isAsLoaded(file: Old, object: { size: number; modifiedAt: number } | undefined): boolean {
  return object?.size === file.size_bytes && Math.trunc(object.modifiedAt) === file.modified_ms;
}

async function purge({ source, warehouse, now }: PurgeContext, files: readonly Old[]): Promise<void> {
  await mark(warehouse, files, now());
  const kept: Old[] = [];
  const problems: unknown[] = [];
  for (const file of files) {
    if (problems.length === mostStuck) {
      kept.push(file);
      continue;
    }
    try {
      // Looked at again at the last moment: a till may have put a corrected file there meanwhile.
      if (isAsLoaded(file, await source.stat(file.key))) await source.remove(file.key);
    } catch (error) {
      kept.push(file);
      problems.push(error);
    }
  }
  if (problems.length === 0) return;
  // Names and cards are still there: nobody is to read that they are not.
  await mark(warehouse, kept, null);
  const [first] = problems;
  if (problems.length === 1 || !(first instanceof InfinityError)) throw first;
  throw new TransientError(`${first.message} Nor could others.`, first.next, { cause: first });
}

/** @param purgedAt null takes the mark back */
async function mark(warehouse: Warehouse, files: readonly Old[], purgedAt: Date | null): Promise<void> {
  const params = Object.fromEntries(files.map((file, index) => [`file_${index}`, file.file_id]));
  const list = Object.keys(params)
    .map((name) => `$${name}`)
    .join(", ");
  const value =
    purgedAt === null ? { sql: "null", params: {} } : { sql: "$purged_at", params: { purged_at: purgedAt } };
  await warehouse.transact([
    {
      sql: `update files set raw_purged_at = ${value.sql} where file_id in (${list})`,
      params: { ...params, ...value.params },
    },
  ]);
}
