import type { Session } from "#access/sign-in.ts";
import type { Scope } from "#core/scope.ts";
import type { Directory } from "#metrics/directory.ts";
import type { LastRun } from "#metrics/last-run.ts";
import { namedPeriodsOf } from "#metrics/named-periods.ts";
import type { SessionAnswer } from "./contract/session.ts";
import type { ScheduleState } from "./environment.ts";

interface SessionParts {
  session: Session;
  scope: Scope;
  directory: Directory;
  lastRun: LastRun | null;
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
    dates: directory.dates && { ...directory.dates, named: namedPeriodsOf(directory.dates) },
    cafes: [...cafes],
    regions: regions.map((region) => ({ region, cafes: cafes.filter((cafe) => cafe.region === region).length })),
    lastRun,
    running: schedule.running,
    nextRunAt: schedule.nextRunAt?.toISOString() ?? null,
    schedule: schedule.words,
    expiresAt: new Date(session.expiresAt).toISOString(),
  };
}
