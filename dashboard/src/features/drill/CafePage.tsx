import { useNavigate, useParams } from "@tanstack/react-router";
import { asked, useAnswer } from "../../data/metrics.ts";
import { useCafe } from "../../data/session.tsx";
import { keepFilters } from "../../filters/search.ts";
import { type Defaults, useView, type View } from "../../filters/view.ts";
import { Breadcrumbs } from "../../frame/Breadcrumbs.tsx";
import { NotFound } from "../../frame/NotFound.tsx";
import { Page } from "../../frame/Page.tsx";
import { isAwaited, PageHead } from "../../frame/PageHead.tsx";
import { Kept } from "../../parts/Kept.tsx";
import { deck, headline } from "../brief/headline.ts";
import { KpiBand } from "../brief/KpiBand.tsx";
import { TopProducts } from "../brief/ProductSections.tsx";
import { TrendSection } from "../brief/TrendSection.tsx";
import { useWhyClosed } from "../brief/useWhyClosed.ts";
import { DaysSection } from "./DaysSection.tsx";

const DEFAULTS: Defaults = { period: "28d", compare: "year" };

/** One café on the way down: its figures, its days, each of which opens. */
export function CafePage() {
  const { cafe: id } = useParams({ strict: false });
  const cafe = useCafe(Number(id));
  if (!cafe) return <NotFound what="This café" />;
  return (
    <Page
      name={cafe.name}
      inside="regions"
      defaults={DEFAULTS}
      filters={["period", "compare"]}
      place={{ cafeId: cafe.cafeId }}
      questions={allQuestions}
      key={cafe.cafeId}
    >
      <Cafe cafe={cafe} />
    </Page>
  );
}

/** What the page of a café asks of a view. */
function questionsOf({ question, period }: View) {
  return {
    sales: asked.sales(question),
    change: asked.change(question),
    trend: asked.trend({ ...question, compare: "year" }, "day"),
    days: asked.trend(question, "day", Math.max(period.days, 7)),
    products: asked.products(question),
  };
}

const allQuestions = (view: View) => Object.values(questionsOf(view));

function Cafe({ cafe }: { cafe: NonNullable<ReturnType<typeof useCafe>> }) {
  const view = useView();
  const navigate = useNavigate();
  const questions = questionsOf(view);
  const sales = useAnswer(questions.sales);
  const change = useAnswer(questions.change);
  const trend = useAnswer(questions.trend);
  const days = useAnswer(questions.days);
  const products = useAnswer(questions.products);
  const answer = sales.data;
  const closed = useWhyClosed(answer?.trust);
  // Headline and deck are drawn once, when what changed and why are both there.
  const told = isAwaited(change) ? undefined : answer;
  const otherChange = answer?.measures.sales[view.compare === "week" ? "year" : "week"];
  const other = view.compare === "week" ? view.year : view.week;
  const open = (date: string) =>
    void navigate({ to: "/cafes/$cafe/$date", params: { cafe: String(cafe.cafeId), date }, search: keepFilters });
  return (
    <>
      <PageHead
        kicker={<Breadcrumbs cafe={cafe} />}
        queries={[sales, change]}
        headline={
          told
            ? headline({
                sales: told.measures.sales[view.compare],
                change: change.data,
                words: view.chosen,
                totalPence: told.measures.sales.value,
                cafe: cafe.name,
                closed,
                precision: view.precision,
              })
            : cafe.name
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
      <Kept query={trend}>
        <TrendSection answer={trend.data} query={trend} onOpen={open} />
      </Kept>
      <div className="columns ragged">
        <Kept query={days}>
          <DaysSection answer={days.data} query={days} cafe={cafe} />
        </Kept>
        <Kept query={products}>
          <TopProducts answer={products.data} query={products} plain />
        </Kept>
      </div>
    </>
  );
}
