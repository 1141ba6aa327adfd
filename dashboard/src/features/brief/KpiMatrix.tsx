import type { SalesAnswer } from "../../../../src/api/contract/index.ts";
import { SparkBars } from "../../charts/Spark.tsx";
import type { ComparisonWords } from "../../filters/comparing.ts";
import { useView } from "../../filters/view.ts";
import { share } from "../../format/number.ts";
import { Change } from "../../parts/Change.tsx";
import { othersOf } from "./KpiBand.tsx";
import { amountOf, measures, shown } from "./measures.ts";

/** The five figures on a phone: sales first and large, the others as rows under the same four comparisons. */
export function KpiMatrix({ answer }: { answer: SalesAnswer }) {
  const { precision, week, year } = useView();
  const others = othersOf(answer);
  const [sales, ...rest] = measures;
  if (!sales) return null;
  const { week: onWeek, year: onYear, spark } = answer.measures.sales;
  return (
    <div className="kpi-matrix">
      <div className="kpi-first">
        <div>
          <h3>{sales.title}</h3>
          <p className="figure">{shown(sales, amountOf(answer, "sales"), precision)}</p>
        </div>
        <SparkBars values={spark.map((point) => point.value)} width={152} height={52} />
      </div>
      <table className="against">
        <caption className="unseen">Sales against</caption>
        <tbody>
          <tr>
            <th scope="row">
              {week.short}, <span className="days">{daysBeside(week)}</span>
            </th>
            <td>
              <Change ratio={onWeek?.ratio} />
            </td>
            <td>{onWeek?.ratio && sales.showChange(onWeek.difference, precision)}</td>
          </tr>
          <tr>
            <th scope="row">
              {year.short}, <span className="days">{daysBeside(year)}</span>
            </th>
            <td>
              <Change ratio={onYear?.ratio} />
            </td>
            <td>{onYear?.ratio && sales.showChange(onYear.difference, precision)}</td>
          </tr>
          {others.map(({ label, of }) => (
            <tr key={label} className="others">
              <th scope="row">
                {label}, {week.short}
              </th>
              <td>
                <Change ratio={of(onWeek)} missing="too few other cafés" />
              </td>
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      <table className="table matrix">
        <caption className="unseen">The other figures</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{week.short}</th>
            <th scope="col">{year.short}</th>
            {others.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rest.map((measure) => {
            const one = answer.measures[measure.name];
            const identified = answer.measures.identifiedShare.value;
            return (
              <tr key={measure.name}>
                <th scope="row">
                  <small>{measure.short}</small>
                  <strong>{shown(measure, amountOf(answer, measure.name), precision)}</strong>
                  {measure.name === "identifiedCustomers" && identified !== null && <small> {share(identified)}</small>}
                </th>
                <td>
                  <Change ratio={one.week?.ratio} />
                </td>
                <td>
                  <Change ratio={one.year?.ratio} />
                </td>
                {others.map(({ label, of }) => (
                  <td key={label} className="others">
                    <Change ratio={of(one.week)} missing="too few other cafés" />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The days of a comparison after its name, which may have told the weekday: last Thu, 19 Nov. */
function daysBeside({ short, days }: ComparisonWords): string {
  return short.includes(days.slice(0, 3)) ? days.slice(4) : days;
}
