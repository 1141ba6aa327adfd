import { Link, useSearch } from "@tanstack/react-router";
import { useState } from "preact/compat";
import type { LeagueAnswer } from "../../../../src/api/contract/index.ts";
import { ChangeBar } from "../../charts/Bars.tsx";
import type { QueryState } from "../../data/metrics.ts";
import { useSetSearch } from "../../filters/changing.ts";
import { keepFilters, type Search } from "../../filters/search.ts";
import { useView } from "../../filters/view.ts";
import { count, money, moneyChange, UNKNOWN } from "../../format/number.ts";
import { capital, plural } from "../../format/words.ts";
import { useNarrow } from "../../frame/useNarrow.ts";
import { Change } from "../../parts/Change.tsx";
import { SortSign } from "../../parts/icons.tsx";
import { Section } from "../../parts/Section.tsx";
import type { TableOf } from "../../parts/table.ts";
import { endsOf } from "./ends.ts";
import {
  type LeagueCafe,
  matching,
  nextSorting,
  type Sorting,
  type SortKey,
  sorted,
  sortingOf,
  wordOf,
} from "./sorting.ts";
import { leagueTitle, NOBODY_OPEN } from "./words.ts";

/** A long league shows its two ends until all is asked for. */
const HEAD = 10;
const TAIL = 6;

interface LeagueSectionProps {
  cafes: readonly LeagueCafe[];
  answer: LeagueAnswer | undefined;
  query: QueryState;
}

/** Every café, like for like: to sort, to search, to open. */
export function LeagueSection({ cafes, answer, query }: LeagueSectionProps) {
  const { chosen, region } = useView();
  const [text, setText] = useState("");
  const sorting = sortingOf((useSearch({ strict: false }) as Search).sort);
  const setSearch = useSetSearch();
  const [all, setAll] = useState(false);
  const found = sorted(matching(cafes, text), sorting);
  const ends = endsOf(found, HEAD, TAIL);
  const compared = cafes.filter(({ rank }) => rank !== null).length;
  const reach = Math.max(...cafes.map(({ change }) => Math.abs(change?.ratio ?? 0)), 0.001);
  return (
    <Section
      className="league"
      title={answer ? leagueTitle(cafes) : "The league of cafés"}
      name="The league of cafés"
      subtitle={`${compared === 0 ? "No café" : `${count(compared)} ${plural(compared, "café")}`}${region ? ` in ${region}` : ""} ranked by change in sales on ${chosen.headline}, like for like`}
      height={700}
      list
      query={query}
      empty={answer && cafes.length === 0 && `${NOBODY_OPEN}.`}
      table={answer && tableOf(found)}
      trust={answer?.trust}
    >
      <div className="league-tools no-picture">
        <input
          type="search"
          className="field"
          placeholder="Find a café"
          aria-label="Find a café in the league"
          data-shortcut="/"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <span role="status" className="quiet">
          {text ? `${count(found.length)} found` : ""}
        </span>
      </div>
      <LeagueTable
        shown={all ? found : ends.shown}
        hidden={ends.hidden}
        found={found.length}
        reach={reach}
        sorting={sorting}
        onSort={(by) => setSearch({ sort: wordOf(nextSorting(sorting, by)) })}
        onShowAll={() => setAll(true)}
      />
      {all && ends.hidden > 0 && (
        <button type="button" className="link more" onClick={() => setAll(false)}>
          Show the two ends only
        </button>
      )}
      {answer && found.length === 0 && (
        <p className="body-text">No café is called that{region ? ` in ${region}` : ""}.</p>
      )}
    </Section>
  );
}

interface LeagueTableProps {
  /** Null stands for those between the two ends. */
  shown: readonly (LeagueCafe | null)[];
  hidden: number;
  found: number;
  reach: number;
  sorting: Sorting;
  onSort: (by: SortKey) => void;
  onShowAll: () => void;
}

function LeagueTable({ shown, hidden, found, reach, sorting, onSort, onShowAll }: LeagueTableProps) {
  const { chosen, region } = useView();
  const narrow = useNarrow();
  const heads: { by: SortKey; name: string; span?: number; wide?: boolean; text?: boolean }[] = [
    { by: "name", name: "Café", text: true },
    ...(region ? [] : [{ by: "region" as const, name: "Region", text: true, wide: true }]),
    { by: "sales", name: "Sales" },
    { by: "change", name: capital(chosen.short), span: narrow ? 1 : 3 },
    { by: "receipts", name: "Receipts", wide: true },
    { by: "spend", name: "Average spend", wide: true },
    { by: "days", name: narrow ? "Days" : "Days compared" },
  ];
  return (
    <table className="table league-table strong-names">
      <caption className="unseen">Cafés by {heads.find(({ by }) => by === sorting.by)?.name}</caption>
      <thead>
        <tr>
          {!narrow && <td className="rank" />}
          {heads
            .filter(({ wide }) => !wide || !narrow)
            .map(({ by, name, span, text }) => (
              <th
                key={by}
                scope="col"
                colSpan={span}
                className={text ? undefined : "number head"}
                aria-sort={sorting.by === by ? (sorting.ascending ? "ascending" : "descending") : undefined}
              >
                <button type="button" className={sorting.by === by ? "sort sorted" : "sort"} onClick={() => onSort(by)}>
                  {name} {sorting.by === by && <SortSign ascending={sorting.ascending} />}
                </button>
              </th>
            ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((cafe) =>
          cafe ? (
            <LeagueRow key={cafe.cafeId} cafe={cafe} reach={reach} narrow={narrow} />
          ) : (
            <tr key="between" className="between">
              <td colSpan={narrow ? 4 : region ? 9 : 10}>
                {count(hidden)} cafés between ·{" "}
                <button type="button" className="link" onClick={onShowAll}>
                  show all {count(found)}
                </button>
              </td>
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}

function LeagueRow({ cafe, reach, narrow }: { cafe: LeagueCafe; reach: number; narrow: boolean }) {
  const { precision, region } = useView();
  const partly = cafe.daysCompared < cafe.daysExpected;
  return (
    <tr className={cafe.rank === null ? "left-out" : undefined}>
      {!narrow && <td className="rank">{cafe.rank ?? UNKNOWN}</td>}
      <th scope="row">
        <Link to="/cafes/$cafe" params={{ cafe: String(cafe.cafeId) }} search={keepFilters}>
          {cafe.name}
        </Link>
      </th>
      {!narrow && !region && <td className="quiet">{cafe.region}</td>}
      <td className="number">{money(cafe.totalPence, narrow ? "pounds" : precision)}</td>
      {!narrow && (
        <td className="bar-cell">
          <ChangeBar value={cafe.change?.ratio ?? null} reach={reach} />
        </td>
      )}
      <td className="number">
        <Change ratio={cafe.change?.ratio} missing="left out, see beside" />
      </td>
      {!narrow && (
        <>
          <td className="number quiet">{cafe.change ? moneyChange(cafe.change.difference, precision) : ""}</td>
          <td className="number">{count(cafe.receipts)}</td>
          <td className="number">{cafe.averageSpendPence === null ? UNKNOWN : money(cafe.averageSpendPence)}</td>
        </>
      )}
      <td className={partly ? "number warn" : "number"}>
        {cafe.daysCompared} of {cafe.daysExpected}
      </td>
    </tr>
  );
}

function tableOf(cafes: readonly LeagueCafe[]): TableOf {
  return {
    columns: [
      { name: "Rank", unit: "count" },
      { name: "Café", unit: "text" },
      { name: "Region", unit: "text" },
      { name: "Sales", unit: "money" },
      { name: "Sales compared", unit: "money" },
      { name: "Sales then", unit: "money" },
      { name: "Change", unit: "change" },
      { name: "Receipts", unit: "count" },
      { name: "Average spend", unit: "money" },
      { name: "Days compared", unit: "count" },
      { name: "Days expected", unit: "count" },
    ],
    rows: cafes.map((cafe) => [
      cafe.rank,
      cafe.name,
      cafe.region,
      cafe.totalPence,
      cafe.comparedPence,
      cafe.beforePence,
      cafe.change?.ratio ?? null,
      cafe.receipts,
      cafe.averageSpendPence,
      cafe.daysCompared,
      cafe.daysExpected,
    ]),
  };
}
