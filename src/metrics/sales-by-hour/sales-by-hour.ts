import type { Period } from "../answer.ts";
import type { Metric } from "../metric.ts";
import { addDays, periodOf } from "../period.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import { type SalesByHourAnswer, salesByHourAnswer } from "./schema.ts";

const hoursStatement = statementOf(new URL("./hours.sql", import.meta.url));
const usualDays = 28;
const weekdays = [1, 2, 3, 4, 5, 6, 7];

interface HourRow {
  weekday: number | null;
  hourOfDay: number | null;
  /** Such weekdays that each of these cafés delivered. */
  days: number | null;
  /** Cafés that delivered such a weekday at all. */
  cafes: number | null;
  receipts: number | null;
  pence: number | null;
  daysExpected: number;
  daysIn: number;
}

type Cell = SalesByHourAnswer["cells"][number];

/** When do people come? */
export const salesByHour: Metric<Record<never, never>, SalesByHourAnswer> = {
  name: "sales-by-hour",
  question: "When do people come, usually and now?",
  formula:
    "Each café's mean receipts (and sales) in the hour over the days it delivered, summed over cafés. Usual is the four weeks before " +
    "the period. The oddest cell is the one furthest from usual in standard errors of a Poisson count: (period - usual) / sqrt(usual).",
  grain: "A weekday and hour of the local clock.",
  units: "Receipts an hour; mean pence an hour.",
  suppression: "None: totals of cafés.",
  answer: salesByHourAnswer,
  table: "cells",
  async run(question) {
    const usual = usualPeriod(question);
    const [head, usualRows, periodRows] = await Promise.all([
      question.head(),
      usual ? question.query<HourRow>(hoursStatement, { period: usual, comparison: null }) : [],
      question.query<HourRow>(hoursStatement, { comparison: null }),
    ]);
    const hours = hoursOf([...usualRows, ...periodRows]);
    const cells = weekdays.flatMap((weekday) =>
      hours.map((hour) => ({ weekday, hour, ...levelsOf(usualRows, periodRows, weekday, hour) })),
    );
    return {
      ...head,
      usual,
      usualCafeDaysIn: usualRows[0]?.daysIn ?? 0,
      usualCafeDaysExpected: usualRows[0]?.daysExpected ?? 0,
      hours,
      cells,
      weekdays: weekdays.map((weekday) => ({ weekday, ...levelsOf(usualRows, periodRows, weekday) })),
      busiest: busiestOf(cells),
      oddest: oddestOf(cells),
    };
  },
};

/** The four weeks before the period; where the data begins later, what there is of them; null for its very first day. */
function usualPeriod({ period, dates }: Question): Period | null {
  const to = addDays(period.from, -1);
  if (to < dates.first) return null;
  const from = addDays(period.from, -usualDays);
  return from < dates.first ? periodOf(dates.first, to) : periodOf(from, to);
}

function hoursOf(rows: HourRow[]): number[] {
  const present = rows.flatMap(({ hourOfDay }) => (hourOfDay === null ? [] : [hourOfDay]));
  if (present.length === 0) return [];
  const first = Math.min(...present);
  return Array.from({ length: Math.max(...present) - first + 1 }, (_, index) => first + index);
}

function levelsOf(
  usualRows: HourRow[],
  periodRows: HourRow[],
  weekday: number,
  hour?: number,
): Omit<Cell, "weekday" | "hour"> {
  const before = levelOf(usualRows, weekday, hour);
  const now = levelOf(periodRows, weekday, hour);
  return {
    usual: before?.receipts ?? null,
    usualPerCafe: before ? before.receipts / before.cafes : null,
    usualPence: before?.pence ?? null,
    period: now?.receipts ?? null,
    periodPerCafe: now ? now.receipts / now.cafes : null,
    periodPence: now?.pence ?? null,
  };
}

/** A weekday somebody delivered has a level in every hour, if only 0; one that nobody delivered has none. */
function levelOf(
  rows: HourRow[],
  weekday: number,
  hour?: number,
): { receipts: number; pence: number; cafes: number } | null {
  const ofWeekday = rows.filter((row) => row.weekday === weekday);
  const cafes = ofWeekday[0]?.cafes;
  if (!cafes) return null;
  const level = { receipts: 0, pence: 0, cafes };
  for (const { hourOfDay, days, receipts, pence } of ofWeekday) {
    if (hour !== undefined && hourOfDay !== hour) continue;
    level.receipts += (receipts ?? 0) / (days ?? 1);
    level.pence += (pence ?? 0) / (days ?? 1);
  }
  return level;
}

function busiestOf(cells: Cell[]): SalesByHourAnswer["busiest"] {
  const [busiest] = cells
    .filter(({ usual }) => usual !== null && usual > 0)
    .sort((a, b) => (b.usual ?? 0) - (a.usual ?? 0));
  return busiest ? { weekday: busiest.weekday, hour: busiest.hour } : null;
}

function oddestOf(cells: Cell[]): SalesByHourAnswer["oddest"] {
  const scored = cells.flatMap(({ weekday, hour, usual, period }) => {
    if (usual === null || period === null) return [];
    const score = Math.abs(period - usual) / Math.sqrt(Math.max(usual, 1));
    return score > 2
      ? [{ score, cell: { weekday, hour, usual, period, ratio: usual === 0 ? null : period / usual - 1 } }]
      : [];
  });
  scored.sort((a, b) => b.score - a.score);
  return scored[0]?.cell ?? null;
}
