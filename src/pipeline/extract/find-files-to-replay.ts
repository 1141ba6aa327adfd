import { InfinityError, RefusedError } from "#core/errors.ts";
import type { FilePointer } from "#core/messages.ts";
import type { Storage } from "#core/ports/storage.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import type { Findings } from "./find-new-files.ts";

/** Which of the files that the ledger knows are to be read again. All that is given must fit. */
export interface ReplaySelection {
  /** One key. */
  file?: string | undefined;
  /** Files that were refused, or have rows that were refused, for this reason. */
  reason?: string | undefined;
  /** Files with deliveries of this day or later, or with such a day in their key. */
  from?: string | undefined;
  /** The same, of this day or earlier. */
  to?: string | undefined;
  /** Files that another version of the transform has read. */
  outdated?: boolean | undefined;
}

interface Ledgered {
  modified_ms: number;
  raw_purged_at: string | null;
}

/** Files that were chosen for a replay and cannot be read as they were, by what became of them since. */
export interface Unreadable {
  /** Removed from the store once they were loaded, as rawRetentionDays asks. */
  purged: number;
  /** Gone from the store for a reason the ledger does not know. */
  missing: number;
  /** Something else lies in their place. */
  changed: number;
}

/** What a replay reads, as a run's {@link Findings}, and what it cannot. */
export interface Replayable extends Findings {
  unreadable: Unreadable;
}

interface ReplayContext {
  source: Storage;
  warehouse: Warehouse;
  transformVersion(): Promise<string>;
}

/**
 * Chooses files that were read before, to be read again from the raw store: after a format was mended, or the transform
 * changed. They keep their place in the order of discovery. The load takes in only what the transform now reads another way.
 *
 * @throws RefusedError when files fit, and not one of them can be read as it was
 */
export async function findFilesToReplay(context: ReplayContext, selection: ReplaySelection): Promise<Replayable> {
  const { source, warehouse } = context;
  const chosen = await warehouse.query<Omit<FilePointer, "modifiedAt"> & Ledgered>(
    `with heads as (
       select max(file_id) as file_id
       from files
       where source_id = (select source_id from sources where url = $source_url)
       group by key
     )
     select files.key, files.seen_version as version, files.size_bytes as size, files.modified_ms,
       files.raw_purged_at
     from files
     join heads on heads.file_id = files.file_id
     where (cast($file as varchar(1024)) is null or files.key = $file)
       and (cast($reason as varchar(40)) is null or files.reason = $reason or files.file_id in (
         select file_id from quarantine where reason = $reason
       ))
       and (not $outdated or files.transform_version <> $transform_version)
       and ((cast($from_date as date) is null and cast($to_date as date) is null)
         or (files.key_date >= coalesce(cast($from_date as date), files.key_date)
           and files.key_date <= coalesce(cast($to_date as date), files.key_date))
         or files.file_id in (
           select file_id
           from deliveries
           where business_date >= coalesce(cast($from_date as date), business_date)
             and business_date <= coalesce(cast($to_date as date), business_date)
         ))
     order by files.seen_version, files.key`,
    {
      source_url: source.url,
      transform_version: await context.transformVersion(),
      file: selection.file ?? null,
      reason: selection.reason ?? null,
      from_date: selection.from ?? null,
      to_date: selection.to ?? null,
      outdated: selection.outdated ?? false,
    },
  );
  const found: FilePointer[] = [];
  const unreadable: Unreadable = { purged: 0, missing: 0, changed: 0 };
  for (const { key, version, size, modified_ms: knownMs, raw_purged_at: purgedAt } of chosen) {
    const object = await source.stat(key);
    if (object === undefined) unreadable[purgedAt === null ? "missing" : "purged"] += 1;
    else if (object.size !== size || Math.trunc(object.modifiedAt) !== knownMs) unreadable.changed += 1;
    else found.push({ key, version, size, modifiedAt: object.modifiedAt });
  }
  if (found.length === 0 && chosen.length > 0) throw nothingToRead(unreadable);
  return { discovered: found.length, found, waiting: 0, unreadable };
}

/** What a replay says of files that it cannot read, one sentence for each thing that became of them. */
export function problemsOf({ purged, missing, changed }: Unreadable): InfinityError[] {
  const stays = "What was loaded from there stays, and `infinity rebuild` needs no raw files.";
  const cases: [number, string, string][] = [
    [purged, "removed from the source as rawRetentionDays asks", stays],
    [missing, "no longer in the source", stays],
    [changed, "changed in the source since", "`infinity run` loads what is there now."],
  ];
  return cases
    .filter(([files]) => files > 0)
    .map(([files, why, next]) => {
      return new InfinityError(`${files === 1 ? "1 file" : `${files} files`} cannot be read again: ${why}.`, next);
    });
}

function nothingToRead(unreadable: Unreadable): RefusedError {
  const problems = problemsOf(unreadable);
  return new RefusedError(
    problems.map(({ message }) => message).join(" "),
    [...new Set(problems.map(({ next }) => next))].join(" "),
  );
}
