import { useIsFetching } from "@tanstack/react-query";
import { type ReactNode, type RefObject, useEffect, useRef } from "preact/compat";
import { useSession } from "../data/session.tsx";
import { LookAheadProvider, type Questions, useLookAheadOf } from "../filters/changing.ts";
import { FilterBar, type FilterName } from "../filters/FilterBar.tsx";
import { type Defaults, type Place, useViewOf, ViewProvider } from "../filters/view.ts";
import { ExportsProvider } from "../parts/exports.tsx";
import { Footer } from "./Footer.tsx";
import { Navigation, Tabs } from "./Navigation.tsx";
import { NoData } from "./NoData.tsx";
import { OwnFiles } from "./OwnFiles.tsx";

interface PageProps {
  /** The page's name, for the window and its history. */
  name: string;
  inside: "brief" | "regions" | null;
  defaults?: Defaults;
  filters?: readonly FilterName[];
  /** The café and the day a page is about, in place of the filters. */
  place?: Place;
  /** What the page asks of a view, where it has filters. */
  questions?: Questions;
  children: ReactNode;
}

const BRIEF: Defaults = { period: "yesterday", compare: "week" };

/** Whether a page has been shown before this one: the first takes no focus from the browser. */
let stepped = false;

const NONE: Questions = () => [];

/** An answer that takes longer than this is seen to be on its way. */
const QUICK_MS = 180;

/** Marks the page while answers take long. Draws nothing, so that no question draws the page again. */
function SlowMark({ on }: { on: RefObject<HTMLElement | null> }) {
  const asking = useIsFetching() > 0;
  useEffect(() => {
    if (!asking) return;
    const timer = setTimeout(() => on.current?.setAttribute("data-slow", ""), QUICK_MS);
    return () => {
      clearTimeout(timer);
      on.current?.removeAttribute("data-slow");
    };
  }, [asking, on]);
  return null;
}

/** The frame around a page: navigation, filters, the page itself, and when its figures were made. */
export function Page({ name, inside, defaults = BRIEF, filters = [], place, questions = NONE, children }: PageProps) {
  const { sample, cafes } = useSession();
  const frame = { defaults, byRegion: filters.includes("region"), byCafe: filters.includes("cafe"), ...place };
  const view = useViewOf(frame);
  const lookAhead = useLookAheadOf(frame, questions);
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = `${name} · Infinity`;
    // After a step from page to page the keyboard and the screen reader start at the new page, not at the old link.
    if (stepped) main.current?.focus({ preventScroll: true });
    stepped = true;
  }, [name]);
  return (
    <>
      <a className="skip" href="#main">
        Skip to the figures
      </a>
      {sample && (
        <aside className="banner" aria-label="Sample data">
          <p>
            <strong>Sample data.</strong>{" "}
            {cafes.length > 0 && (
              <span className="banner-long">
                An invented chain of {cafes.length} cafés, so that you can look around.{" "}
              </span>
            )}
            Nothing here is real.
          </p>
          <OwnFiles />
        </aside>
      )}
      <div className="frame">
        <Navigation inside={inside} />
        <div className="content">
          {view ? (
            <ViewProvider value={view}>
              <ExportsProvider>
                <LookAheadProvider value={lookAhead}>
                  <FilterBar filters={filters} />
                </LookAheadProvider>
                <main id="main" tabIndex={-1} ref={main}>
                  {children}
                </main>
                <SlowMark on={main} />
              </ExportsProvider>
            </ViewProvider>
          ) : (
            <main id="main" tabIndex={-1}>
              <NoData />
            </main>
          )}
          <Footer />
        </div>
      </div>
      <Tabs inside={inside} />
    </>
  );
}
