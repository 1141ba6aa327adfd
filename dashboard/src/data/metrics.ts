import { keepPreviousData, type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "preact/compat";
import { ask, type Question } from "./api.ts";
import { useSession } from "./session.tsx";

/** What a figure needs to know of the query behind it. */
export type QueryState = Pick<UseQueryResult<unknown>, "isPending" | "error" | "errorUpdatedAt" | "isPlaceholderData">;

/** A metric asked one question: what the answer is known by, and how to get it. */
export interface Asked<Answer> {
  readonly key: readonly unknown[];
  call(signal: AbortSignal): Promise<Answer>;
}

function asking<Query, Answer>(
  name: string,
  query: Query,
  call: (query: Query, signal: AbortSignal) => Promise<Answer>,
): Asked<Answer> {
  return { key: [name, query], call: (signal) => call(query, signal) };
}

/** What a page may ask. Nothing is sent yet. */
export const asked = {
  sales: (query: Question) => asking("sales", query, ask.sales),
  trend: (query: Question, grain: "day" | "week", last?: number) =>
    asking("trend", { ...query, grain, ...(last ? { last: String(last) } : {}) }, ask.trend),
  byHour: (query: Question) => asking("by-hour", query, ask.byHour),
  products: (query: Question) => asking("products", { ...query, limit: "6" }, ask.products),
  deliveries: (query: Question) => asking("deliveries", query, ask.deliveries),
  league: (query: Question) => asking("league", query, ask.league),
  change: (query: Question) => asking("change", query, ask.change),
  dayReceipts: (cafe: string, date: string, page: number) =>
    asking("day-receipts", { cafe, date, page: String(page) }, ask.dayReceipts),
  receipt: (receipt: string) => asking("receipt", { receipt }, ask.receipt),
};

/**
 * Answers never go stale by themselves: the data version is part of the key, and a run that changes the data changes the
 * version.
 */
function fetching<Answer>(dataVersion: string, { key, call }: Asked<Answer>) {
  return {
    queryKey: [dataVersion, ...key],
    queryFn: ({ signal }: { signal: AbortSignal }) => call(signal),
    staleTime: Number.POSITIVE_INFINITY,
  };
}

/** The answer to one question, once it is wanted. While a changed filter is answered, the previous figures stay. */
export function useAnswer<Answer>(question: Asked<Answer>, wanted = true) {
  const { dataVersion } = useSession();
  return useQuery({
    ...fetching(dataVersion, question),
    enabled: wanted,
    placeholderData: keepPreviousData,
    // The same object as long as nothing of this changes, so that a section is only drawn again for its own figures.
    notifyOnChangeProps: ["data", "error", "isPending", "isPlaceholderData"],
  });
}

/** Asks again for everything on the page that did not come: what failed together comes back by one press. */
export function useAskAgain(): () => void {
  const client = useQueryClient();
  return useCallback(
    () => void client.refetchQueries({ type: "active", predicate: ({ state }) => state.status === "error" }),
    [client],
  );
}

/** Sends questions ahead of the page that will show their answers; those that are known or under way are not asked again. */
export function useSendAhead(): (questions: readonly Asked<unknown>[]) => void {
  const client = useQueryClient();
  const { dataVersion } = useSession();
  return useCallback(
    (questions) => {
      for (const question of questions) void client.prefetchQuery(fetching(dataVersion, question));
    },
    [client, dataVersion],
  );
}
