import type { z } from "zod";
import type { OutcomeRow } from "../comparison/comparison.ts";
import type { Cafe } from "../directory.ts";
import type { LeftOutDayRow } from "./league.ts";
import type { LeagueAnswer, leftOutReason } from "./schema.ts";

type LeftOut = LeagueAnswer["leftOut"][number];
type Reason = z.infer<typeof leftOutReason>;

/** Everything that is in neither side of the comparison, one entry for each café and reason. */
export function leftOutOf(cafes: readonly Cafe[], outcomes: OutcomeRow[], days: LeftOutDayRow[]): LeftOut[] {
  const compared = new Set(outcomes.filter((row) => row.outcome === "compared").map((row) => row.cafeId));
  const entries = cafes.flatMap((cafe) =>
    outcomes
      .filter((row) => row.cafeId === cafe.cafeId && row.outcome !== "compared")
      .map((row) => entryOf(cafe, row, days, !compared.has(cafe.cafeId))),
  );
  return entries.sort(
    (a, b) =>
      Number(b.altogether) - Number(a.altogether) || b.totalPence - a.totalPence || b.beforePence - a.beforePence,
  );
}

function entryOf({ cafeId, name, region }: Cafe, row: OutcomeRow, days: LeftOutDayRow[], altogether: boolean): LeftOut {
  const own = days.filter((day) => day.cafeId === cafeId && day.outcome === row.outcome);
  const reason = row.outcome as Reason;
  return {
    cafeId,
    name,
    region,
    reason,
    detail: reason === "bank_holiday" ? row.holiday : reason.startsWith("closure") ? row.closureReason : null,
    since: reason === "opened" ? row.openedOn : reason === "closed_for_good" ? row.closedOn : null,
    dates: own.map((day) => day.date),
    comparisonDates: own.map((day) => day.beforeDate),
    days: row.days,
    altogether,
    totalPence: row.nowPence,
    beforePence: row.beforePence,
  };
}
