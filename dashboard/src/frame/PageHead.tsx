import type { ReactNode } from "preact/compat";

interface PageHeadProps {
  /** Where we are: Today’s brief · Leeds · Tue 3 Mar 2026, or breadcrumbs. */
  kicker: ReactNode;
  /** What changed, and where. */
  headline: ReactNode;
  /** What proves it. */
  deck?: string | undefined;
  waiting?: boolean;
  /** The headline is a single line, as on the pages of a day and a receipt. */
  short?: boolean;
}

/** The head of a page: an accent, where we are, what changed, and the figures that prove it. */
export function PageHead({ kicker, headline, deck, waiting = false, short = false }: PageHeadProps) {
  return (
    <header className={short ? "page-head short" : "page-head"} aria-busy={waiting || undefined}>
      <div className="kicker">{kicker}</div>
      <h1 className={waiting ? "waiting" : undefined}>{headline}</h1>
      {deck && <p className={waiting ? "deck waiting" : "deck"}>{unbroken(deck)}</p>}
    </header>
  );
}

/** Keeps a sign with its pounds at the end of a line. */
function unbroken(text: string): string {
  return text.replaceAll(/([+\u2212])£/g, "$1\u2060£");
}
