import type { Warehouse } from "#core/ports/warehouse.ts";
import type { RunStatus, RunSummary } from "#core/run-summary.ts";
import { type BatchCounts, readBatches } from "./run-batches.ts";

/** What started a run; `upload` is the store itself, telling of a file at once. */
export type RunTrigger = "command" | "schedule" | "start" | "upload";

/** Enters a run in the warehouse, before it does anything. */
export async function openRun(
  warehouse: Warehouse,
  runId: string,
  trigger: RunTrigger,
  startedAt: Date,
): Promise<void> {
  await warehouse.transact([
    {
      sql: `insert into runs (run_id, trigger_kind, started_at, status)
            values ($run_id, $trigger_kind, $started_at, 'running')`,
      params: { run_id: runId, trigger_kind: trigger, started_at: startedAt },
    },
  ]);
}

interface Ending {
  runId: string;
  startedAt: Date;
  finishedAt: Date;
  status: RunStatus;
  discovered: number;
  waiting: number;
  /** Files in batches that could not be finished. */
  unfinished: number;
  /** Of a replay: files that could not be read again. */
  unreadable?: number | undefined;
}

/** Adds up what the ledger says a run did, and writes it into the run's row. */
export async function closeRun(warehouse: Warehouse, ending: Ending): Promise<RunSummary> {
  const [done] = await warehouse.query<Record<string, number>>(
    `select
       count(distinct key) as files,
       coalesce(sum(case when status = 'loaded' then 1 else 0 end), 0) as loaded,
       coalesce(sum(case when status = 'duplicate' then 1 else 0 end), 0) as duplicates,
       coalesce(sum(case when status = 'quarantined' then 1 else 0 end), 0) as quarantined,
       coalesce(sum(rows_read), 0) as rows_read,
       coalesce(sum(case when status = 'loaded' then rows_loaded else 0 end), 0) as rows_loaded,
       coalesce(sum(rows_quarantined), 0) as rows_quarantined,
       coalesce(sum(case when status = 'loaded' then items else 0 end), 0) as items,
       coalesce(sum(case when status = 'loaded' then total_pence else 0 end), 0) as total_pence
     from files
     where run_id = $run_id`,
    { run_id: ending.runId },
  );
  const [overtaken] = await warehouse.query<{ files: number }>(
    `select count(*) as files
     from files
     where status = 'superseded' and reason is null and superseded_by in (select file_id from files where run_id = $run_id)`,
    { run_id: ending.runId },
  );
  const count = (name: string) => Number(done?.[name] ?? 0);
  const summary: RunSummary = {
    runId: ending.runId,
    status: ending.status,
    startedAt: ending.startedAt.toISOString(),
    finishedAt: ending.finishedAt.toISOString(),
    durationMs: ending.finishedAt.getTime() - ending.startedAt.getTime(),
    files: {
      discovered: ending.discovered,
      loaded: count("loaded"),
      unchanged: Math.max(0, ending.discovered - count("files") - ending.waiting - ending.unfinished),
      duplicate: count("duplicates"),
      superseded: Number(overtaken?.files ?? 0),
      quarantined: count("quarantined"),
      waiting: ending.waiting,
      ...(ending.unreadable === undefined ? {} : { unreadable: ending.unreadable }),
    },
    rows: { read: count("rows_read"), loaded: count("rows_loaded"), quarantined: count("rows_quarantined") },
    items: count("items"),
    totalPence: count("total_pence"),
    costGbp: null,
  };
  await writeRun(warehouse, summary);
  return summary;
}

/**
 * Closes a run whose last batch is through: with every batch loaded it is completed, else incomplete. Asked by whoever has
 * just finished a batch, since on many machines nobody sees the whole run. A run that was closed at its deadline and is
 * completed after all is closed again as that; for any other, a batch that comes twice changes nothing.
 *
 * @returns what it did; undefined when it is not over, or was closed before
 */
export async function closeIfOver(warehouse: Warehouse, runId: string, now: Date): Promise<RunSummary | undefined> {
  const batches = await readBatches(warehouse, runId);
  if (!batches.listed || batches.open > 0) return undefined;
  const [run] = await warehouse.query<{ status: RunStatus; started_at: string }>(
    "select status, started_at from runs where run_id = $run_id",
    { run_id: runId },
  );
  const status = batches.unfinished > 0 ? "incomplete" : "completed";
  const changes = run?.status === "running" || (run?.status === "incomplete" && status === "completed");
  return run && changes ? await closeRun(warehouse, endingOf(runId, run.started_at, now, status, batches)) : undefined;
}

/**
 * Closes runs that nobody else will: those that are over, whose closing was cut off, and as incomplete those that have been going
 * on for too long, since their batches lie in the dead letters or whoever ran them is gone.
 */
export async function closeStaleRuns(
  warehouse: Warehouse,
  { now, deadlineMs }: { now: Date; deadlineMs: number },
): Promise<void> {
  const running = await warehouse.query<{ run_id: string; started_at: string }>(
    "select run_id, started_at from runs where status = 'running' order by started_at",
  );
  for (const { run_id: runId, started_at: startedAt } of running) {
    if ((await closeIfOver(warehouse, runId, now)) !== undefined) continue;
    if (asDate(startedAt).getTime() >= now.getTime() - deadlineMs) continue;
    const batches = await readBatches(warehouse, runId);
    await closeRun(warehouse, endingOf(runId, startedAt, now, "incomplete", batches));
  }
}

function endingOf(
  runId: string,
  startedAt: string,
  finishedAt: Date,
  status: RunStatus,
  { discovered, waiting, unfinished }: BatchCounts,
): Ending {
  return {
    runId,
    startedAt: asDate(startedAt),
    finishedAt,
    status,
    discovered,
    waiting,
    unfinished,
  };
}

/** A timestamp of the warehouse, which is UTC. */
function asDate(timestamp: string): Date {
  return new Date(`${timestamp.replace(" ", "T")}Z`);
}

async function writeRun(warehouse: Warehouse, { files, rows, ...run }: RunSummary): Promise<void> {
  const { unreadable: _, ...counted } = files;
  await warehouse.transact([
    {
      sql: `update runs
            set finished_at = $finished_at, duration_ms = $duration_ms, status = $status,
              files_discovered = $discovered, files_loaded = $loaded, files_unchanged = $unchanged,
              files_duplicate = $duplicate, files_superseded = $superseded, files_quarantined = $quarantined,
              files_waiting = $waiting, rows_read = $rows_read, rows_loaded = $rows_loaded,
              rows_quarantined = $rows_quarantined, items = $items, total_pence = $total_pence
            where run_id = $run_id`,
      params: {
        run_id: run.runId,
        finished_at: new Date(run.finishedAt),
        duration_ms: run.durationMs,
        status: run.status,
        ...counted,
        rows_read: rows.read,
        rows_loaded: rows.loaded,
        rows_quarantined: rows.quarantined,
        items: run.items,
        total_pence: run.totalPence,
      },
    },
  ]);
}
