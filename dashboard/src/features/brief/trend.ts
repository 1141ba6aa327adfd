import type { SalesTrendAnswer } from "../../../../src/api/contract/index.ts";
import { shortDay } from "../../format/date.ts";
import { changeOf, count, money, moneyChange, percentChange } from "../../format/number.ts";
import { changePhrase } from "../../format/phrases.ts";
import { plural } from "../../format/words.ts";
import type { TableOf } from "../../parts/table.ts";
import type { Arrived } from "../../parts/trust.ts";
import { partCompared } from "./compared.ts";

type Point = SalesTrendAnswer["points"][number];

/** A day like for like: the same cafés on both sides, so that the change follows from the two figures. Null where none are. */
export function comparedOn({ nowComparedPence: now, beforeComparedPence: before }: Point) {
  return now === null || before === null ? null : { now, before, ratio: changeOf(now, before) };
}

/** What the line of a day shows: the cafés that the other line shows too. A day with no counterpart has no other line: all of it. */
export function drawnPence(point: Point): number | null {
  return comparedOn(point)?.now ?? point.totalPence;
}

/** The year of the other line; undefined where there is none, since no day has a counterpart. */
export function yearBefore(points: readonly Point[]): string | undefined {
  return points.findLast((point) => comparedOn(point))?.comparisonTo?.slice(0, 4);
}

/** What the lines hold, for those who wonder why they are less than all sales. */
export function trendSubtitle(points: readonly Point[], cafes: readonly { name: string }[]): string {
  const year = yearBefore(points);
  const several = cafes.length !== 1;
  const most = points.length > 0 ? Math.max(...points.map(({ cafeDaysExpected }) => cafeDaysExpected)) : cafes.length;
  const whose = `Sales a day, ${several ? `${count(most)} ${plural(most, "café")}` : cafes[0]?.name}`;
  if (!year) return whose;
  const whole = points.some((point) => point.totalPence !== null && !comparedOn(point));
  return [
    `${whose}; grey: the same weekdays of ${year}`,
    ...(several ? ["Both hold only cafés that were in on both days"] : []),
    ...(whole ? ["A day without a counterpart is drawn in full"] : []),
  ].join(". ");
}

/** Said in place of the chart when no day has any sales, or a single one, through which there is no line. */
export function nothingDrawn({ points }: SalesTrendAnswer, today: string): string | undefined {
  const [first, second] = points.filter(({ totalPence }) => totalPence !== null);
  if (second) return undefined;
  if (first)
    return `So far one day, ${shortDay(first.to, today)}: ${money(first.totalPence ?? 0)}. A line begins with two.`;
  return points.some(({ cafeDaysExpected }) => cafeDaysExpected > 0)
    ? "No café delivered on these days."
    : "No café was open on these days.";
}

/** What a point of the chart says: the two figures drawn, the change that follows from them, and all sales where they are more. */
export function trendReadout(point: Point | undefined, cafes: number, today: string) {
  if (!point) return { title: "", lines: [], spoken: "" };
  const title = shortDay(point.to, today);
  const compared = comparedOn(point);
  const same = cafes === 1 ? "" : ", same cafés";
  const lines = [
    compared
      ? { label: `Sales${same}`, value: money(compared.now) }
      : { label: "Sales", value: point.totalPence === null ? absence(point) : money(point.totalPence) },
    ...(compared && point.comparisonTo
      ? [{ label: `${shortDay(point.comparisonTo, today)}${same}`, value: money(compared.before) }]
      : []),
    ...(compared?.ratio === undefined ? [] : [{ label: "Like for like", value: percentChange(compared.ratio) }]),
    ...(compared && point.totalPence !== null && point.totalPence !== compared.now
      ? [{ label: "Sales, all cafés", value: money(point.totalPence) }]
      : []),
    ...(point.cafeDaysIn < point.cafeDaysExpected
      ? [{ label: "Cafés in", value: `${point.cafeDaysIn} of ${point.cafeDaysExpected}` }]
      : []),
  ];
  return { title, lines, spoken: `${title}: ${lines.map(({ label, value }) => `${label} ${value}`).join(", ")}` };
}

/** Why a day has no sales: nothing was expected, or what was expected has not come. */
export function absence({ cafeDaysExpected }: Pick<Point, "cafeDaysExpected">): string {
  return cafeDaysExpected === 0 ? "not open" : "not delivered";
}

const daysOf = (points: readonly Point[]) => `${points.length} ${plural(points.length, "day")}`;

/** What all days of the chart came to. Where only a part can be compared, it is that part which rose or fell. */
export function trendTitle({ points, total, totalPence }: SalesTrendAnswer): string {
  const days = daysOf(points);
  if (total?.ratio === null || total?.ratio === undefined) return `Sales over ${days}`;
  const part = partCompared(total.now, totalPence);
  const change = changePhrase(total.ratio, "last year");
  return part
    ? `Over ${days}, the ${part} of sales that can be compared are ${change}`
    : `Over ${days}, sales are ${change}`;
}

/** The sum of the days drawn. */
export function trendFoot({ points, totalPence, total }: SalesTrendAnswer): string {
  const sum = `${daysOf(points)}: ${money(totalPence, "pounds")} in all`;
  return total ? `${sum}, ${moneyChange(total.difference, "pounds")} like for like` : sum;
}

/** What arrived on the days drawn, which are often more than the period that an answer's trust speaks of. */
export function arrivedOn({ points, period, trust }: SalesTrendAnswer): Arrived {
  if (points.length === period.days) return trust;
  const sum = (figure: (point: Point) => number) => points.reduce((total, point) => total + figure(point), 0);
  return {
    cafeDaysIn: sum(({ cafeDaysIn }) => cafeDaysIn),
    cafeDaysExpected: sum(({ cafeDaysExpected }) => cafeDaysExpected),
  };
}

/** The figures drawn, and all sales beside them. */
export function trendTable({ points }: SalesTrendAnswer): TableOf {
  return {
    columns: [
      { name: "Day", unit: "day" },
      { name: "Sales, same cafés", unit: "money" },
      { name: "Compared with", unit: "day" },
      { name: "Sales then, same cafés", unit: "money" },
      { name: "Like for like", unit: "change" },
      { name: "Sales, all cafés", unit: "money" },
      { name: "Receipts, all cafés", unit: "count" },
      { name: "Cafés in", unit: "count" },
    ],
    rows: points.map((point) => {
      const compared = comparedOn(point);
      return [
        point.to,
        compared?.now ?? null,
        point.comparisonTo,
        compared?.before ?? null,
        compared?.ratio ?? null,
        point.totalPence,
        point.receipts,
        point.cafeDaysIn,
      ];
    }),
  };
}
