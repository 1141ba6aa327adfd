import { useState } from "preact/compat";
import type { LeagueAnswer } from "../../../../src/api/contract/index.ts";
import type { QueryState } from "../../data/metrics.ts";
import { useView } from "../../filters/view.ts";
import { count, money } from "../../format/number.ts";
import { plural } from "../../format/words.ts";
import { Section } from "../../parts/Section.tsx";
import type { TableOf } from "../../parts/table.ts";
import { NOBODY_OPEN, whyLeftOut } from "./words.ts";

type LeftOut = LeagueAnswer["leftOut"][number];

const SHOWN = 6;

/** What the league does not compare, why, and in pounds: compared and left out are together everything delivered. */
export function LeftOutSection({ answer, query }: { answer: LeagueAnswer | undefined; query: QueryState }) {
  const { region, precision } = useView();
  const leftOut = answer?.leftOut.filter((one) => !region || one.region === region) ?? [];
  const sums = answer && sumsOf(answer, region);
  const altogether = leftOut.filter((one) => one.altogether);
  const partly = leftOut.filter((one) => !one.altogether);
  const days = partly.reduce((sum, one) => sum + one.days, 0);
  return (
    <Section
      className="left-out-section"
      title="What is left out, and why"
      name="What is left out"
      subtitle={
        answer
          ? leftOut.length === 0
            ? "Nothing"
            : [
                altogether.length > 0 ? `${cafesOf(altogether)} ${plural(cafesOf(altogether), "café")} altogether` : "",
                partly.length > 0 ? `${count(days)} ${plural(days, "café-day")} of others` : "",
              ]
                .filter(Boolean)
                .join(", ")
          : "Cafés and days without a counterpart"
      }
      height={700}
      fold
      list
      query={query}
      empty={sums?.expected === 0 && `${NOBODY_OPEN}.`}
      table={answer && tableOf(leftOut)}
    >
      <List title="Left out altogether" rows={altogether} />
      <List title="Some days left out, on both sides" rows={partly} />
      {sums && (
        <div className="sums">
          <h3 className="strong">{leftOut.length === 0 ? "Everything is compared" : "Nothing is hidden"}</h3>
          <dl>
            <div>
              <dt>Compared</dt>
              <dd>{money(sums.compared, precision)}</dd>
            </div>
            <div>
              <dt>Left out</dt>
              <dd>{money(sums.leftOut, precision)}</dd>
            </div>
            <div className="total">
              <dt>All delivered</dt>
              <dd>{money(sums.total, precision)}</dd>
            </div>
          </dl>
        </div>
      )}
    </Section>
  );
}

function List({ title, rows }: { title: string; rows: readonly LeftOut[] }) {
  const { precision, today } = useView();
  const [all, setAll] = useState(false);
  if (rows.length === 0) return null;
  const pence = rows.reduce((sum, { totalPence }) => sum + totalPence, 0);
  return (
    <div className="left-out-list">
      <h3 className="strong">
        {title}: {money(pence, precision)}
      </h3>
      <ul>
        {(all ? rows : rows.slice(0, SHOWN)).map((one) => (
          <li key={`${one.cafeId} ${one.reason} ${one.detail ?? ""}`}>
            <span>{one.name}</span>
            <span className="number">{money(one.totalPence, precision)}</span>
            <small>
              {whyLeftOut(one, today)}
              {one.totalPence === 0 && one.beforePence > 0 && `; then ${money(one.beforePence, precision)}`}
            </small>
          </li>
        ))}
      </ul>
      {rows.length > SHOWN && (
        <button type="button" className="link more" onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${count(rows.length)}`}
        </button>
      )}
    </div>
  );
}

function sumsOf({ total, regions }: LeagueAnswer, region: string | undefined) {
  const one = region ? regions.find((row) => row.region === region) : total;
  return (
    one && {
      compared: one.comparedPence,
      leftOut: one.totalPence - one.comparedPence,
      total: one.totalPence,
      expected: one.daysExpected,
    }
  );
}

function cafesOf(rows: readonly LeftOut[]): number {
  return new Set(rows.map(({ cafeId }) => cafeId)).size;
}

function tableOf(rows: readonly LeftOut[]): TableOf {
  return {
    columns: [
      { name: "Café", unit: "text" },
      { name: "Region", unit: "text" },
      { name: "Why", unit: "text" },
      { name: "Days", unit: "count" },
      { name: "Sales left out", unit: "money" },
      { name: "Sales then left out", unit: "money" },
    ],
    rows: rows.map((one) => [one.name, one.region, whyLeftOut(one, ""), one.days, one.totalPence, one.beforePence]),
  };
}
