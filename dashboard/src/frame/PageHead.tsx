import type { ReactNode } from "preact/compat";
import type { QueryState } from "../data/metrics.ts";

interface PageHeadProps {
  /** Where we are: Today’s brief · Leeds · Tue 3 Mar 2026, or breadcrumbs. */
  kicker: ReactNode;
  /** What changed, and where. */
  headline: ReactNode;
  /** What proves it. Without it the head says how the question stands. */
  deck?: string | undefined;
  /** The questions that headline and deck answer together, drawn once; without the first there is nothing to say. */
  queries?: readonly QueryState[];
  /** The headline is a single line, as on the pages of a day and a receipt. */
  short?: boolean;
}

const ON_THEIR_WAY = "The figures are on their way.";
const NOT_COME = "The figures did not come. Below it says why, and you can ask again.";

/** The head of a page: an accent, where we are, what changed, and the figures that prove it. */
export function PageHead({ kicker, headline, deck: proof, queries = [], short = false }: PageHeadProps) {
  const failed = queries[0]?.error;
  const waiting = !failed && queries.some(isAwaited);
  const deck = proof ?? (waiting ? ON_THEIR_WAY : failed ? NOT_COME : undefined);
  return (
    <header className={short ? "page-head short" : "page-head"} aria-busy={waiting || undefined}>
      <div className="kicker">{kicker}</div>
      <h1 className={waiting ? "waiting" : undefined}>{headline}</h1>
      {deck && <p className={waiting ? "deck waiting" : "deck"}>{unbroken(deck)}</p>}
    </header>
  );
}

/** Whether the answer to a question may still come. */
export function isAwaited({ isPending, error }: QueryState): boolean {
  return isPending && !error;
}

/** Keeps a sign with its pounds at the end of a line. */
function unbroken(text: string): string {
  return text.replaceAll(/([+\u2212])£/g, "$1\u2060£");
}
