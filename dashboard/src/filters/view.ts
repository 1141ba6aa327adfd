import { useSearch } from "@tanstack/react-router";
import { createContext, useContext, useMemo } from "preact/compat";
import type { CafeAnswer, SessionAnswer } from "../../../src/api/contract/index.ts";
import type { Question } from "../data/api.ts";
import { useSession } from "../data/session.tsx";
import { type Day, inLondon } from "../format/date.ts";
import { type MoneyPrecision, precisionFor } from "../format/number.ts";
import { type Compare, type ComparisonWords, comparisonWords } from "./comparing.ts";
import { type Dates, type Period, type Preset, periodOf } from "./period.ts";
import type { Search } from "./search.ts";

/** What a page shows when the address leaves it open. */
export interface Defaults {
  period: Preset;
  compare: Compare;
}

/** What is being looked at: the address, read in the light of what there is. */
export interface View {
  today: Day;
  dates: Dates;
  period: Period;
  compare: Compare;
  week: ComparisonWords;
  year: ComparisonWords;
  /** The one of the two that was chosen. */
  chosen: ComparisonWords;
  region: string | undefined;
  /** The chosen cafés; empty for all of the region or the chain. */
  cafes: CafeAnswer[];
  /** All cafés that the figures are about. */
  inScope: CafeAnswer[];
  /** Those of them that were open on any day of the period: only they can be expected to deliver. */
  openCafes: CafeAnswer[];
  everyCafe: boolean;
  precision: MoneyPrecision;
  question: Question;
}

const ViewContext = createContext<View | null>(null);

/** Hands the view to everything below. */
export const ViewProvider = ViewContext.Provider;

/** The view of this page. Only below a ViewProvider. */
export function useView(): View {
  const view = useContext(ViewContext);
  if (!view) throw new Error("There is no view here.");
  return view;
}

/** What a page is about by itself, whatever the filters say. */
export interface Place {
  cafeId?: number | undefined;
  day?: Day | undefined;
}

/** What a page knows by itself: what it shows when the address leaves it open, and the place it is about or lets one choose. */
export interface PageFrame extends Place {
  defaults: Defaults;
  /** Whether it has the filter of regions, and of cafés. */
  byRegion: boolean;
  byCafe: boolean;
}

/**
 * Reads the address into a view; null while there are no data to look at. The page's own café and day beat the filters. A place
 * that the page has no filter for is left in the address for the next page, but is not looked at here.
 */
export function viewOf(
  { dates, cafes, regions }: SessionAnswer,
  search: Search,
  { defaults, byRegion, byCafe, cafeId, day }: PageFrame,
): View | null {
  if (!dates) return null;
  const today = inLondon(new Date().toISOString()).day;
  const period = day
    ? periodOf("custom", dates, { from: day })
    : periodOf(search.period ?? defaults.period, dates, search);
  const compare = search.compare ?? defaults.compare;
  const week = comparisonWords("week", period, today);
  const year = comparisonWords("year", period, today);
  const ids = cafeId ? [String(cafeId)] : byCafe ? (search.cafe?.split(",") ?? []) : [];
  const chosenCafes = cafes.filter((cafe) => ids.includes(String(cafe.cafeId)));
  const region = byRegion ? regionOf(regions, chosenCafes, search.region) : undefined;
  const inScope = chosenCafes.length > 0 ? chosenCafes : cafes.filter((cafe) => !region || cafe.region === region);
  return {
    today,
    dates,
    period,
    compare,
    week,
    year,
    chosen: compare === "week" ? week : year,
    region,
    cafes: chosenCafes,
    inScope,
    openCafes: inScope.filter((cafe) => isOpenIn(cafe, period)),
    everyCafe: inScope.length === cafes.length,
    precision: precisionFor(period.days),
    question: {
      from: period.from,
      to: period.to,
      compare,
      ...(region ? { region } : {}),
      ...(chosenCafes.length > 0 ? { cafe: chosenCafes.map((cafe) => cafe.cafeId).join() } : {}),
    },
  };
}

/** The chosen region, if there is one by that name and every chosen café lies in it: of the two, the cafés say more. */
function regionOf(
  regions: SessionAnswer["regions"],
  chosen: readonly CafeAnswer[],
  wanted: string | undefined,
): string | undefined {
  const region = regions.find(({ region }) => region === wanted)?.region;
  return chosen.every((cafe) => cafe.region === region) ? region : undefined;
}

/** Whether a café was open on any day of the period. It closes for good on the first day that it is not open any more. */
function isOpenIn({ openedOn, closedOn }: CafeAnswer, { from, to }: Period): boolean {
  return (openedOn === null || openedOn <= to) && (closedOn === null || closedOn > from);
}

/** The view of the address as it is. */
export function useViewOf({ defaults, byRegion, byCafe, cafeId, day }: PageFrame): View | null {
  const search = useSearch({ strict: false }) as Search;
  const session = useSession();
  return useMemo(
    () => viewOf(session, search, { defaults, byRegion, byCafe, cafeId, day }),
    [session, search, defaults, byRegion, byCafe, cafeId, day],
  );
}
