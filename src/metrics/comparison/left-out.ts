import type { z } from "zod";
import type { ComparisonKind } from "../answer.ts";
import type { Cafe } from "../directory.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import type { OutcomeRow } from "./comparison.ts";
import type { LeftOut, leftOutReason } from "./left-out-schema.ts";

const leftOutDaysStatement = statementOf(new URL("./left-out-days.sql", import.meta.url));

type Reason = z.infer<typeof leftOutReason>;

interface LeftOutDayRow {
  cafeId: number;
  outcome: string;
  date: string;
  beforeDate: string;
}

/** Everything that is in neither side of the comparison of that kind, one entry for each café and reason, with its days. */
export async function readLeftOut(question: Question, kind: ComparisonKind): Promise<LeftOut[]> {
  const [outcomes, days] = await Promise.all([
    question.outcomes(kind),
    question.query<LeftOutDayRow>(leftOutDaysStatement, { comparison: question.counterpart(kind) }),
  ]);
  return entriesOf(question.cafes, outcomes, days);
}

function entriesOf(cafes: readonly Cafe[], outcomes: OutcomeRow[], days: LeftOutDayRow[]): LeftOut[] {
  const compared = new Set(outcomes.filter((row) => row.outcome === "compared").map((row) => row.cafeId));
  const daysOf = Map.groupBy(days, (day) => `${day.cafeId} ${day.outcome}`);
  const entries = cafes.flatMap((cafe) =>
    outcomes
      .filter((row) => row.cafeId === cafe.cafeId && row.outcome !== "compared")
      .map((row) => entryOf(cafe, row, daysOf.get(`${row.cafeId} ${row.outcome}`) ?? [], !compared.has(cafe.cafeId))),
  );
  return entries.sort(
    (a, b) =>
      Number(b.altogether) - Number(a.altogether) ||
      b.totalPence - a.totalPence ||
      b.beforePence - a.beforePence ||
      a.cafeId - b.cafeId,
  );
}

function entryOf({ cafeId, name, region }: Cafe, row: OutcomeRow, days: LeftOutDayRow[], altogether: boolean): LeftOut {
  const reason = row.outcome as Reason;
  return {
    cafeId,
    name,
    region,
    reason,
    detail: reason === "bank_holiday" ? row.holiday : reason.startsWith("closure") ? row.closureReason : null,
    since: reason === "opened" ? row.openedOn : reason === "closed_for_good" ? row.closedOn : null,
    dates: days.map((day) => day.date),
    comparisonDates: days.map((day) => day.beforeDate),
    days: row.days,
    altogether,
    totalPence: row.nowPence,
    beforePence: row.beforePence,
  };
}
