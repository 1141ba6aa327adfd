import type { TargetedKeyboardEvent, TargetedPointerEvent } from "preact";
import { type ReactNode, useId } from "preact/compat";

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
  /** The point that is looked at, and where its box stands: right of x, or left of it. */
  readout: (Readout & { x: number; y: number; before: boolean }) | null;
  onKeyDown: (event: TargetedKeyboardEvent<HTMLElement>) => void;
  /** The pointer is over this place of the chart, in pixels from its corner. */
  onPoint: (x: number, y: number) => void;
  onLeave: () => void;
  onClick?: (() => void) | undefined;
  children: ReactNode;
}

/** What every chart has around its drawing: a name, a stop for the keyboard, the words of a point spoken and shown. */
export function Chart(props: ChartProps) {
  const { name, className, height, help, readout, onKeyDown, onPoint, onLeave, onClick, children } = props;
  const id = useId();
  const point = (event: TargetedPointerEvent<HTMLElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    onPoint(event.clientX - left, event.clientY - top);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: no element means a chart that arrow keys walk through
    <div
      className={onClick ? `chart ${className} opens` : `chart ${className}`}
      style={{ height }}
      role="group"
      aria-roledescription="chart"
      aria-label={name}
      aria-describedby={id}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys walk through the points
      tabIndex={0}
      onKeyDown={onKeyDown}
      onBlur={onLeave}
      onPointerMove={point}
      onPointerLeave={onLeave}
      onClick={onClick}
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
          style={{ left: readout.x, top: readout.y }}
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
