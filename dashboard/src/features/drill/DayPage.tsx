import { Link, useParams, useSearch } from "@tanstack/react-router";
import { asked, useAnswer } from "../../data/metrics.ts";
import { useCafe, useSession } from "../../data/session.tsx";
import { keepFilters } from "../../filters/search.ts";
import { type Defaults, useView } from "../../filters/view.ts";
import { addDays, isDay, shortDay } from "../../format/date.ts";
import { count, money } from "../../format/number.ts";
import { changePhrase } from "../../format/phrases.ts";
import { plural } from "../../format/words.ts";
import { Breadcrumbs } from "../../frame/Breadcrumbs.tsx";
import { NotFound } from "../../frame/NotFound.tsx";
import { Page } from "../../frame/Page.tsx";
import { isAwaited, PageHead } from "../../frame/PageHead.tsx";
import { NOTHING_EXPECTED } from "../brief/closed.ts";
import { useWhyClosed } from "../brief/useWhyClosed.ts";
import { DayHours } from "./DayHours.tsx";
import { DayNotHere } from "./DayNotHere.tsx";
import { noReceipts } from "./noReceipts.ts";
import { ReceiptsSection } from "./ReceiptsSection.tsx";

const DEFAULTS: Defaults = { period: "yesterday", compare: "week" };

/** One day of one café: when people came, and every receipt. */
export function DayPage() {
  const { cafe: id, date = "" } = useParams({ strict: false });
  const cafe = useCafe(Number(id));
  const { dates } = useSession();
  if (!cafe || !isDay(date)) return <NotFound what="This day" />;
  if (dates && (date < dates.first || date > dates.last)) return <DayNotHere cafe={cafe} date={date} {...dates} />;
  return (
    <Page
      name={`${cafe.name}, ${shortDay(date)}`}
      inside="regions"
      defaults={DEFAULTS}
      place={{ cafeId: cafe.cafeId, day: date }}
      key={`${cafe.cafeId} ${date}`}
    >
      <Day cafe={cafe} date={date} />
    </Page>
  );
}

function Day({ cafe, date }: { cafe: NonNullable<ReturnType<typeof useCafe>>; date: string }) {
  const view = useView();
  const { page = 1 } = useSearch({ strict: false });
  const receipts = useAnswer(asked.dayReceipts(String(cafe.cafeId), date, page));
  const sales = useAnswer(asked.sales(view.question));
  const hours = useAnswer(asked.byHour(view.question));
  const answer = receipts.data;
  const closed = useWhyClosed(answer?.trust);
  const told = isAwaited(sales) ? undefined : answer;
  const { week, year } = sales.data?.measures.sales ?? {};
  const against = [
    week?.ratio === null || week?.ratio === undefined ? "" : changePhrase(week.ratio, view.week.headline),
    year?.ratio === null || year?.ratio === undefined ? "" : changePhrase(year.ratio, view.year.headline),
  ].filter(Boolean);
  return (
    <>
      <PageHead
        kicker={
          <div className="kicker-row">
            <Breadcrumbs cafe={cafe} date={date} />
            <DaySteps cafeId={cafe.cafeId} date={date} />
          </div>
        }
        short
        queries={[receipts, sales]}
        headline={
          !told
            ? `${cafe.name}, ${shortDay(date, view.today)}`
            : told.totalReceipts === 0
              ? (closed ?? `${cafe.name} has no receipts on ${shortDay(date, view.today)}`)
              : `${cafe.name} took ${money(told.totalPence)} on ${shortDay(date, view.today)}`
        }
        deck={
          closed
            ? NOTHING_EXPECTED
            : told
              ? `${
                  told.totalReceipts > 0
                    ? `${count(told.totalReceipts)} ${plural(told.totalReceipts, "receipt")}, ${money(Math.round(told.totalPence / told.totalReceipts))} each.`
                    : noReceipts(told.trust)
                }${against.length > 0 ? ` Sales ${against.join(", ")}.` : ""}`
              : undefined
        }
      />
      <div className="columns ragged">
        <ReceiptsSection answer={answer} query={receipts} cafe={cafe} date={date} />
        <DayHours answer={hours.data} query={hours} date={date} />
      </div>
    </>
  );
}

function DaySteps({ cafeId, date }: { cafeId: number; date: string }) {
  const { dates, today } = useView();
  const before = addDays(date, -1);
  const after = addDays(date, 1);
  return (
    <nav className="day-steps" aria-label="Other days">
      {before >= dates.first && (
        <Link to="/cafes/$cafe/$date" params={{ cafe: String(cafeId), date: before }} search={keepFilters}>
          ‹ {shortDay(before, today)}
        </Link>
      )}
      {after <= dates.last && (
        <Link to="/cafes/$cafe/$date" params={{ cafe: String(cafeId), date: after }} search={keepFilters}>
          {shortDay(after, today)} ›
        </Link>
      )}
    </nav>
  );
}
