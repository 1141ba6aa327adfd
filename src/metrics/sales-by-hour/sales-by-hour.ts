import { addDays } from "#core/day.ts";
import type { Period } from "../answer.ts";
import type { Metric } from "../metric.ts";
import { periodOf } from "../period.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import { type SalesByHourAnswer, salesByHourAnswer } from "./schema.ts";

const hoursStatement = statementOf(new URL("./hours.sql", import.meta.url));
const weekdaysStatement = statementOf(new URL("./weekdays.sql", import.meta.url));
const usualDays = 28;
const weekdays = [1, 2, 3, 4, 5, 6, 7];

interface HourRow {
  /** 1 for the period, 0 for the usual days before it. */
  isNow: number;
  weekday: number;
  hourOfDay: number | null;
  /** Such weekdays that each of these cafés delivered. */
  days: number;
  receipts: number | null;
  pence: number | null;
}

interface WeekdayRow {
  isNow: number;
  weekday: number;
  /** Cafés that delivered such a weekday at all. */
  cafes: number;
  daysExpected: number;
  daysIn: number;
}

/** The period, or the usual days before it. */
interface Side {
  hours: HourRow[];
  weekdays: WeekdayRow[];
}

type Cell = SalesByHourAnswer["cells"][number];

/** When do people come? */
export const salesByHour: Metric<Record<never, never>, SalesByHourAnswer> = {
  name: "sales-by-hour",
  question: "When do people come, usually and now?",
  formula:
    "Each café's mean receipts (and sales) in the hour over the days it delivered, summed over cafés. Usual is the four weeks before " +
    "the period. Odd is a cell more than 2 standard errors of a Poisson count from usual: (period - usual) / sqrt(usual). The oddest of them " +
    "is the one that most receipts lie between: an hour with a receipt in place of none is surer to be odd than it is worth knowing.",
  grain: "A weekday and hour of the local clock.",
  units: "Receipts an hour; mean pence an hour.",
  suppression: "None: totals of cafés.",
  answer: salesByHourAnswer,
  table: "cells",
  async run(question) {
    const usual = usualPeriod(question);
    const bound = { comparison: null, params: { usual_from: usual?.from ?? question.period.from } };
    const [head, hourRows, weekdayRows] = await Promise.all([
      question.head(),
      question.query<HourRow>(hoursStatement, bound),
      question.query<WeekdayRow>(weekdaysStatement, bound),
    ]);
    const sideOf = (side: number): Side => ({
      hours: hourRows.filter(({ isNow }) => isNow === side),
      weekdays: weekdayRows.filter(({ isNow }) => isNow === side),
    });
    const [before, now] = [sideOf(0), sideOf(1)];
    const hours = hoursOf(hourRows);
    const cells = weekdays.flatMap((weekday) =>
      hours.map((hour) => ({ weekday, hour, ...levelsOf(before, now, weekday, hour) })),
    );
    return {
      ...head,
      usual,
      usualCafeDaysIn: before.weekdays.reduce((sum, { daysIn }) => sum + daysIn, 0),
      usualCafeDaysExpected: before.weekdays.reduce((sum, { daysExpected }) => sum + daysExpected, 0),
      hours,
      cells,
      weekdays: weekdays.map((weekday) => ({ weekday, ...levelsOf(before, now, weekday) })),
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

function levelsOf(usual: Side, period: Side, weekday: number, hour?: number): Omit<Cell, "weekday" | "hour"> {
  const before = levelOf(usual, weekday, hour);
  const now = levelOf(period, weekday, hour);
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
  side: Side,
  weekday: number,
  hour?: number,
): { receipts: number; pence: number; cafes: number } | null {
  const cafes = side.weekdays.find((row) => row.weekday === weekday)?.cafes;
  if (!cafes) return null;
  const level = { receipts: 0, pence: 0, cafes };
  for (const row of side.hours) {
    if (row.weekday !== weekday || (hour !== undefined && row.hourOfDay !== hour)) continue;
    level.receipts += (row.receipts ?? 0) / row.days;
    level.pence += (row.pence ?? 0) / row.days;
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
  const odd = cells.flatMap(({ weekday, hour, usual, period }) => {
    if (usual === null || period === null) return [];
    const between = Math.abs(period - usual);
    if (between / Math.sqrt(Math.max(usual, 1)) <= 2) return [];
    return [{ between, cell: { weekday, hour, usual, period, ratio: usual === 0 ? null : period / usual - 1 } }];
  });
  odd.sort((a, b) => b.between - a.between);
  return odd[0]?.cell ?? null;
}
