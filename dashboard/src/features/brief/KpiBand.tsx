import { memo } from "preact/compat";
import type { SalesAnswer } from "../../../../src/api/contract/index.ts";
import { SparkBars, SparkLine } from "../../charts/Spark.tsx";
import type { QueryState } from "../../data/metrics.ts";
import { useView, type View } from "../../filters/view.ts";
import { share } from "../../format/number.ts";
import { useNarrow } from "../../frame/useNarrow.ts";
import { Change } from "../../parts/Change.tsx";
import { Section } from "../../parts/Section.tsx";
import type { TableOf } from "../../parts/table.ts";
import { caption } from "./caption.ts";
import { KpiMatrix } from "./KpiMatrix.tsx";
import { amountOf, type MeasureWords, measures, shown } from "./measures.ts";

/** The five figures, each against the week and the year before, the other cafés of its regions and the chain. */
export const KpiBand = memo(function KpiBand({
  answer,
  query,
}: {
  answer: SalesAnswer | undefined;
  query: QueryState;
}) {
  const view = useView();
  const narrow = useNarrow();
  return (
    <Section
      className="kpi-section"
      title={<span className="unseen">The figures</span>}
      name="The figures"
      height={narrow ? (view.everyCafe ? 344 : 392) : view.everyCafe ? 146 : 184}
      query={query}
      table={answer && tableOf(answer, view)}
      foot={answer && caption(answer, view)}
    >
      {answer && !narrow && (
        <div className="kpis">
          {measures.map((measure) => (
            <Kpi key={measure.name} measure={measure} answer={answer} />
          ))}
        </div>
      )}
      {answer && narrow && <KpiMatrix answer={answer} />}
    </Section>
  );
});

function Kpi({ measure, answer }: { measure: MeasureWords; answer: SalesAnswer }) {
  const view = useView();
  const { week, year, spark } = answer.measures[measure.name];
  const values = spark.map((point) => point.value);
  const others = othersOf(answer);
  return (
    <div className="kpi">
      <h3>{measure.title}</h3>
      <p className="figure">
        {shown(measure, amountOf(answer, measure.name), view.precision)}
        {measure.name === "identifiedCustomers" && answer.measures.identifiedShare.value !== null && (
          <small>
            {share(answer.measures.identifiedShare.value)}
            <span className="spelt"> of receipts</span>
          </small>
        )}
      </p>
      {measure.spark === "bars" ? (
        <SparkBars values={values} width={184} height={34} />
      ) : (
        <SparkLine values={values} width={184} height={34} />
      )}
      <table className="against">
        <caption className="unseen">{measure.title} against</caption>
        <tbody>
          {(
            [
              [view.week.short, week],
              [view.year.short, year],
            ] as const
          ).map(([label, change]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {change?.ratio === null || !change ? (
                <td colSpan={2} className="quiet">
                  not comparable
                </td>
              ) : (
                <>
                  <td>
                    <Change ratio={change.ratio} />
                  </td>
                  <td>{measure.showChange(change.difference, view.precision)}</td>
                </>
              )}
            </tr>
          ))}
          {others.map(({ label, of }) => (
            <tr key={label} className="others">
              <th scope="row">{label}</th>
              {of(week) === null ? (
                <td colSpan={2}>not comparable</td>
              ) : (
                <>
                  <td>
                    <Change ratio={of(week)} />
                  </td>
                  <td />
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Benchmarked = SalesAnswer["measures"]["sales"]["week"];

/** The other cafés there are to compare with: none when the selection is the whole chain. */
export function othersOf({ benchmarks }: SalesAnswer): { label: string; of: (change: Benchmarked) => number | null }[] {
  const { region, chain } = benchmarks;
  return [
    ...(region.note === "no_other_cafes"
      ? []
      : [
          {
            label: region.names.length > 1 ? "regions" : "region",
            of: (change: Benchmarked) => change?.regionRatio ?? null,
          },
        ]),
    ...(chain.note === "no_other_cafes"
      ? []
      : [{ label: "chain", of: (change: Benchmarked) => change?.chainRatio ?? null }]),
  ];
}

function tableOf(answer: SalesAnswer, { week, year }: View): TableOf {
  return {
    columns: [
      { name: "Measure", unit: "text" },
      { name: "Value", unit: "ratio" },
      { name: `Against ${week.days}`, unit: "change" },
      { name: `Against ${year.days}`, unit: "change" },
      { name: "Region, other cafés", unit: "change" },
      { name: "Chain, other cafés", unit: "change" },
    ],
    rows: measures.map(({ name, title, unit }) => {
      const measure = answer.measures[name];
      const value = amountOf(answer, name);
      return [
        unit === "money" ? `${title} (£)` : title,
        value !== null && unit === "money" ? value / 100 : value,
        measure.week?.ratio ?? null,
        measure.year?.ratio ?? null,
        measure.week?.regionRatio ?? null,
        measure.week?.chainRatio ?? null,
      ];
    }),
  };
}
