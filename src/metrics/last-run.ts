import type { Warehouse } from "#core/ports/warehouse.ts";

/** A run of the pipeline as the dashboard shows it. Instants are ISO 8601 in UTC, money is pence; null while it runs. */
export interface LastRun {
  runId: string;
  trigger: string;
  status: string;
  startedAt: string;
  finishedAt: string | null;
  durationMs: number | null;
  filesDiscovered: number | null;
  filesLoaded: number | null;
  filesQuarantined: number | null;
  rowsLoaded: number | null;
  totalPence: number | null;
}

interface RunRow {
  run_id: string;
  trigger_kind: string;
  status: string;
  started_at: string;
  finished_at: string | null;
  duration_ms: number | null;
  files_discovered: number | null;
  files_loaded: number | null;
  files_quarantined: number | null;
  rows_loaded: number | null;
  total_pence: number | null;
}

/** The run that began last; null before the first. */
export async function readLastRun(warehouse: Pick<Warehouse, "query">): Promise<LastRun | null> {
  const [row] = await warehouse.query<RunRow>(`
    select
      run_id, trigger_kind, status, started_at, finished_at, duration_ms, files_discovered, files_loaded, files_quarantined,
      rows_loaded, total_pence
    from runs
    order by started_at desc, run_id desc
    limit 1`);
  if (!row) return null;
  return {
    runId: row.run_id,
    trigger: row.trigger_kind,
    status: row.status,
    startedAt: asInstant(row.started_at),
    finishedAt: row.finished_at === null ? null : asInstant(row.finished_at),
    durationMs: row.duration_ms,
    filesDiscovered: row.files_discovered,
    filesLoaded: row.files_loaded,
    filesQuarantined: row.files_quarantined,
    rowsLoaded: row.rows_loaded,
    totalPence: row.total_pence,
  };
}

/** `2026-11-22 06:00:00.123` of the warehouse, which is UTC, as ISO 8601. */
function asInstant(timestamp: string): string {
  return new Date(`${timestamp.replace(" ", "T")}Z`).toISOString();
}
