import type { TargetedKeyboardEvent, TargetedMouseEvent } from "preact";
import { type ReactNode, useEffect, useId, useRef } from "preact/compat";

/** What a point says: read aloud, and in the box beside the pointer. */
export interface Readout {
  title: string;
  lines: { label: string; value: ReactNode }[];
  spoken: string;
}

interface ChartProps {
  /** What the chart shows, for those who cannot see it. */
  name: string;
  className: string;
  height: number;
  /** How the keyboard works here. */
  help: string;
  /** The point that is looked at, by its number. */
  active: number | null;
  onActive: (point: number | null) => void;
  /** The point at a place of the chart, in pixels from its corner. */
  pointAt: (x: number, y: number) => number | null;
  /** What the active point says, and where its box stands: right of x, or left of it. */
  readout: (Readout & { x: number; y: number; before: boolean }) | null;
  onKeyDown: (event: TargetedKeyboardEvent<HTMLElement>) => void;
  /** A click opens the active point. */
  onOpen?: ((point: number) => void) | undefined;
  children: ReactNode;
}

/**
 * What every chart has around its drawing: a name, a stop for the keyboard, the words of a point spoken and shown. A mouse shows
 * what it is over, and its click opens that. A finger has no over: its tap shows a point, or moves on to another, and on the same
 * point or beside the chart it closes the words again.
 */
export function Chart(props: ChartProps) {
  const { name, className, height, help, active, onActive, pointAt, readout, onKeyDown, onOpen, children } = props;
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  /** What was active when a finger came down; undefined for a mouse. */
  const touched = useRef<number | null | undefined>(undefined);
  const pointOf = (event: TargetedMouseEvent<HTMLElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return pointAt(event.clientX - left, event.clientY - top);
  };
  const click = (event: TargetedMouseEvent<HTMLElement>) => {
    if (touched.current !== undefined) {
      const point = pointOf(event);
      onActive(point === touched.current ? null : point);
    } else if (active !== null) onOpen?.(active);
  };
  const isShown = active !== null;
  useEffect(() => {
    if (!isShown) return;
    // A finger that comes down elsewhere need not take the focus along.
    const elsewhere = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) onActive(null);
    };
    document.addEventListener("pointerdown", elsewhere);
    return () => document.removeEventListener("pointerdown", elsewhere);
  }, [isShown, onActive]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: no element means a chart that arrow keys walk through
    <div
      ref={root}
      className={onOpen ? `chart ${className} opens` : `chart ${className}`}
      style={{ height }}
      role="group"
      aria-roledescription="chart"
      aria-label={name}
      aria-describedby={id}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys walk through the points
      tabIndex={0}
      onKeyDown={onKeyDown}
      onBlur={() => onActive(null)}
      onPointerDown={({ pointerType }) => {
        touched.current = pointerType === "touch" ? active : undefined;
      }}
      onPointerMove={(event) => onActive(pointOf(event))}
      // The page scrolls instead: what the finger passed was not meant.
      onPointerCancel={() => onActive(touched.current ?? null)}
      onPointerLeave={({ pointerType }) => pointerType !== "touch" && onActive(null)}
      onClick={click}
    >
      <span id={id} className="unseen">
        {help}
      </span>
      <span className="unseen" aria-live="polite">
        {readout?.spoken}
      </span>
      {children}
      {readout && (
        <div
          className={readout.before ? "readout before" : "readout"}
          style={{ "--x": `${readout.x}px`, top: readout.y }}
          aria-hidden="true"
        >
          <strong>{readout.title}</strong>
          <dl>
            {readout.lines.map(({ label, value }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </div>
  );
}
