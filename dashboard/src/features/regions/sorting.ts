import type { LeagueAnswer } from "../../../../src/api/contract/index.ts";

export type LeagueCafe = LeagueAnswer["cafes"][number];

/** The columns the league can be sorted by. */
export type SortKey = "name" | "region" | "sales" | "change" | "receipts" | "spend" | "days";

export interface Sorting {
  by: SortKey;
  ascending: boolean;
}

const figureOf: Record<SortKey, (cafe: LeagueCafe) => string | number | null> = {
  name: ({ name }) => name,
  region: ({ region }) => region,
  sales: ({ totalPence }) => totalPence,
  change: ({ change }) => change?.ratio ?? null,
  receipts: ({ receipts }) => receipts,
  spend: ({ averageSpendPence }) => averageSpendPence,
  days: ({ daysCompared }) => daysCompared,
};

/** Cafés in order. What is unknown comes last, whichever way round. */
export function sorted(cafes: readonly LeagueCafe[], { by, ascending }: Sorting): LeagueCafe[] {
  const read = figureOf[by];
  const direction = ascending ? 1 : -1;
  return cafes.toSorted((a, b) => {
    const left = read(a);
    const right = read(b);
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    const order = typeof left === "string" ? left.localeCompare(String(right), "en-GB") : left - Number(right);
    return order * direction || a.name.localeCompare(b.name, "en-GB");
  });
}

/** Pressing a head sorts by it, the larger first; words from A. Pressing it again turns round. */
export function nextSorting(now: Sorting, by: SortKey): Sorting {
  return { by, ascending: now.by === by ? !now.ascending : ascendsAtFirst(by) };
}

const DEFAULT_SORTING: Sorting = { by: "change", ascending: false };

/** What the address says of the order: `sales`, or `-sales` for the other way round. Anything else is the league's own order. */
export function sortingOf(word: string | undefined): Sorting {
  const [, turned, by = ""] = /^(-?)(.*)$/.exec(word ?? "") ?? [];
  if (!isSortKey(by)) return DEFAULT_SORTING;
  return { by, ascending: ascendsAtFirst(by) !== (turned === "-") };
}

/** The reverse of {@link sortingOf}: undefined for the league's own order. */
export function wordOf({ by, ascending }: Sorting): string | undefined {
  if (by === DEFAULT_SORTING.by && ascending === DEFAULT_SORTING.ascending) return undefined;
  return ascending === ascendsAtFirst(by) ? by : `-${by}`;
}

const ascendsAtFirst = (by: SortKey) => by === "name" || by === "region";

const isSortKey = (word: string): word is SortKey => Object.hasOwn(figureOf, word);

/** Cafés whose name or region holds the words looked for. */
export function matching(cafes: readonly LeagueCafe[], text: string): LeagueCafe[] {
  const wanted = text.trim().toLocaleLowerCase("en-GB");
  return cafes.filter(({ name, region }) => `${name} ${region}`.toLocaleLowerCase("en-GB").includes(wanted));
}
