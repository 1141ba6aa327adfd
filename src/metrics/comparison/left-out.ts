import type { z } from "zod";
import { addDays } from "#core/day.ts";
import type { ComparisonKind, Period } from "../answer.ts";
import type { Cafe } from "../directory.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import type { OutcomeRow } from "./comparison.ts";
import type { LeftOut, leftOutReason } from "./left-out-schema.ts";

const leftOutDaysStatement = statementOf(new URL("./left-out-days.sql", import.meta.url));

type Reason = z.infer<typeof leftOutReason>;

/** Days one after the other; `place` is the first one's, 1 being the first of the period. */
interface Run {
  cafeId: number;
  outcome: string;
  place: number;
  days: number;
}

/** The days of both sides, in order: a run is a part of each. */
interface Sides {
  now: readonly string[];
  before: readonly string[];
}

/** Everything that is in neither side of the comparison of that kind, one entry for each café and reason, with its days. */
export async function readLeftOut(question: Question, kind: ComparisonKind): Promise<LeftOut[]> {
  const comparison = question.counterpart(kind);
  const [outcomes, runs] = await Promise.all([
    question.outcomes(kind),
    question.query<Run>(leftOutDaysStatement, { comparison }),
  ]);
  return entriesOf(question.cafes, outcomes, runs, { now: datesOf(question.period), before: datesOf(comparison) });
}

function datesOf({ from, days }: Period): string[] {
  return Array.from({ length: days }, (_, index) => addDays(from, index));
}

function entriesOf(cafes: readonly Cafe[], outcomes: OutcomeRow[], runs: Run[], sides: Sides): LeftOut[] {
  const compared = new Set(outcomes.filter((row) => row.outcome === "compared").map((row) => row.cafeId));
  const runsOf = Map.groupBy(runs, (run) => `${run.cafeId} ${run.outcome}`);
  const entries = cafes.flatMap((cafe) =>
    outcomes
      .filter((row) => row.cafeId === cafe.cafeId && row.outcome !== "compared")
      .map((row) => {
        const dates = datesIn(runsOf.get(`${row.cafeId} ${row.outcome}`) ?? [], sides);
        return entryOf(cafe, row, dates, !compared.has(cafe.cafeId));
      }),
  );
  return entries.sort(
    (a, b) =>
      Number(b.altogether) - Number(a.altogether) ||
      b.totalPence - a.totalPence ||
      b.beforePence - a.beforePence ||
      a.cafeId - b.cafeId,
  );
}

type Dates = Pick<LeftOut, "dates" | "comparisonDates">;

function datesIn(runs: readonly Run[], { now, before }: Sides): Dates {
  const within = (dates: readonly string[]) =>
    runs.flatMap(({ place, days }) => dates.slice(place - 1, place - 1 + days));
  return { dates: within(now), comparisonDates: within(before) };
}

function entryOf({ cafeId, name, region }: Cafe, row: OutcomeRow, dates: Dates, altogether: boolean): LeftOut {
  const reason = row.outcome as Reason;
  return {
    cafeId,
    name,
    region,
    reason,
    detail: reason === "bank_holiday" ? row.holiday : reason.startsWith("closure") ? row.closureReason : null,
    since: reason === "opened" ? row.openedOn : reason === "closed_for_good" ? row.closedOn : null,
    ...dates,
    days: row.days,
    altogether,
    totalPence: row.nowPence,
    beforePence: row.beforePence,
  };
}
