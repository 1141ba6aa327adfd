import { asked, useAnswer } from "../../data/metrics.ts";
import { useView, type View } from "../../filters/view.ts";
import { dayRange } from "../../format/date.ts";
import { count } from "../../format/number.ts";
import { listOf } from "../../format/words.ts";
import { Page } from "../../frame/Page.tsx";
import { isAwaited, PageHead } from "../../frame/PageHead.tsx";
import { Kept } from "../../parts/Kept.tsx";
import { Movers, SideBySide, sideBySideQuestions } from "./CafesSection.tsx";
import { ChangeSection } from "./ChangeSection.tsx";
import { FEW } from "./few.ts";
import { HoursSection } from "./HoursSection.tsx";
import { deck, headline } from "./headline.ts";
import { KpiBand } from "./KpiBand.tsx";
import { MissingSection } from "./MissingSection.tsx";
import { FallingProducts, RisingProducts, TopProducts } from "./ProductSections.tsx";
import { TrendSection } from "./TrendSection.tsx";
import { useWhyClosed } from "./useWhyClosed.ts";

/** Today's brief: what changed, where, and the figures behind it. */
export function BriefPage() {
  return (
    <Page
      name="Today’s brief"
      inside="brief"
      filters={["period", "compare", "region", "cafe"]}
      questions={allQuestions}
    >
      <Brief />
    </Page>
  );
}

/** What the brief asks of a view. */
function questionsOf({ question }: View) {
  return {
    sales: asked.sales(question),
    change: asked.change(question),
    trend: asked.trend({ ...question, compare: "year" }, "day"),
    hours: asked.byHour(question),
    products: asked.products(question),
    deliveries: asked.deliveries(question),
  };
}

/** More than one café and few of them: they stand beside each other. */
const showsSideBySide = ({ inScope }: View) => inScope.length > 1 && inScope.length <= FEW;

const allQuestions = (view: View) => [
  ...Object.values(questionsOf(view)),
  ...(showsSideBySide(view) ? Object.values(sideBySideQuestions(view)) : []),
];

function Brief() {
  const view = useView();
  const questions = questionsOf(view);
  const sales = useAnswer(questions.sales);
  const change = useAnswer(questions.change);
  const trend = useAnswer(questions.trend);
  const hours = useAnswer(questions.hours);
  const products = useAnswer(questions.products);
  const deliveries = useAnswer(questions.deliveries);
  const [only] = view.inScope;
  const single = view.inScope.length === 1 ? only?.name : undefined;
  const answer = sales.data;
  const closed = useWhyClosed(answer?.trust);
  // Headline and deck are drawn once, when what changed and why are both there.
  const told = isAwaited(change) ? undefined : answer;
  const other = view.compare === "week" ? view.year : view.week;
  const otherChange = answer?.measures.sales[view.compare === "week" ? "year" : "week"];

  return (
    <>
      <PageHead
        kicker={`Today’s brief · ${scopeName(view, answer?.trust.cafesExpected)} · ${dayRange(view.period.from, view.period.to)}`}
        queries={[sales, change]}
        headline={
          told
            ? headline({
                sales: told.measures.sales[view.compare],
                change: change.data,
                words: view.chosen,
                totalPence: told.measures.sales.value,
                cafe: single,
                closed,
                precision: view.precision,
              })
            : "Today’s brief"
        }
        deck={
          told
            ? deck({
                totalPence: told.measures.sales.value,
                receipts: told.measures.receipts.value,
                change: change.data,
                days: view.chosen.days,
                other: { change: otherChange, days: other.days },
                closed,
                precision: view.precision,
              })
            : undefined
        }
      />
      <Kept query={sales}>
        <KpiBand answer={answer} query={sales} />
      </Kept>
      <div className="columns">
        <Kept query={change}>
          <ChangeSection answer={change.data} query={change} />
        </Kept>
        {single ? (
          <Kept key="products" query={products}>
            <TopProducts answer={products.data} query={products} plain />
          </Kept>
        ) : showsSideBySide(view) ? (
          <SideBySide />
        ) : (
          <Kept key="movers" query={change}>
            <Movers answer={change.data} query={change} />
          </Kept>
        )}
      </div>
      <Kept query={trend}>
        <TrendSection answer={trend.data} query={trend} />
      </Kept>
      <div className="columns">
        <Kept query={hours}>
          <HoursSection answer={hours.data} query={hours} />
        </Kept>
        <Kept query={deliveries}>
          <MissingSection answer={deliveries.data} query={deliveries} />
        </Kept>
      </div>
      <div className="columns">
        <Kept query={products}>
          {single ? (
            <FallingProducts answer={products.data} query={products} wide />
          ) : (
            <TopProducts answer={products.data} query={products} />
          )}
        </Kept>
        <Kept query={products}>
          {single ? (
            <RisingProducts answer={products.data} query={products} />
          ) : (
            <FallingProducts answer={products.data} query={products} />
          )}
        </Kept>
      </div>
    </>
  );
}

/** The cafés a page is about, in words: those that were expected, which the answer knows best. */
function scopeName({ cafes, region, openCafes, everyCafe }: View, expected = 0): string {
  if (cafes.length > 0 && cafes.length <= 3) return listOf(cafes.map(({ name }) => name));
  if (cafes.length > 3) return `${cafes.length} cafés`;
  const open = `${count(expected || openCafes.length)} cafés`;
  return region ?? (everyCafe ? `All ${open}` : open);
}
