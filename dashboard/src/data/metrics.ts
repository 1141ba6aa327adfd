import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { ask, type Question } from "./api.ts";
import { useSession } from "./session.tsx";

/** What a figure needs to know of the query behind it. */
export type QueryState = Pick<UseQueryResult<unknown>, "isPending" | "error" | "refetch" | "isPlaceholderData">;

/**
 * One metric for one question. Answers never go stale by themselves: the data version is part of the key, and a run that
 * changes the data changes the version. While a changed filter is answered, the previous figures stay.
 */
function useMetric<Asked, Answer>(
  name: string,
  query: Asked,
  call: (query: Asked, signal: AbortSignal) => Promise<Answer>,
) {
  const { dataVersion } = useSession();
  return useQuery({
    queryKey: [name, dataVersion, query],
    queryFn: ({ signal }) => call(query, signal),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    // The same object as long as nothing of this changes, so that a section is only drawn again for its own figures.
    notifyOnChangeProps: ["data", "error", "isPending", "isPlaceholderData"],
  });
}

export const useSales = (query: Question) => useMetric("sales", query, ask.sales);

export const useTrend = (query: Question, grain: "day" | "week", last?: number) =>
  useMetric("trend", { ...query, grain, ...(last ? { last: String(last) } : {}) }, ask.trend);

export const useByHour = (query: Question) => useMetric("by-hour", query, ask.byHour);

export const useProducts = (query: Question) => useMetric("products", { ...query, limit: "6" }, ask.products);

export const useDeliveries = (query: Question) => useMetric("deliveries", query, ask.deliveries);

export const useLeague = (query: Question) => useMetric("league", query, ask.league);

export const useChange = (query: Question) => useMetric("change", query, ask.change);

export const useDayReceipts = (cafe: string, date: string, page: number) =>
  useMetric("day-receipts", { cafe, date, page: String(page) }, ask.dayReceipts);

export const useReceipt = (receipt: string) => useMetric("receipt", { receipt }, ask.receipt);
