import { Link } from "@tanstack/react-router";
import { asked, useAnswer } from "../data/metrics.ts";
import { keepFilters } from "../filters/search.ts";
import { useView } from "../filters/view.ts";
import { shortDay } from "../format/date.ts";
import { count, money } from "../format/number.ts";
import { plural } from "../format/words.ts";
import { Menu } from "../parts/Menu.tsx";
import { TrustBadge } from "../parts/TrustBadge.tsx";
import { nothingExpected } from "../parts/trust.ts";

/** How far the figures of the page can be trusted, and on a click what is missing, mended or waiting. */
export function TrustMenu() {
  const { question, today } = useView();
  const trust = useAnswer(asked.sales(question)).data?.trust;
  if (!trust) return <span className="trust waiting" />;
  return (
    <Menu label="How complete this is" value={<TrustBadge trust={trust} today={today} />} look="link" align="end">
      {() => (
        <div className="trust-list">
          <h3>Not arrived</h3>
          {trust.missing.length === 0 ? (
            <p>{nothingExpected(trust) ? "No file was expected." : "Every file that was expected is in."}</p>
          ) : (
            <ul>
              {trust.missing.map(({ cafeId, name, days, lastMissingOn }) => (
                <li key={cafeId}>
                  <Link to="/cafes/$cafe" params={{ cafe: String(cafeId) }} search={keepFilters}>
                    {name}
                  </Link>
                  <span>
                    {days > 1 ? `${days} days, last ` : ""}
                    {shortDay(lastMissingOn, today)}
                  </span>
                </li>
              ))}
            </ul>
          )}
          <h3>Restated</h3>
          <p>
            {trust.restated.length === 0
              ? "No café sent a corrected file."
              : trust.restated
                  .slice(0, 5)
                  .map(({ date, cafes }) => `${shortDay(date, today)}: ${cafes} ${plural(cafes, "café")}`)
                  .join("; ")}
          </p>
          <h3>Refused</h3>
          <p>
            {trust.quarantinedRows === 0
              ? "No row was refused."
              : `${count(trust.quarantinedRows)} ${plural(trust.quarantinedRows, "row")}, ${money(trust.quarantinedPence)}, left out until mended.`}
          </p>
          {trust.receipts > 0 && (
            <p className="quiet">
              {count(trust.receipts - trust.reconciledReceipts)} of {count(trust.receipts)} receipts do not add up to
              their total.
            </p>
          )}
        </div>
      )}
    </Menu>
  );
}
