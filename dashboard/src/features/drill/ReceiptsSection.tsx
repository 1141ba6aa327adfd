import { Link } from "@tanstack/react-router";
import type { CafeAnswer, DayReceiptsAnswer } from "../../../../src/api/contract/index.ts";
import type { QueryState } from "../../data/metrics.ts";
import { count, money } from "../../format/number.ts";
import { capital, plural } from "../../format/words.ts";
import { Section } from "../../parts/Section.tsx";
import type { TableOf } from "../../parts/table.ts";
import { noReceipts } from "./noReceipts.ts";

interface ReceiptsSectionProps {
  cafe: CafeAnswer;
  date: string;
  answer: DayReceiptsAnswer | undefined;
  query: QueryState;
}

/** The receipts of a day, in the order they were rung up. Each opens. */
export function ReceiptsSection({ cafe, date, answer, query }: ReceiptsSectionProps) {
  const wrong = answer?.receipts.filter(({ reconciled }) => !reconciled).length ?? 0;
  return (
    <Section
      className="wide"
      title={answer ? `${count(answer.totalReceipts)} ${plural(answer.totalReceipts, "receipt")}` : "Receipts"}
      name={`Receipts of ${cafe.name}, ${date}`}
      subtitle="In the order they were rung up; a time opens its receipt. Customers are never shown"
      height={600}
      list
      query={query}
      empty={answer && answer.totalReceipts === 0 && noReceipts(answer.trust)}
      table={answer && tableOf(answer)}
      trust={answer?.trust}
      foot={wrong > 0 && `${count(wrong)} on this page ${wrong === 1 ? "does" : "do"} not add up to the total`}
    >
      {answer && (
        <>
          <table className="table strong-names">
            <caption className="unseen">Receipts</caption>
            <thead>
              <tr>
                <th scope="col">Time</th>
                <th scope="col">Paid by</th>
                <th scope="col" className="number">
                  Items
                </th>
                <th scope="col" className="number">
                  Total
                </th>
              </tr>
            </thead>
            <tbody>
              {answer.receipts.map((receipt) => (
                <tr key={receipt.receiptId}>
                  <th scope="row" className="clock">
                    <Link
                      to="/cafes/$cafe/$date/$receipt"
                      params={{ cafe: String(cafe.cafeId), date, receipt: receipt.receiptId }}
                      search={(search) => search}
                    >
                      {receipt.time.slice(0, 5)}
                      <span className="unseen">, {money(receipt.totalPence)}</span>
                    </Link>
                  </th>
                  <td className="quiet">{capital(receipt.paymentMethod.toLowerCase())}</td>
                  <td className="number">{count(receipt.items)}</td>
                  <td className="number">
                    {!receipt.reconciled && <span className="warn">does not add up </span>}
                    {money(receipt.totalPence)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {answer.pages > 1 && <Pager page={answer.page} pages={answer.pages} cafe={cafe} date={date} />}
        </>
      )}
    </Section>
  );
}

function Pager({ page, pages, cafe, date }: { page: number; pages: number; cafe: CafeAnswer; date: string }) {
  const params = { cafe: String(cafe.cafeId), date };
  const to = (next: number) => (search: object) => ({ ...search, page: next > 1 ? next : undefined });
  return (
    <nav className="pager no-picture" aria-label="More receipts">
      {page > 1 ? (
        <Link to="/cafes/$cafe/$date" params={params} search={to(page - 1)} resetScroll={false} className="link">
          Earlier
        </Link>
      ) : (
        <span />
      )}
      <span className="quiet">
        Page {page} of {pages}
      </span>
      {page < pages ? (
        <Link to="/cafes/$cafe/$date" params={params} search={to(page + 1)} resetScroll={false} className="link">
          Later
        </Link>
      ) : (
        <span />
      )}
    </nav>
  );
}

function tableOf({ receipts }: DayReceiptsAnswer): TableOf {
  return {
    columns: [
      { name: "Time", unit: "text" },
      { name: "Paid by", unit: "text" },
      { name: "Items", unit: "count" },
      { name: "Total", unit: "money" },
      { name: "Adds up", unit: "text" },
    ],
    rows: receipts.map((receipt) => [
      receipt.time.slice(0, 5),
      receipt.paymentMethod.toLowerCase(),
      receipt.items,
      receipt.totalPence,
      receipt.reconciled ? "yes" : "no",
    ]),
  };
}
