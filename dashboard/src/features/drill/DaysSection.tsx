import { Link } from "@tanstack/react-router";
import type { CafeAnswer, SalesTrendAnswer } from "../../../../src/api/contract/index.ts";
import { ChangeBar } from "../../charts/Bars.tsx";
import type { QueryState } from "../../data/metrics.ts";
import { keepFilters } from "../../filters/search.ts";
import { useView } from "../../filters/view.ts";
import { dayRange, shortDay } from "../../format/date.ts";
import { changeOf, count, money, moneyChange } from "../../format/number.ts";
import { capital } from "../../format/words.ts";
import { useNarrow } from "../../frame/useNarrow.ts";
import { Change } from "../../parts/Change.tsx";
import { Section } from "../../parts/Section.tsx";
import type { TableOf } from "../../parts/table.ts";
import { absence, arrivedOn } from "../brief/trend.ts";

interface DaysSectionProps {
  cafe: CafeAnswer;
  answer: SalesTrendAnswer | undefined;
  query: QueryState;
}

/** The café's days, the latest first. Each opens its receipts. */
export function DaysSection({ cafe, answer, query }: DaysSectionProps) {
  const view = useView();
  const narrow = useNarrow();
  const points = answer?.points ?? [];
  const opening = points.findIndex(({ cafeDaysExpected }) => cafeDaysExpected > 0);
  // Before a café opened no day has anything to tell: they are one row.
  const before = opening < 0 ? points : points.slice(0, opening);
  const days = points.slice(before.length).toReversed();
  const differences = days.map(({ totalPence, comparisonPence }) =>
    totalPence === null || !comparisonPence ? 0 : totalPence - comparisonPence,
  );
  const reach = Math.max(...differences.map(Math.abs), 1);
  return (
    <Section
      className="wide"
      title={answer ? bestDay(answer) : "Day by day"}
      name={`${cafe.name}, day by day`}
      subtitle={`Against the same weekdays, ${view.chosen.short}. A day opens its receipts`}
      height={400}
      list
      query={query}
      table={answer && tableOf(answer)}
      trust={answer && arrivedOn(answer)}
    >
      <table className="table strong-names">
        <caption className="unseen">Days of {cafe.name}</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col" className="number">
              Receipts
            </th>
            <th scope="col" className="number">
              Sales
            </th>
            {!narrow && <td />}
            <th scope="col" className="number" colSpan={narrow ? 1 : 2}>
              {capital(view.chosen.short)}
            </th>
          </tr>
        </thead>
        <tbody>
          {days.map((day, index) => (
            <tr key={day.to}>
              <th scope="row">
                {day.totalPence === null ? (
                  shortDay(day.to, view.today)
                ) : (
                  <Link
                    to="/cafes/$cafe/$date"
                    params={{ cafe: String(cafe.cafeId), date: day.to }}
                    search={keepFilters}
                  >
                    {shortDay(day.to, view.today)}
                  </Link>
                )}
              </th>
              {day.totalPence === null ? (
                <td className={day.cafeDaysExpected === 0 ? "number quiet" : "number warn"} colSpan={narrow ? 3 : 5}>
                  {absence(day)}
                </td>
              ) : (
                <>
                  <td className="number">{count(day.receipts ?? 0)}</td>
                  <td className="number">{money(day.totalPence)}</td>
                  {!narrow && (
                    <td className="bar-cell">
                      <ChangeBar value={day.comparisonPence ? (differences[index] ?? 0) : null} reach={reach} />
                    </td>
                  )}
                  <td className="number">
                    <Change ratio={changeOf(day.totalPence, day.comparisonPence)} missing="nothing to compare with" />
                  </td>
                  {!narrow && (
                    <td className="number quiet">{day.comparisonPence ? moneyChange(differences[index] ?? 0) : ""}</td>
                  )}
                </>
              )}
            </tr>
          ))}
          {before[0] && (
            <tr>
              <th scope="row">{dayRange(before[0].from, before.at(-1)?.to ?? before[0].to, view.today)}</th>
              <td className="number quiet" colSpan={narrow ? 3 : 5}>
                {absence(before[0])}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </Section>
  );
}

function bestDay({ points }: SalesTrendAnswer): string {
  const delivered = points.filter(({ totalPence }) => totalPence !== null);
  const best = delivered.toSorted((a, b) => (b.totalPence ?? 0) - (a.totalPence ?? 0))[0];
  if (best) return `${shortDay(best.to, best.to)} was the best day, ${money(best.totalPence ?? 0)}`;
  return points.some(({ cafeDaysExpected }) => cafeDaysExpected > 0)
    ? "No day has been delivered"
    : "The café was not open on these days";
}

function tableOf({ points }: SalesTrendAnswer): TableOf {
  return {
    columns: [
      { name: "Day", unit: "day" },
      { name: "Receipts", unit: "count" },
      { name: "Sales", unit: "money" },
      { name: "Compared with", unit: "day" },
      { name: "Sales then", unit: "money" },
    ],
    rows: points.map((day) => [day.to, day.receipts, day.totalPence, day.comparisonTo, day.comparisonPence]),
  };
}
