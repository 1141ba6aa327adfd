import type { z } from "zod";
import { addDays } from "#core/day.ts";
import { Scope } from "#core/scope.ts";
import type { Period } from "../answer.ts";
import { changeOf } from "../comparison/comparison.ts";
import { areAnonymous } from "../comparison/others.ts";
import type { Metric } from "../metric.ts";
import { periodOf } from "../period.ts";
import { statementOf } from "../statement.ts";
import { type SalesTrendAnswer, salesTrendAnswer, type salesTrendParams } from "./schema.ts";

const daysStatement = statementOf(new URL("./days.sql", import.meta.url));
const usual = { day: 28, week: 13 };

interface DayRow {
  date: string;
  beforeDate: string | null;
  daysExpected: number;
  daysIn: number;
  pence: number | null;
  receipts: number | null;
  comparisonPence: number | null;
  nowComparedPence: number | null;
  beforeComparedPence: number | null;
  /** Of all cafés that were read. */
  allNowComparedPence: number | null;
  allBeforeComparedPence: number | null;
  /** How many of those that the caller may not see are in the point that the day is a part of. */
  strangersCompared: number;
}

type Point = SalesTrendAnswer["points"][number];

/** Sales day by day or week by week. */
export const salesTrend: Metric<z.output<typeof salesTrendParams>, SalesTrendAnswer> = {
  name: "sales-trend",
  question: "How have sales moved, and how does that compare?",
  formula:
    "Sum of receipt totals for each day, or for each block of seven days that ends on the last day's weekday. The index is " +
    "like for like: sales of the compared café-days / sales of the same café-days before.",
  grain: "A day or a week, oldest first.",
  units: "Pence; ratio.",
  suppression:
    "The chain's index is a ratio over the cafés of the chain that can be compared; of those that the caller may not see, at least three or " +
    "none at each point.",
  answer: salesTrendAnswer,
  table: "points",
  async run(question, { grain, last }) {
    const shown = shownPeriod(question.period, question.dates.first, grain, last ?? usual[grain]);
    const comparison = question.compare === "none" ? null : question.counterpart(question.compare, shown);
    const size = grain === "day" ? 1 : 7;
    const { scope, others } = question;
    const [head, days] = await Promise.all([
      question.head(),
      question.query<DayRow>(daysStatement, {
        period: shown,
        comparison,
        scope: new Scope([...scope.locationIds, ...others.chain.locationIds]),
        params: { own_locations: scope.asParameter(), block_days: size },
      }),
    ]);
    const points = blocksOf(days, size);
    const chainPoints = blocksOf(days.map(ofAll), size);
    const total = pointOf(days);
    return {
      ...head,
      grain,
      points: points.map((point, index) => ({ ...point, chainIndex: chainPoints[index]?.index ?? null })),
      totalPence: total.totalPence ?? 0,
      total:
        total.nowComparedPence === null || total.beforeComparedPence === null
          ? null
          : changeOf(total.nowComparedPence, total.beforeComparedPence),
    };
  },
};

/** The days drawn: as many as asked for, at least the period, none before the data begins, in whole weeks for weeks. */
function shownPeriod(period: Period, firstDate: string, grain: "day" | "week", last: number): Period {
  const size = grain === "day" ? 1 : 7;
  const available = Math.floor(periodOf(firstDate, period.to).days / size);
  const wanted = Math.max(last, Math.ceil(period.days / size));
  const days = Math.max(1, Math.min(wanted, available)) * size;
  return { from: addDays(period.to, 1 - days), to: period.to, days };
}

/** The day of all cafés that were read, where those in its point give none of them away. */
function ofAll(day: DayRow): DayRow {
  if (!areAnonymous(day.strangersCompared)) return { ...day, nowComparedPence: null, beforeComparedPence: null };
  return { ...day, nowComparedPence: day.allNowComparedPence, beforeComparedPence: day.allBeforeComparedPence };
}

function blocksOf(days: DayRow[], size: number): Point[] {
  return Array.from({ length: Math.ceil(days.length / size) }, (_, block) =>
    pointOf(days.slice(block * size, (block + 1) * size)),
  );
}

function pointOf(days: DayRow[]): Point {
  const sum = (figure: (day: DayRow) => number | null) =>
    days.reduce<number | null>((total, day) => {
      const value = figure(day);
      return value === null ? total : (total ?? 0) + value;
    }, null);
  const now = sum((day) => day.nowComparedPence);
  const before = sum((day) => day.beforeComparedPence);
  return {
    from: days[0]?.date ?? "",
    to: days.at(-1)?.date ?? "",
    comparisonFrom: days[0]?.beforeDate ?? null,
    comparisonTo: days.at(-1)?.beforeDate ?? null,
    totalPence: sum((day) => day.pence),
    receipts: sum((day) => day.receipts),
    comparisonPence: sum((day) => day.comparisonPence),
    nowComparedPence: now,
    beforeComparedPence: before,
    index: now === null || !before ? null : now / before,
    chainIndex: null,
    cafeDaysIn: sum((day) => day.daysIn) ?? 0,
    cafeDaysExpected: sum((day) => day.daysExpected) ?? 0,
  };
}
