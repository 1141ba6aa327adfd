import { useNavigate } from "@tanstack/react-router";
import { memo } from "preact/compat";
import type { SalesTrendAnswer } from "../../../../src/api/contract/index.ts";
import { LineChart } from "../../charts/LineChart.tsx";
import type { QueryState } from "../../data/metrics.ts";
import { useView } from "../../filters/view.ts";
import { axisDay, shortDay } from "../../format/date.ts";
import { money } from "../../format/number.ts";
import { useNarrow } from "../../frame/useNarrow.ts";
import { Section } from "../../parts/Section.tsx";
import {
  arrivedOn,
  comparedOn,
  drawnPence,
  nothingDrawn,
  trendFoot,
  trendReadout,
  trendSubtitle,
  trendTable,
  trendTitle,
  yearBefore,
} from "./trend.ts";

interface TrendSectionProps {
  answer: SalesTrendAnswer | undefined;
  query: QueryState;
  /** Where a point leads: to that day's brief, or to the café's day. */
  onOpen?: (day: string) => void;
}

/** Sales day by day, with the same cafés and weekdays of last year beside them: both lines hold the same cafés. */
export const TrendSection = memo(function TrendSection({ answer, query, onOpen }: TrendSectionProps) {
  const { today, period, inScope, openCafes } = useView();
  const narrow = useNarrow();
  const navigate = useNavigate();
  const points = answer?.points ?? [];
  const open =
    onOpen ??
    ((day: string) =>
      void navigate({ to: ".", search: (search) => ({ ...search, period: "custom", from: day, to: day }) }));
  const year = yearBefore(points);
  const before = points.map((point) => comparedOn(point)?.before ?? null);
  const thisYear = period.to.slice(0, 4);
  const now = points.map(drawnPence);
  const latest = now.findLast((pence) => pence !== null);
  const marked = points.flatMap(({ to }, index) =>
    period.days === 1 && (to === period.to || index === points.length - 8) ? [index] : [],
  );
  return (
    <Section
      title={answer ? trendTitle(answer) : "Sales a day"}
      name="Sales a day"
      subtitle={trendSubtitle(points, inScope.length === 1 ? inScope : openCafes)}
      height={narrow ? 220 : 260}
      query={query}
      empty={answer && nothingDrawn(answer, today)}
      table={answer && trendTable(answer)}
      chart
      trust={answer && arrivedOn(answer)}
      foot={answer && trendFoot(answer)}
    >
      <LineChart
        name="Sales a day"
        points={points.map(({ to }) => (narrow ? axisDay(to) : shortDay(to, to)))}
        labelEvery={7}
        height={narrow ? 220 : 260}
        axis={(value, topmost) => `${money(value, "pounds")}${topmost ? " a day" : ""}`}
        unit={100}
        marked={marked}
        series={[
          {
            label: thisYear === today.slice(0, 4) ? "This year" : thisYear,
            ...(narrow || !latest ? {} : { detail: money(latest, "pounds") }),
            role: "now",
            values: now,
          },
          ...(year ? [{ label: year, role: "comparison" as const, values: before }] : []),
        ]}
        readout={(index) => trendReadout(points[index], inScope.length, today)}
        onOpen={(index) => points[index] && open(points[index].to)}
      />
    </Section>
  );
});
