import { Link } from "@tanstack/react-router";
import type { LeagueAnswer, SalesTrendAnswer } from "../../../../src/api/contract/index.ts";
import { DotPlot } from "../../charts/DotPlot.tsx";
import { LineChart } from "../../charts/LineChart.tsx";
import { asked, type QueryState, useAnswer } from "../../data/metrics.ts";
import { useView, type View } from "../../filters/view.ts";
import { axisDay, dayRange } from "../../format/date.ts";
import { count, countChange, money, moneyChange, share, UNKNOWN } from "../../format/number.ts";
import { Change } from "../../parts/Change.tsx";
import { Section } from "../../parts/Section.tsx";
import type { TableOf } from "../../parts/table.ts";
import { endsOf } from "./ends.ts";
import { regionHeadline } from "./words.ts";

type Region = LeagueAnswer["regions"][number];
type Cafe = LeagueAnswer["cafes"][number];

/** So many cafés of either end stand on the plot; the league has all. */
const PLOTTED = 5;

interface RegionPanelProps {
  region: Region;
  cafes: readonly Cafe[];
  answer: LeagueAnswer;
  query: QueryState;
}

/** The weeks of the view's region. */
export function regionWeeks({ question }: View, region: string) {
  return asked.trend({ ...question, compare: "year", region }, "week");
}

/** The selected region: its figures, its weeks against the chain's, its cafés on one scale. */
export function RegionPanel({ region, cafes, answer, query }: RegionPanelProps) {
  const view = useView();
  const trend = useAnswer(regionWeeks(view, region.region));
  const ranked = cafes.filter(({ rank }) => rank !== null);
  const { shown, hidden } = endsOf(ranked.length > 0 ? ranked : cafes, PLOTTED, PLOTTED);
  return (
    <Section
      title={regionHeadline(region, cafes, view.chosen.headline)}
      name={region.region}
      subtitle={`Selected region, ${dayRange(view.period.from, view.period.to, view.today)} against ${view.chosen.days}, like for like`}
      height={290}
      query={trend.isPending ? trend : query}
      table={tableOf(cafes)}
      chart
      foot={missingText(cafes)}
      actions={
        <Link
          to="/regions"
          search={(search) => ({ ...search, region: undefined })}
          resetScroll={false}
          className="link"
        >
          Clear
        </Link>
      }
    >
      <div className="region-panel">
        <Figures region={region} />
        <div>
          <h3 className="strong">{region.region} and the chain, week by week</h3>
          <p className="subtitle">Weekly sales, same week of last year = 100</p>
          <Weeks region={region.region} answer={trend.data} />
        </div>
        <div>
          <h3 className="strong">
            {cafes[0]?.change
              ? `${cafes[0].name} ${cafes[0].change.difference > 0 ? "grew fastest" : "fell slowest"}`
              : "Its cafés"}
          </h3>
          <p className="subtitle">Change in sales, %; dashed: all cafés; hollow: a day missing</p>
          <DotPlot
            name={`Change in sales of the cafés in ${region.region}`}
            rows={shown.map(
              (cafe) =>
                cafe && {
                  cafeId: cafe.cafeId,
                  name: cafe.name,
                  ratio: cafe.change?.ratio ?? null,
                  hollow: cafe.missingDays > 0,
                },
            )}
            between={`${count(hidden)} between`}
            level={answer.total.change?.ratio ?? null}
          />
          {hidden > 0 && <p className="body-text quiet">Those between stand in the league below.</p>}
        </div>
      </div>
    </Section>
  );
}

function Figures({ region }: { region: Region }) {
  const { precision } = useView();
  const rows = [
    {
      name: "Sales",
      value: money(region.totalPence, precision),
      change: region.change?.ratio,
      by: region.change && moneyChange(region.change.difference, "pounds"),
    },
    {
      name: "Receipts",
      value: count(region.receipts),
      change: region.receiptsChange?.ratio,
      by: region.receiptsChange && countChange(region.receiptsChange.difference),
    },
    {
      name: "Average spend",
      value: region.averageSpendPence === null ? UNKNOWN : money(region.averageSpendPence),
      change: region.averageSpendChange?.ratio,
      by: region.averageSpendChange && moneyChange(Math.round(region.averageSpendChange.difference)),
    },
    {
      name: "Identified, of receipts",
      value: region.identifiedShare === null ? UNKNOWN : share(region.identifiedShare),
      change: region.identifiedShareChange?.difference,
      unit: "points" as const,
      by: null,
    },
  ];
  return (
    <dl className="figure-list">
      {rows.map(({ name, value, change, by, unit }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span className="figure small-figure">{value}</span>
            <span className="by">
              <Change ratio={change} unit={unit ?? "percent"} /> <span className="quiet">{by}</span>
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Weeks({ region, answer }: { region: string; answer: SalesTrendAnswer | undefined }) {
  const known = answer?.points.findIndex((point) => point.index !== null) ?? -1;
  const points = answer && known >= 0 ? answer.points.slice(known) : [];
  const index = points.map((point) => (point.index === null ? null : point.index * 100));
  const chain = points.map((point) => (point.chainIndex === null ? null : point.chainIndex * 100));
  if (points.length < 2) {
    return <p className="body-text">There are no sales of a year before to compare these weeks with.</p>;
  }
  const last = (values: (number | null)[]) => values.findLast((value) => value !== null)?.toFixed(1) ?? "";
  return (
    <LineChart
      name={`Weekly sales of ${region} and of the chain, last year is 100`}
      points={points.map(({ to }) => axisDay(to))}
      height={216}
      level={100}
      axis={(value) => String(Number(value.toFixed(1)))}
      series={[
        {
          label: region === "Yorkshire and The Humber" ? "Yorkshire" : region,
          detail: last(index),
          role: "now",
          values: index,
        },
        { label: "Chain", detail: last(chain), role: "comparison", values: chain },
      ]}
      readout={(at) => {
        const point = points[at];
        const title = point ? `Week to ${axisDay(point.to)}` : "";
        const lines = [
          { label: region, value: index[at]?.toFixed(1) ?? "not comparable" },
          { label: "Chain", value: chain[at]?.toFixed(1) ?? "not comparable" },
          ...(point?.totalPence ? [{ label: "Sales", value: money(point.totalPence, "pounds") }] : []),
        ];
        return { title, lines, spoken: `${title}: ${lines.map(({ label, value }) => `${label} ${value}`).join(", ")}` };
      }}
    />
  );
}

function missingText(cafes: readonly Cafe[]): string {
  const missing = cafes.filter(({ missingDays }) => missingDays > 0);
  const compared = cafes.reduce((sum, { daysCompared }) => sum + daysCompared, 0);
  const expected = cafes.reduce((sum, { daysExpected }) => sum + daysExpected, 0);
  const names = missing.map(({ name, missingDays }) => `${name}, ${missingDays} missing`).join("; ");
  return `${count(compared)} of ${count(expected)} café-days compared${names ? ` · ${names}` : ""}`;
}

function tableOf(cafes: readonly Cafe[]): TableOf {
  return {
    columns: [
      { name: "Café", unit: "text" },
      { name: "Sales", unit: "money" },
      { name: "Sales compared", unit: "money" },
      { name: "Sales then", unit: "money" },
      { name: "Change", unit: "change" },
      { name: "Days compared", unit: "count" },
    ],
    rows: cafes.map((cafe) => [
      cafe.name,
      cafe.totalPence,
      cafe.comparedPence,
      cafe.beforePence,
      cafe.change?.ratio ?? null,
      cafe.daysCompared,
    ]),
  };
}
