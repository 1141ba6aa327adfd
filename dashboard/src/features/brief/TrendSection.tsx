import { useNavigate } from "@tanstack/react-router";
import { memo } from "preact/compat";
import type { SalesTrendAnswer } from "../../../../src/api/contract/index.ts";
import { LineChart } from "../../charts/LineChart.tsx";
import type { QueryState } from "../../data/metrics.ts";
import { useView } from "../../filters/view.ts";
import { axisDay, shortDay } from "../../format/date.ts";
import { changeOf, count, money, moneyChange, percentChange } from "../../format/number.ts";
import { changePhrase } from "../../format/phrases.ts";
import { useNarrow } from "../../frame/useNarrow.ts";
import { Section } from "../../parts/Section.tsx";
import type { TableOf } from "../../parts/table.ts";

interface TrendSectionProps {
  answer: SalesTrendAnswer | undefined;
  query: QueryState;
  /** Where a point leads: to that day's brief, or to the café's day. */
  onOpen?: (day: string) => void;
}

/** Sales day by day, with the same weekdays of last year beside them. */
export const TrendSection = memo(function TrendSection({ answer, query, onOpen }: TrendSectionProps) {
  const { today, period, inScope } = useView();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const points = answer?.points ?? [];
  const open =
    onOpen ??
    ((day: string) =>
      void navigate({ to: ".", search: (search) => ({ ...search, period: "custom", from: day, to: day }) }));
  const year = points.findLast(({ comparisonTo }) => comparisonTo)?.comparisonTo?.slice(0, 4);
  const hasYear = points.some((point) => sameCafesBefore(point) !== null);
  const thisYear = period.to.slice(0, 4);
  const latest = points.findLast(({ totalPence }) => totalPence !== null)?.totalPence;
  const marked = points.flatMap(({ to }, index) =>
    period.days === 1 && (to === period.to || index === points.length - 8) ? [index] : [],
  );
  return (
    <Section
      title={answer ? titleOf(answer) : "Sales a day"}
      name="Sales a day"
      subtitle={`Sales a day, ${inScope.length === 1 ? inScope[0]?.name : `${count(inScope.length)} cafés`}${hasYear ? `; grey: the same cafés and weekdays of ${year}` : ""}`}
      height={narrow ? 220 : 260}
      query={query}
      empty={answer && points.every(({ totalPence }) => totalPence === null) && "No café delivered on these days."}
      table={answer && tableOf(answer)}
      chart
      trust={answer?.trust}
      foot={answer && totalOf(answer)}
    >
      <LineChart
        name="Sales a day"
        points={points.map(({ to }) => (narrow ? axisDay(to) : shortDay(to, to)))}
        labelEvery={7}
        height={narrow ? 220 : 260}
        axis={(value, topmost) => `${money(value, "pounds")}${topmost ? " a day" : ""}`}
        marked={marked}
        series={[
          {
            label: thisYear === today.slice(0, 4) ? "This year" : thisYear,
            ...(narrow || !latest ? {} : { detail: money(latest, "pounds") }),
            role: "now",
            values: points.map(({ totalPence }) => totalPence),
          },
          ...(hasYear ? [{ label: year ?? "", role: "comparison" as const, values: points.map(sameCafesBefore) }] : []),
        ]}
        readout={(index) => readoutOf(points[index], today)}
        onOpen={(index) => points[index] && open(points[index].to)}
      />
    </Section>
  );
});

type Point = SalesTrendAnswer["points"][number];

function readoutOf(point: Point | undefined, today: string) {
  if (!point) return { title: "", lines: [], spoken: "" };
  const title = shortDay(point.to, today);
  const now = point.totalPence === null ? "not delivered" : money(point.totalPence);
  const before = sameCafesBefore(point);
  const change =
    point.nowComparedPence === null ? undefined : changeOf(point.nowComparedPence, point.beforeComparedPence);
  const lines = [
    { label: "Sales", value: now },
    ...(before === null || !point.comparisonTo
      ? []
      : [{ label: `${shortDay(point.comparisonTo, today)}, same cafés`, value: money(before) }]),
    ...(change === undefined ? [] : [{ label: "Like for like", value: percentChange(change) }]),
    ...(point.cafeDaysIn < point.cafeDaysExpected
      ? [{ label: "Cafés in", value: `${point.cafeDaysIn} of ${point.cafeDaysExpected}` }]
      : []),
  ];
  return { title, lines, spoken: `${title}: ${lines.map(({ label, value }) => `${label} ${value}`).join(", ")}` };
}

/** A year before, of the cafés that are in now: one that is missing leaves both lines. */
function sameCafesBefore({ nowComparedPence, beforeComparedPence }: Point): number | null {
  return nowComparedPence === null ? null : beforeComparedPence;
}

function titleOf({ points, total }: SalesTrendAnswer): string {
  const days = `${points.length} days`;
  if (total?.ratio === null || total?.ratio === undefined) return `Sales over ${days}`;
  return `Over ${days}, sales are ${changePhrase(total.ratio, "last year")}`;
}

function totalOf({ points, totalPence, total }: SalesTrendAnswer): string {
  const sum = `${points.length} days: ${money(totalPence, "pounds")}`;
  return total ? `${sum}, ${moneyChange(total.difference, "pounds")} like for like` : sum;
}

function tableOf({ points }: SalesTrendAnswer): TableOf {
  return {
    columns: [
      { name: "Day", unit: "day" },
      { name: "Sales", unit: "money" },
      { name: "Receipts", unit: "count" },
      { name: "Compared with", unit: "day" },
      { name: "Sales then", unit: "money" },
      { name: "Like for like", unit: "change" },
      { name: "Cafés in", unit: "count" },
    ],
    rows: points.map((point) => [
      point.to,
      point.totalPence,
      point.receipts,
      point.comparisonTo,
      point.comparisonPence,
      point.nowComparedPence === null ? null : (changeOf(point.nowComparedPence, point.beforeComparedPence) ?? null),
      point.cafeDaysIn,
    ]),
  };
}
