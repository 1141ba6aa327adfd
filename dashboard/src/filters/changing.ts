import { useNavigate, useSearch } from "@tanstack/react-router";
import { createContext, useContext, useMemo } from "preact/compat";
import { type Asked, useSendAhead } from "../data/metrics.ts";
import { useSession } from "../data/session.tsx";
import type { Search } from "./search.ts";
import { type PageFrame, type View, viewOf } from "./view.ts";

/** What a page asks of a view. A filter sends it ahead, so that the answers come while the page is still being drawn. */
export type Questions = (view: View) => readonly Asked<unknown>[];

type ChangeSearch = (change: Search) => void;

const LookAheadContext = createContext<ChangeSearch>(() => undefined);

/** Hands the look ahead to the filters below. */
export const LookAheadProvider = LookAheadContext.Provider;

/** For a page: asks what it will ask once some of the filters have changed. */
export function useLookAheadOf(
  { defaults, byRegion, byCafe, cafeId, day }: PageFrame,
  questions: Questions,
): ChangeSearch {
  const search = useSearch({ strict: false }) as Search;
  const session = useSession();
  const send = useSendAhead();
  return useMemo(
    () => (change) => {
      const next = viewOf(session, changed(search, change), { defaults, byRegion, byCafe, cafeId, day });
      if (next) send(questions(next));
    },
    [session, search, send, questions, defaults, byRegion, byCafe, cafeId, day],
  );
}

/** Asks what the page will ask once some of the filters have changed, and changes nothing yet. */
export function useLookAhead(): ChangeSearch {
  return useContext(LookAheadContext);
}

/** Changes some of the filters; undefined takes one out. The rest of the address stays. */
export function useSetSearch(): ChangeSearch {
  const navigate = useNavigate();
  const lookAhead = useLookAhead();
  return (change) => {
    // Before anything is drawn: the answers are what the reader waits for.
    lookAhead(change);
    void navigate({ to: ".", search: (before: Search) => changed(before, change), resetScroll: false });
  };
}

function changed(before: Search, change: Search): Search {
  const next: Search = { ...before, ...change };
  delete next.page;
  if (next.period !== "custom") {
    delete next.from;
    delete next.to;
  }
  return next;
}
