import type { RunStatus } from "#core/run-summary.ts";
import { closeStaleRuns } from "#pipeline/run-ledger.ts";
import type { Parts } from "../home/open-home.ts";
import { recordGivenUp } from "./given-up.ts";
import { runDeadlineMs } from "./run-deadline.ts";

/** A run as a list of runs shows it. Instants are ISO 8601 in UTC, money is pence; null while it runs. */
export interface ListedRun {
  runId: string;
  trigger: string;
  status: RunStatus;
  startedAt: string;
  finishedAt: string | null;
  durationMs: number | null;
  files: { discovered: number | null; loaded: number | null; quarantined: number | null };
  rows: number | null;
  totalPence: number | null;
  /** Its batches, as far as they are known: a run from before they were kept has none. */
  batches: { loaded: number; queued: number; dead: number };
}

/**
 * The latest runs, newest first; what has gone on for too long is closed first, so that none runs for ever.
 *
 * @param underWay true where this process itself may be running
 */
export async function readRuns(
  parts: Pick<Parts, "warehouse" | "settings" | "transformQueue" | "loadQueue">,
  limit: number,
  underWay: boolean,
): Promise<ListedRun[]> {
  const { warehouse } = parts;
  await recordGivenUp(parts);
  await closeStale(parts, underWay);
  const rows = await warehouse.query<
    Record<"run_id" | "trigger_kind" | "started_at", string> & {
      status: RunStatus;
      finished_at: string | null;
    } & Record<
        "duration_ms" | "files_discovered" | "files_loaded" | "files_quarantined" | "rows_loaded" | "total_pence",
        number | null
      > &
      Record<"loaded" | "queued" | "dead", number>
  >(
    `select
       runs.run_id, runs.trigger_kind, runs.status, runs.started_at, runs.finished_at, runs.duration_ms,
       runs.files_discovered, runs.files_loaded, runs.files_quarantined, runs.rows_loaded, runs.total_pence,
       coalesce(sum(case when run_batches.state = 'loaded' then 1 else 0 end), 0) as loaded,
       coalesce(sum(case when run_batches.state = 'queued' then 1 else 0 end), 0) as queued,
       coalesce(sum(case when run_batches.state = 'dead' then 1 else 0 end), 0) as dead
     from runs
     left join run_batches on run_batches.run_id = runs.run_id
     group by
       runs.run_id, runs.trigger_kind, runs.status, runs.started_at, runs.finished_at, runs.duration_ms,
       runs.files_discovered, runs.files_loaded, runs.files_quarantined, runs.rows_loaded, runs.total_pence
     order by runs.started_at desc, runs.run_id desc
     limit ${Math.trunc(limit)}`,
  );
  return rows.map((row) => ({
    runId: row.run_id,
    trigger: row.trigger_kind,
    status: row.status,
    startedAt: asIso(row.started_at),
    finishedAt: row.finished_at === null ? null : asIso(row.finished_at),
    durationMs: row.duration_ms,
    files: { discovered: row.files_discovered, loaded: row.files_loaded, quarantined: row.files_quarantined },
    rows: row.rows_loaded,
    totalPence: row.total_pence,
    batches: { loaded: Number(row.loaded), queued: Number(row.queued), dead: Number(row.dead) },
  }));
}

/**
 * Closes runs that nobody else will: while a run of this process's own is under way, none.
 */
export async function closeStale(
  { warehouse, settings }: Pick<Parts, "warehouse" | "settings">,
  underWay: boolean,
): Promise<void> {
  if (!underWay) await closeStaleRuns(warehouse, { now: new Date(), deadlineMs: runDeadlineMs(settings) });
}

/** `2026-11-22 06:00:00.123` of the warehouse, which is UTC, as ISO 8601. */
export function asIso(timestamp: string): string {
  return new Date(`${timestamp.replace(" ", "T")}Z`).toISOString();
}
