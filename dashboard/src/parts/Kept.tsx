import { createContext, type ReactNode, useContext, useRef } from "preact/compat";
import type { QueryState } from "../data/metrics.ts";
import { useView, ViewProvider } from "../filters/view.ts";

const BusyContext = createContext(false);

/** Whether what stands here is being asked for anew. */
export function useBusy(): boolean {
  return useContext(BusyContext);
}

/**
 * While a changed view is being answered, what stands below stays as it was drawn, words and figures of the same view, and is
 * only marked as busy. So a filter draws a section once, when its answer is there, and not before it as well.
 */
export function Kept({ query, children }: { query: QueryState; children: ReactNode }) {
  const view = useView();
  const busy = query.isPlaceholderData && !query.error;
  const kept = useRef({ view, children });
  if (!busy) kept.current = { view, children };
  return (
    <ViewProvider value={kept.current.view}>
      <BusyContext.Provider value={busy}>{kept.current.children}</BusyContext.Provider>
    </ViewProvider>
  );
}
