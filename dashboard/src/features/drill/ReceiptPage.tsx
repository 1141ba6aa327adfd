import { Link, useParams } from "@tanstack/react-router";
import type { ReceiptAnswer } from "../../../../src/api/contract/index.ts";
import { ProblemError } from "../../data/api.ts";
import { asked, useAnswer } from "../../data/metrics.ts";
import { useCafe } from "../../data/session.tsx";
import type { Defaults } from "../../filters/view.ts";
import { isDay, shortDay } from "../../format/date.ts";
import { count, money, UNKNOWN } from "../../format/number.ts";
import { capital, plural } from "../../format/words.ts";
import { Breadcrumbs } from "../../frame/Breadcrumbs.tsx";
import { NotFound } from "../../frame/NotFound.tsx";
import { Page } from "../../frame/Page.tsx";
import { PageHead } from "../../frame/PageHead.tsx";
import { Section } from "../../parts/Section.tsx";
import { productName } from "../brief/ProductSections.tsx";

const DEFAULTS: Defaults = { period: "yesterday", compare: "week" };

/** The end of the way down: one receipt, line by line. Never whose it was. */
export function ReceiptPage() {
  const { cafe: id, date = "", receipt = "" } = useParams({ strict: false });
  const cafe = useCafe(Number(id));
  const query = useAnswer(asked.receipt(receipt));
  const gone = query.error instanceof ProblemError && query.error.problem.status === 404;
  const answer = query.data;
  // An address may name a receipt of another café or day: its head would lie.
  const elsewhere = answer && (answer.cafe.cafeId !== cafe?.cafeId || answer.date !== date);
  if (!cafe || !isDay(date) || gone || elsewhere) return <NotFound what="This receipt" />;
  return (
    <Page
      name={`Receipt, ${cafe.name}, ${shortDay(date)}`}
      inside="regions"
      defaults={DEFAULTS}
      place={{ cafeId: cafe.cafeId, day: date }}
    >
      <PageHead
        kicker={<Breadcrumbs cafe={cafe} date={date} here={answer ? answer.time.slice(0, 5) : "Receipt"} />}
        short
        queries={[query]}
        headline={
          answer
            ? `${money(answer.totalPence)} at ${answer.time.slice(0, 5)}, paid by ${answer.paymentMethod.toLowerCase()}`
            : "Receipt"
        }
        deck={
          answer &&
          `${count(answer.items)} ${plural(answer.items, "item")}. ${
            answer.reconciled
              ? "The lines add up to the total."
              : "The lines do not add up to the total, which is what was paid."
          }`
        }
      />
      <div className="receipt">
        <Section
          title={`${cafe.name}, ${shortDay(answer?.date ?? date)}`}
          name={`Receipt ${receipt}`}
          subtitle={answer ? `${answer.time.slice(0, 5)}, ${answer.paymentMethod.toLowerCase()}` : "One receipt"}
          height={200}
          list
          query={query}
          table={
            answer && {
              columns: [
                { name: "Item", unit: "text" },
                { name: "Size", unit: "text" },
                { name: "Price", unit: "money" },
              ],
              rows: answer.lines.map((line) => [productName(line), line.size, line.pricePence]),
            }
          }
        >
          {answer && <Lines answer={answer} />}
        </Section>
        <p>
          <Link
            to="/cafes/$cafe/$date"
            params={{ cafe: String(cafe.cafeId), date }}
            search={(search) => search}
            className="link"
          >
            Back to the day
          </Link>
        </p>
      </div>
    </Page>
  );
}

function Lines({ answer }: { answer: ReceiptAnswer }) {
  return (
    <table className="table">
      <caption className="unseen">Lines of the receipt</caption>
      <thead>
        <tr>
          <th scope="col">Item</th>
          <th scope="col">Size</th>
          <th scope="col" className="number">
            Price
          </th>
        </tr>
      </thead>
      <tbody>
        {answer.lines.map((line) => (
          <tr key={line.lineNumber}>
            <th scope="row">{productName(line)}</th>
            <td className="quiet">{line.size === "standard" ? "" : capital(line.size)}</td>
            <td className="number">{line.pricePence === null ? UNKNOWN : money(line.pricePence)}</td>
          </tr>
        ))}
        <tr className="total">
          <th scope="row">Total paid</th>
          <td />
          <td className="number">{money(answer.totalPence)}</td>
        </tr>
        {!answer.reconciled && (
          <tr>
            <th scope="row" className="warn">
              Sum of the lines
            </th>
            <td />
            <td className="number warn">{money(answer.linesPence)}</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
