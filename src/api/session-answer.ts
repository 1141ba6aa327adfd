import type { Session } from "#access/sign-in.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import type { Scope } from "#core/scope.ts";
import type { Directory } from "#metrics/directory.ts";
import type { SessionAnswer } from "./contract/session.ts";
import type { ScheduleState } from "./environment.ts";

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
export async function readLastRun(warehouse: Pick<Warehouse, "query">): Promise<SessionAnswer["lastRun"]> {
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

interface SessionParts {
  session: Session;
  scope: Scope;
  directory: Directory;
  lastRun: SessionAnswer["lastRun"];
  schedule: ScheduleState;
  sample: boolean;
}

/** Everything the frame of the dashboard shows, cut down to what the caller may see. */
export function sessionAnswerOf({ session, scope, directory, lastRun, schedule, sample }: SessionParts): SessionAnswer {
  const cafes = directory.cafes.filter((cafe) => scope.has(cafe.cafeId));
  const regions = [...new Set(cafes.map((cafe) => cafe.region))].sort();
  return {
    person: { name: session.person.name, role: session.person.role },
    scope: { everyCafe: cafes.length === directory.cafes.length, cafes: cafes.length },
    sample,
    dataVersion: directory.version,
    dataAsOf: directory.changedAt,
    dates: directory.dates,
    cafes: [...cafes],
    regions: regions.map((region) => ({ region, cafes: cafes.filter((cafe) => cafe.region === region).length })),
    lastRun,
    running: schedule.running,
    nextRunAt: schedule.nextRunAt?.toISOString() ?? null,
    schedule: schedule.words,
    expiresAt: new Date(session.expiresAt).toISOString(),
  };
}

/** `2026-11-22 06:00:00.123` of the warehouse, which is UTC, as ISO 8601. */
function asInstant(timestamp: string): string {
  return new Date(`${timestamp.replace(" ", "T")}Z`).toISOString();
}
