import { Link } from "@tanstack/react-router";
import type { LeagueAnswer } from "../../../../src/api/contract/index.ts";
import { ChangeBar } from "../../charts/Bars.tsx";
import { SparkLine } from "../../charts/Spark.tsx";
import type { QueryState } from "../../data/metrics.ts";
import { useView } from "../../filters/view.ts";
import { count, money, moneyChange, percentChange, UNKNOWN } from "../../format/number.ts";
import { regionInText } from "../../format/phrases.ts";
import { capital, plural } from "../../format/words.ts";
import { useNarrow } from "../../frame/useNarrow.ts";
import { Change } from "../../parts/Change.tsx";
import { Section } from "../../parts/Section.tsx";
import type { TableOf } from "../../parts/table.ts";

type Region = LeagueAnswer["regions"][number];

/** The regions as a table, by their change. A name selects its region, here, on the map and below. */
export function RegionTable({ answer, query }: { answer: LeagueAnswer | undefined; query: QueryState }) {
  const view = useView();
  const narrow = useNarrow();
  const { precision, chosen, region: selected } = view;
  const regions = answer?.regions ?? [];
  const reach = Math.max(...regions.map(({ change }) => Math.abs(change?.ratio ?? 0)), 0.001);
  const [best] = regions;
  const total = answer?.total;
  const partly = total?.cafesPartlyCompared ?? 0;
  const weeks = weeksKnown(regions);
  const salesOf = ({ daysCompared, comparedPence }: Pick<Region, "daysCompared" | "comparedPence">) =>
    daysCompared === 0 ? UNKNOWN : money(comparedPence, narrow ? "pounds" : precision);
  return (
    <Section
      title={
        best?.change?.ratio
          ? `${capital(regionInText(best.region))} leads with ${percentChange(best.change.ratio)}`
          : "Region by region"
      }
      name="Region by region"
      subtitle={`Only café-days open and delivered on both sides${partly > 0 ? `; ${count(partly)} ${plural(partly, "café")} on some days only` : ""}`}
      height={narrow ? 550 : 610}
      query={query}
      table={answer && tableOf(regions)}
      trust={answer?.trust}
    >
      <table className="table regions">
        <caption className="unseen">Regions by change in sales</caption>
        <thead>
          <tr>
            <th scope="col">Region</th>
            {!narrow && (
              <th scope="col" className="number">
                Cafés
                <br />
                compared
              </th>
            )}
            <th scope="col" className="number">
              Sales
            </th>
            {!narrow && <td />}
            <th scope="col" className="number" colSpan={narrow ? 1 : 2}>
              {capital(chosen.short)}
            </th>
            {!narrow && (
              <th scope="col" className="spark-cell number">
                {weeks > 0 && (
                  <>
                    {count(weeks)} {plural(weeks, "week")},
                    <br />
                    level = line
                  </>
                )}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {regions.map((one) => (
            <tr key={one.region} className={one.region === selected ? "selected" : undefined}>
              <th scope="row">
                <Link
                  to="/regions"
                  search={(search) => ({ ...search, region: one.region === selected ? undefined : one.region })}
                  resetScroll={false}
                  aria-current={one.region === selected || undefined}
                >
                  {one.region}
                </Link>
              </th>
              {!narrow && (
                <td className={one.daysCompared < one.daysExpected ? "number quiet" : "number"}>
                  {count(one.cafesCompared)} of {count(one.cafes)}
                </td>
              )}
              <td className="number">{salesOf(one)}</td>
              {!narrow && (
                <td className="bar-cell">
                  <ChangeBar value={one.change?.ratio ?? null} reach={reach} />
                </td>
              )}
              <td className="number">
                <Change ratio={one.change?.ratio} />
              </td>
              {!narrow && (
                <>
                  <td className="number quiet">{one.change ? moneyChange(one.change.difference, "pounds") : ""}</td>
                  <td className="spark-cell">
                    <SparkLine values={one.spark.map(sparkValue)} width={64} height={18} level={1} />
                  </td>
                </>
              )}
            </tr>
          ))}
          {total && (
            <tr className="total">
              <th scope="row">All</th>
              {!narrow && (
                <td className="number">
                  {count(total.cafesCompared)} of {count(total.cafes)}
                </td>
              )}
              <td className="number">{salesOf(total)}</td>
              {!narrow && <td />}
              <td className="number">
                <Change ratio={total.change?.ratio} />
              </td>
              {!narrow && (
                <>
                  <td className="number">{total.change ? moneyChange(total.change.difference, "pounds") : ""}</td>
                  <td className="spark-cell" />
                </>
              )}
            </tr>
          )}
        </tbody>
      </table>
    </Section>
  );
}

/** The weeks of the sparks: up to now, from the first that any region can be compared in. */
function weeksKnown(regions: readonly Region[]): number {
  const ofRegion = ({ spark }: Region) => {
    const first = spark.findIndex((week) => sparkValue(week) !== null);
    return first < 0 ? 0 : spark.length - first;
  };
  return Math.max(...regions.map(ofRegion), 0);
}

function sparkValue({ nowPence, beforePence }: Region["spark"][number]): number | null {
  return nowPence === null || !beforePence ? null : nowPence / beforePence;
}

function tableOf(regions: readonly Region[]): TableOf {
  return {
    columns: [
      { name: "Region", unit: "text" },
      { name: "Cafés", unit: "count" },
      { name: "Cafés compared", unit: "count" },
      { name: "Of these on some days only", unit: "count" },
      { name: "Sales compared", unit: "money" },
      { name: "Sales then", unit: "money" },
      { name: "Change", unit: "change" },
      { name: "All sales delivered", unit: "money" },
    ],
    rows: regions.map((one) => [
      one.region,
      one.cafes,
      one.cafesCompared,
      one.cafesPartlyCompared,
      one.comparedPence,
      one.beforePence,
      one.change?.ratio ?? null,
      one.totalPence,
    ]),
  };
}
