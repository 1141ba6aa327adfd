import { useQuery } from "@tanstack/react-query";
import { createContext, useContext } from "preact/compat";
import type { CafeAnswer, SessionAnswer } from "../../../src/api/contract/index.ts";
import { ask } from "./api.ts";

const SessionContext = createContext<SessionAnswer | null>(null);

/** Hands the session to everything below. */
export const SessionProvider = SessionContext.Provider;

/** Who is signed in, what they may see, and how fresh it is. Only below a SessionProvider. */
export function useSession(): SessionAnswer {
  const session = useContext(SessionContext);
  if (!session) throw new Error("There is no session here.");
  return session;
}

/** Asks for the session, and again every half minute: a new `dataVersion` makes every figure ask again. */
export function useSessionQuery() {
  return useQuery({
    queryKey: ["session"],
    queryFn: ({ signal }) => ask.session(signal),
    refetchInterval: (query) => (query.state.data?.running ? 2_000 : 30_000),
    staleTime: 10_000,
  });
}

/** The café of an id, if it may be seen. */
export function useCafe(cafeId: number): CafeAnswer | undefined {
  return useSession().cafes.find((cafe) => cafe.cafeId === cafeId);
}
