import { Link } from "@tanstack/react-router";
import { memo, useState } from "preact/compat";
import type { DeliveriesAnswer } from "../../../../src/api/contract/index.ts";
import type { QueryState } from "../../data/metrics.ts";
import { keepFilters } from "../../filters/search.ts";
import { useView } from "../../filters/view.ts";
import { inLondon, shortDay } from "../../format/date.ts";
import { count, money } from "../../format/number.ts";
import { firstOf, plural } from "../../format/words.ts";
import { Section } from "../../parts/Section.tsx";
import type { TableOf } from "../../parts/table.ts";
import { closureReasons } from "./closed.ts";
import { FEW } from "./few.ts";
import { allDelivered, missingTitle, type SmallDay, smallWords } from "./missing.ts";

type Deliveries = DeliveriesAnswer["cafes"][number];

/** Of many only those with something to say, and so many of them at first. */
const SHOWN = 6;

/**
 * Which cafés have not delivered, or far less than usual, and what was refused. A missing café leaves every comparison; it never
 * reads as zero.
 */
export const MissingSection = memo(function MissingSection({
  answer,
  query,
}: {
  answer: DeliveriesAnswer | undefined;
  query: QueryState;
}) {
  const view = useView();
  const [all, setAll] = useState(false);
  const cafes = answer?.cafes ?? [];
  const absent = cafes.filter(({ state }) => state === "missing" || state === "part");
  const small = answer?.unusuallySmall ?? [];
  const smallCafes = new Set(small.map(({ cafeId }) => cafeId));
  const listed =
    cafes.length <= FEW ? cafes : cafes.filter((cafe) => absent.includes(cafe) || smallCafes.has(cafe.cafeId));
  const rows = all ? listed : listed.slice(0, SHOWN);
  const expected = cafes.filter(({ daysExpected }) => daysExpected > 0).length;
  const closed = cafes.filter(({ state }) => state === "closed");
  return (
    <Section
      className="narrow"
      title={answer ? missingTitle(absent, small, expected) : "Which cafés are missing"}
      name="Which cafés are missing"
      subtitle={`Files of ${view.period.days === 1 ? shortDay(view.period.to, view.today) : "these days"}`}
      height={262}
      fold
      list
      query={query}
      table={answer && tableOf(listed, small)}
      trust={answer?.trust}
    >
      {rows.length > 0 ? (
        <table className="table">
          <caption className="unseen">Deliveries</caption>
          <thead>
            <tr>
              <th scope="col">Café</th>
              <th scope="col" className="number">
                Delivered
              </th>
              <th scope="col" className="number">
                Receipts
              </th>
              <th scope="col" className="number">
                Refused
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((cafe) => (
              <tr key={cafe.cafeId}>
                <th scope="row">
                  <Link to="/cafes/$cafe" params={{ cafe: String(cafe.cafeId) }} search={keepFilters}>
                    {cafe.name}
                  </Link>
                </th>
                <td className={absent.includes(cafe) ? "number warn" : "number"}>
                  <Delivered cafe={cafe} today={view.today} days={view.period.days} />
                </td>
                <td className={view.period.days === 1 && smallCafes.has(cafe.cafeId) ? "number warn" : "number"}>
                  {cafe.daysIn === 0 ? "–" : count(cafe.receipts)}
                </td>
                <td className="number">{refused(cafe.quarantinedRows, cafe.quarantinedPence)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : (
        <p className="body-text">{allDelivered(expected)}</p>
      )}
      {listed.length > SHOWN && (
        <button type="button" className="link more" onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${listed.length}`}
        </button>
      )}
      {small.length > 0 && <p className="body-text">{smallWords(small, view.period.days, view.today)}</p>}
      {(answer?.unassigned.rows ?? 0) > 0 && answer && (
        <p className="body-text">
          Of no café we know: {refused(answer.unassigned.rows, answer.unassigned.pence)} refused.
        </p>
      )}
      {closed.length > 0 && (
        <p className="body-text">
          Closed as planned{closureReasons(closed)}:{" "}
          {firstOf(
            closed.map(({ name }) => name),
            4,
          )}
          .
        </p>
      )}
      {absent.length > 0 && (
        <p className="body-text quiet">A café that is not in is left out of both sides of every comparison.</p>
      )}
    </Section>
  );
});

/** Rows that were refused, and their pounds where these could be read: 2 rows, £14.80. */
function refused(rows: number, pence: number): string {
  return `${count(rows)} ${plural(rows, "row")}${pence === 0 ? "" : `, ${money(pence)}`}`;
}

function Delivered({ cafe, today, days }: { cafe: Deliveries; today: string; days: number }) {
  if (cafe.state === "closed") return "closed";
  if (cafe.state === "not_open") return "not open";
  if (cafe.state === "part") return `${cafe.daysIn} of ${cafe.daysExpected} days`;
  if (cafe.state === "missing") {
    return cafe.lastDeliveredOn ? `last ${shortDay(cafe.lastDeliveredOn, today)}` : "never yet";
  }
  if (days > 1) return `${cafe.daysIn} of ${cafe.daysExpected} days`;
  if (!cafe.deliveredAt) return "in";
  const { day, time } = inLondon(cafe.deliveredAt);
  return `${shortDay(day, today)} ${time.slice(0, 5)}`;
}

function tableOf(cafes: readonly Deliveries[], small: readonly SmallDay[]): TableOf {
  const smallOf = (cafe: Deliveries) =>
    small
      .filter(({ cafeId }) => cafeId === cafe.cafeId)
      .map(({ date, receipts, usualReceipts }) => `${date}: ${receipts} of ${usualReceipts}`);
  return {
    columns: [
      { name: "Café", unit: "text" },
      { name: "Region", unit: "text" },
      { name: "Days in", unit: "count" },
      { name: "Days expected", unit: "count" },
      { name: "Missing", unit: "text" },
      { name: "Receipts", unit: "count" },
      { name: "Unusually small", unit: "text" },
      { name: "Sales", unit: "money" },
      { name: "Refused rows", unit: "count" },
      { name: "Refused", unit: "money" },
    ],
    rows: cafes.map((cafe) => [
      cafe.name,
      cafe.region,
      cafe.daysIn,
      cafe.daysExpected,
      cafe.missingDates.join(" "),
      cafe.receipts,
      smallOf(cafe).join(", "),
      cafe.totalPence,
      cafe.quarantinedRows,
      cafe.quarantinedPence,
    ]),
  };
}
