import { Link } from "@tanstack/react-router";
import { memo } from "preact/compat";
import type { ChangeAnswer, LeagueAnswer } from "../../../../src/api/contract/index.ts";
import { ChangeBar } from "../../charts/Bars.tsx";
import { asked, type QueryState, useAnswer } from "../../data/metrics.ts";
import { keepFilters } from "../../filters/search.ts";
import { useView, type View } from "../../filters/view.ts";
import { changeOf, count, money, moneyChange, share, UNKNOWN } from "../../format/number.ts";
import { capital } from "../../format/words.ts";
import { Change } from "../../parts/Change.tsx";
import { Section } from "../../parts/Section.tsx";
import type { TableOf } from "../../parts/table.ts";
import { noneCompared } from "./compared.ts";

/** Cafés named one by one among many: those that moved most. */
const MOVERS = 9;

/** What stands side by side asks of a view. */
export function sideBySideQuestions({ question }: View) {
  return {
    week: asked.league({ ...question, compare: "week" }),
    year: asked.league({ ...question, compare: "year" }),
  };
}

/** Few cafés side by side, with both comparisons. */
export const SideBySide = memo(function SideBySide() {
  const view = useView();
  const questions = sideBySideQuestions(view);
  const week = useAnswer(questions.week);
  const year = useAnswer(questions.year);
  const cafes = week.data?.cafes.toSorted((a, b) => b.totalPence - a.totalPence) ?? [];
  const yearOf = (cafeId: number) => year.data?.cafes.find((cafe) => cafe.cafeId === cafeId);
  const all = cafes.length === 2 ? "Both" : "All";
  return (
    <Section
      className="narrow"
      title="Side by side"
      name="Cafés side by side"
      subtitle={`Sales, and their change like for like`}
      height={363}
      query={week.isPending ? week : year}
      table={week.data && sideTable(cafes, yearOf)}
      trust={week.data?.trust}
    >
      <table className="table">
        <caption className="unseen">Sales and their change</caption>
        <thead>
          <tr>
            <th scope="col">Café</th>
            <th scope="col" className="number">
              Sales
            </th>
            <th scope="col" className="number">
              {capital(view.week.short)}
            </th>
            <th scope="col" className="number">
              {capital(view.year.short)}
            </th>
          </tr>
        </thead>
        <tbody>
          {cafes.map((cafe) => (
            <tr key={cafe.cafeId}>
              <th scope="row">
                <CafeLink cafeId={cafe.cafeId} name={cafe.name} />
              </th>
              <td className="number">
                {cafe.daysExpected === cafe.missingDays ? UNKNOWN : money(cafe.totalPence, view.precision)}
              </td>
              <td className="number">
                <Change ratio={cafe.change?.ratio} />
              </td>
              <td className="number">
                <Change ratio={yearOf(cafe.cafeId)?.change?.ratio} />
              </td>
            </tr>
          ))}
          {week.data && cafes.length > 1 && (
            <tr className="total">
              <th scope="row">{all}</th>
              <td className="number">{money(week.data.total.totalPence, view.precision)}</td>
              <td className="number">
                <Change ratio={week.data.total.change?.ratio} />
              </td>
              <td className="number">
                <Change ratio={year.data?.total.change?.ratio} />
              </td>
            </tr>
          )}
        </tbody>
      </table>
      <table className="table">
        <caption className="unseen">Receipts, spend and identified share</caption>
        <thead>
          <tr>
            <th scope="col">Café</th>
            <th scope="col" className="number">
              Receipts
            </th>
            <th scope="col" className="number">
              Average spend
            </th>
            <th scope="col" className="number">
              Identified
            </th>
          </tr>
        </thead>
        <tbody>
          {[...cafes, ...(week.data && cafes.length > 1 ? [{ ...week.data.total, cafeId: 0, name: all }] : [])].map(
            (cafe) => (
              <tr key={cafe.cafeId} className={cafe.cafeId === 0 ? "total" : undefined}>
                <th scope="row">{cafe.name}</th>
                <td className="number">{count(cafe.receipts)}</td>
                <td className="number">{cafe.averageSpendPence === null ? UNKNOWN : money(cafe.averageSpendPence)}</td>
                <td className="number">{cafe.identifiedShare === null ? UNKNOWN : share(cafe.identifiedShare)}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </Section>
  );
});

/** Of many cafés those that moved most, the rest as one line, so that it adds up to the change of all. */
export const Movers = memo(function Movers({ answer, query }: { answer: ChangeAnswer | undefined; query: QueryState }) {
  const view = useView();
  const movers = answer ? answer.cafes.slice(0, MOVERS) : [];
  const sorted = movers.toSorted((a, b) => b.differencePence - a.differencePence);
  const restCount = answer ? answer.cafes.length - movers.length + answer.others.cafes : 0;
  const restPence = answer ? answer.differencePence - movers.reduce((sum, cafe) => sum + cafe.differencePence, 0) : 0;
  const reach = Math.max(...movers.map((cafe) => Math.abs(cafe.differencePence)), 1);
  return (
    <Section
      className="narrow"
      title={sorted.length > 0 ? moversTitle(sorted) : "Cafés that moved most"}
      name="Cafés that moved most"
      subtitle={`Change in sales against ${view.chosen.days}, like for like`}
      height={400}
      query={query}
      empty={answer && movers.length === 0 && noneCompared(view.chosen.days)}
      table={answer && moversTable(answer)}
      trust={answer?.trust}
    >
      <table className="table movers">
        <caption className="unseen">Cafés that moved most</caption>
        <thead>
          <tr>
            <th scope="col">Café</th>
            <td />
            <th scope="col" className="number" colSpan={2}>
              Change in sales
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((cafe) => (
            <tr key={cafe.cafeId}>
              <th scope="row">
                <CafeLink cafeId={cafe.cafeId} name={cafe.name} />
              </th>
              <td className="bar-cell">
                <ChangeBar value={cafe.differencePence} reach={reach} />
              </td>
              <td className="number">
                <Change ratio={changeOf(cafe.nowPence, cafe.beforePence)} />
              </td>
              <td className="number quiet">{moneyChange(cafe.differencePence, view.precision)}</td>
            </tr>
          ))}
          {restCount > 0 && (
            <tr>
              <th scope="row" className="quiet">
                {count(restCount)} others
              </th>
              <td />
              <td />
              <td className="number quiet">{moneyChange(restPence, view.precision)}</td>
            </tr>
          )}
          {answer && (
            <tr className="total">
              <th scope="row">All compared</th>
              <td />
              <td className="number">
                <Change ratio={changeOf(answer.nowPence, answer.beforePence)} />
              </td>
              <td className="number">{moneyChange(answer.differencePence, view.precision)}</td>
            </tr>
          )}
        </tbody>
      </table>
    </Section>
  );
});

function CafeLink({ cafeId, name }: { cafeId: number; name: string }) {
  return (
    <Link to="/cafes/$cafe" params={{ cafe: String(cafeId) }} search={keepFilters}>
      {name}
    </Link>
  );
}

function moversTitle(sorted: readonly ChangeAnswer["cafes"][number][]): string {
  const [best] = sorted;
  const worst = sorted.at(-1);
  const rose = best && best.differencePence > 0 ? `${best.name} rose most` : "";
  const fell = worst && worst.differencePence < 0 ? `${worst.name} fell most` : "";
  return [rose, fell].filter(Boolean).join(", ") || "No café moved";
}

function moversTable({ cafes, others, differencePence }: ChangeAnswer): TableOf {
  return {
    columns: [
      { name: "Café", unit: "text" },
      { name: "Sales", unit: "money" },
      { name: "Sales then", unit: "money" },
      { name: "Change", unit: "money" },
    ],
    rows: [
      ...cafes.map((cafe) => [cafe.name, cafe.nowPence, cafe.beforePence, cafe.differencePence]),
      ...(others.cafes > 0 ? [[`${others.cafes} others`, null, null, others.differencePence]] : []),
      ["All compared", null, null, differencePence],
    ],
  };
}

type LeagueCafe = LeagueAnswer["cafes"][number];

function sideTable(cafes: readonly LeagueCafe[], yearOf: (cafeId: number) => LeagueCafe | undefined): TableOf {
  return {
    columns: [
      { name: "Café", unit: "text" },
      { name: "Sales", unit: "money" },
      { name: "Against the weeks before", unit: "change" },
      { name: "Against last year", unit: "change" },
      { name: "Receipts", unit: "count" },
      { name: "Average spend", unit: "money" },
      { name: "Identified", unit: "share" },
    ],
    rows: cafes.map((cafe) => [
      cafe.name,
      cafe.totalPence,
      cafe.change?.ratio ?? null,
      yearOf(cafe.cafeId)?.change?.ratio ?? null,
      cafe.receipts,
      cafe.averageSpendPence,
      cafe.identifiedShare,
    ]),
  };
}
