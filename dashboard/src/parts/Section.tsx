import { type ReactNode, useEffect, useId, useRef, useState } from "preact/compat";
import { ProblemError } from "../data/api.ts";
import { type QueryState, useAskAgain } from "../data/metrics.ts";
import { useNarrow } from "../frame/useNarrow.ts";
import { csvFile, download, fileName } from "./download.ts";
import { useExports } from "./exports.tsx";
import { failureNote } from "./failure.ts";
import { Chevron, TrustSign } from "./icons.tsx";
import { useBusy } from "./Kept.tsx";
import { PlainTable } from "./PlainTable.tsx";
import { savePng } from "./png.ts";
import { TrustBadge } from "./TrustBadge.tsx";
import { csvOf, type TableOf } from "./table.ts";
import type { Arrived } from "./trust.ts";
import { usePrinting } from "./usePrinting.ts";
import { Wording } from "./Wording.tsx";

interface SectionProps {
  /** The finding; while it is unknown, the name of what will stand here. */
  title: ReactNode;
  /** The plain name, for files and for screen readers while the title is a sentence. */
  name: string;
  subtitle?: ReactNode;
  /** The least height of the body, so that nothing moves between its states. */
  height: number;
  /** On a phone only the finding is shown until it is opened. */
  fold?: boolean;
  /** The body is as tall as what it lists, once that is known. */
  list?: boolean;
  query?: QueryState;
  /** Said in place of the body when there is nothing to draw. */
  empty?: ReactNode;
  /** The figures behind the body. */
  table?: TableOf | undefined;
  /** Whether the body is a chart with a table behind it, rather than a table itself. */
  chart?: boolean;
  /** What arrived of the days that this figure is about. */
  trust?: Arrived | undefined;
  /** More for the foot, after the trust badge. */
  foot?: ReactNode;
  actions?: ReactNode;
  className?: string;
  children?: ReactNode;
}

/** One figure of a page: a rule, a finding, its measure, the marks and a foot. Keeps its size in every state. */
export function Section(props: SectionProps) {
  const {
    title,
    name,
    subtitle,
    height,
    list = false,
    fold = false,
    query,
    empty,
    table,
    chart = false,
    trust,
    foot,
    actions,
    className = "",
    children,
  } = props;
  const [asTable, setAsTable] = useState(false);
  const [opened, setOpened] = useState(false);
  const folds = useNarrow() && fold;
  const printing = usePrinting();
  const closed = folds && !opened && !printing;
  const element = useRef<HTMLElement>(null);
  const id = useId();
  const exports = useExports();
  const failed = query?.error ?? null;
  const busy = useBusy() || query?.isPlaceholderData;
  const waiting = !failed && (query?.isPending ?? false);
  const ready = !failed && !waiting && !empty;

  useEffect(() => (table && ready ? exports.offer(name, table) : undefined), [exports, name, table, ready]);

  return (
    <section
      ref={element}
      className={`section ${className}${closed ? " folded" : ""}`}
      aria-labelledby={id}
      aria-busy={waiting || busy || undefined}
    >
      <header className="section-head">
        <h2 id={id}>
          {folds ? (
            <button type="button" className="fold" aria-expanded={opened} onClick={() => setOpened(!opened)}>
              <span>{title}</span>
              <Chevron className={opened ? "chevron turned" : "chevron"} />
            </button>
          ) : (
            title
          )}
        </h2>
        {subtitle && !closed && <p className="subtitle">{subtitle}</p>}
        {actions && <div className="section-actions no-picture">{actions}</div>}
      </header>
      {!closed && (
        <>
          <div className="section-body" style={list && !waiting ? undefined : { minHeight: height }}>
            {failed ? (
              <Failure error={failed} />
            ) : waiting ? (
              <div className="skeleton" style={{ height }} aria-hidden="true" />
            ) : empty ? (
              <div className="nothing">{empty}</div>
            ) : asTable && table ? (
              <PlainTable table={table} caption={name} height={height} />
            ) : (
              children
            )}
          </div>
          <footer className="section-foot">
            <p>
              {failed ? (
                <span className="foot-note">{failureNote(failed, new Date(query?.errorUpdatedAt ?? 0))}</span>
              ) : trust && ready ? (
                <TrustBadge trust={trust} short />
              ) : null}
              {foot && ready && <span className="foot-note">{foot}</span>}
            </p>
            {ready && table && (
              <p className="foot-actions no-picture">
                {chart && (
                  <button
                    type="button"
                    className="link"
                    aria-label={`${asTable ? "Chart" : "Table"}: ${name}`}
                    onClick={() => setAsTable(!asTable)}
                  >
                    {asTable ? "Chart" : "Table"}
                  </button>
                )}
                <button
                  type="button"
                  className="link"
                  aria-label={`PNG: ${name}`}
                  onClick={() => element.current && void savePng(element.current, name)}
                >
                  PNG
                </button>
                <button
                  type="button"
                  className="link"
                  aria-label={`CSV: ${name}`}
                  onClick={() => download(fileName(name, "csv"), csvFile(csvOf(table)))}
                >
                  CSV
                </button>
              </p>
            )}
          </footer>
        </>
      )}
    </section>
  );
}

function Failure({ error }: { error: Error }) {
  const askAgain = useAskAgain();
  const problem = error instanceof ProblemError ? error.problem : undefined;
  return (
    <div className="nothing" role="alert">
      <p className="failure">
        <TrustSign state="bad" /> {problem?.title ?? "This could not be drawn"}
      </p>
      <p>
        <Wording text={problem?.next ?? "Everything else on the page is fine."} />
      </p>
      <button type="button" className="link" onClick={askAgain}>
        Try again
      </button>
    </div>
  );
}
