import { addDays } from "#core/day.ts";
import { changeOf, changeOfRatio } from "../comparison/comparison.ts";
import { readLeftOut } from "../comparison/left-out.ts";
import type { Metric } from "../metric.ts";
import { shiftDaysOf, shifted } from "../period.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import { add, type Figures, figuresOf, none, type WeekRow } from "./figures.ts";
import { type LeagueAnswer, leagueAnswer } from "./schema.ts";

const weeksStatement = statementOf(new URL("./weeks.sql", import.meta.url));
const sparkWeeks = 13;

type LeagueFigures = Omit<LeagueAnswer["total"], keyof CafeCounts>;
type CafeCounts = Pick<LeagueAnswer["total"], "cafes" | "cafesCompared" | "cafesPartlyCompared">;

/** Who grows and who does not, like for like? */
export const league: Metric<Record<never, never>, LeagueAnswer> = {
  name: "league",
  question: "Which cafés and regions grow, like for like, and what is left out of that?",
  formula:
    "Change = sales of the compared café-days - sales of the same café-days before. A café-day is compared when the café delivered " +
    "on both days and no bank holiday falls on just one of them. Compared + left out = everything delivered, on both sides.",
  grain: "A café; a region; all of them.",
  units: "Pence; ratio; days.",
  suppression: "Only cafés in scope are ranked or listed.",
  answer: leagueAnswer,
  table: "cafes",
  async run(asked) {
    const kind = asked.compare === "none" ? "year" : asked.compare;
    const question = asked.comparing(kind);
    const weeks = sparkPeriod(question);
    const [head, outcomes, leftOut, weekRows] = await Promise.all([
      question.head(),
      question.outcomes(kind),
      readLeftOut(question, kind),
      question.query<WeekRow>(weeksStatement, {
        period: weeks,
        // Each week with its own counterpart: that of all thirteen together would lie a quarter of a year back, not a week.
        comparison: shifted(weeks, shiftDaysOf(7, kind)),
      }),
    ]);
    const ofCafe = new Map(
      question.cafes.map(({ cafeId }) => [
        cafeId,
        figuresOf(
          outcomes.filter((row) => row.cafeId === cafeId),
          weekRows.filter((row) => row.cafeId === cafeId),
        ),
      ]),
    );
    const weekEnds = Array.from({ length: sparkWeeks }, (_, index) => addDays(weeks.to, -7 * (sparkWeeks - 1 - index)));
    const traded = question.cafes.filter(({ cafeId }) => (ofCafe.get(cafeId)?.daysExpected ?? 0) > 0);
    const figures = (cafeIds: number[]) => cafeIds.map((id) => ofCafe.get(id) ?? none()).reduce(add, none());
    const total = figures(traded.map((cafe) => cafe.cafeId));
    return {
      ...head,
      total: { ...counted(traded.length, total), ...shown(total, weekEnds) },
      regions: ranked(
        question.regions.map((region) => {
          const members = traded.filter((cafe) => cafe.region === region);
          const sum = figures(members.map((cafe) => cafe.cafeId));
          return { region, rank: null, ...counted(members.length, sum), ...shown(sum, weekEnds) };
        }),
      ),
      cafes: ranked(
        traded.map(({ cafeId, name, region }) => ({
          cafeId,
          name,
          region,
          rank: null,
          ...shown(ofCafe.get(cafeId) ?? none(), weekEnds),
        })),
      ),
      leftOut,
      sums: {
        comparedPence: total.comparedPence,
        leftOutPence: total.leftOutPence,
        totalPence: total.comparedPence + total.leftOutPence,
        beforeComparedPence: total.beforePence,
        beforeLeftOutPence: total.beforeLeftOutPence,
        beforeTotalPence: total.beforePence + total.beforeLeftOutPence,
      },
    };
  },
};

function sparkPeriod({ period }: Question) {
  return { from: addDays(period.to, 1 - 7 * sparkWeeks), to: period.to, days: 7 * sparkWeeks };
}

function ranked<Row extends LeagueFigures & { rank: number | null }>(rows: Row[]): Row[] {
  const ratioOf = (row: Row) => row.change?.ratio ?? null;
  const placed = rows.filter((row) => ratioOf(row) !== null).sort((a, b) => (ratioOf(b) ?? 0) - (ratioOf(a) ?? 0));
  const rest = rows.filter((row) => ratioOf(row) === null);
  return [...placed.map((row, index) => ({ ...row, rank: index + 1 })), ...rest.map((row) => ({ ...row, rank: null }))];
}

function counted(cafes: number, { cafesCompared, cafesPartlyCompared }: Figures): CafeCounts {
  return { cafes, cafesCompared, cafesPartlyCompared };
}

function shown(sum: Figures, weekEnds: string[]): LeagueFigures {
  const compared = sum.daysCompared > 0;
  return {
    totalPence: sum.comparedPence + sum.leftOutPence,
    comparedPence: sum.comparedPence,
    beforePence: sum.beforePence,
    change: compared ? changeOf(sum.comparedPence, sum.beforePence) : null,
    receipts: sum.receipts,
    receiptsChange: compared ? changeOf(sum.comparedReceipts, sum.beforeReceipts) : null,
    averageSpendPence: sum.receipts === 0 ? null : (sum.comparedPence + sum.leftOutPence) / sum.receipts,
    averageSpendChange: changeOfRatio(sum.comparedPence, sum.comparedReceipts, sum.beforePence, sum.beforeReceipts),
    identifiedShare: sum.receipts === 0 ? null : sum.identifiedReceipts / sum.receipts,
    identifiedShareChange: changeOfRatio(
      sum.comparedIdentified,
      sum.comparedReceipts,
      sum.beforeIdentified,
      sum.beforeReceipts,
    ),
    daysCompared: sum.daysCompared,
    daysExpected: sum.daysExpected,
    missingDays: sum.missingDays,
    spark: weekEnds.map((to, index) => {
      const week = sum.weeks.get(index + 1);
      return { to, nowPence: week?.nowPence ?? null, beforePence: week?.beforePence ?? null };
    }),
  };
}
