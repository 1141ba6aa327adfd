import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useState } from "react";
import { labelled, linear, linePath, niceTicks } from "./scale.ts";
import { useWidth } from "./useWidth.ts";

export interface LineSeries {
  /** Stands at the end of the line. */
  label: string;
  /** A second line under the label, such as the last figure. */
  detail?: string;
  values: readonly (number | null)[];
  /** The period looked at, or what it is compared with. */
  role: "now" | "comparison";
}

interface LineChartProps {
  /** What the chart shows, for those who cannot see it. */
  name: string;
  /** The labels of the points, as the axis writes them. */
  points: readonly string[];
  /** Labels are this many points apart, or a multiple of it: 7 for days. */
  labelEvery?: number;
  series: readonly LineSeries[];
  height: number;
  /** A figure of the y axis; the topmost one also names the unit. */
  axis: (value: number, topmost: boolean) => string;
  /** A value drawn as a line of its own, such as 100 of an index. */
  level?: number;
  /** Points marked on the line of now, such as the period itself and its counterpart. */
  marked?: readonly number[];
  /** What a point says: read aloud, and in the box beside the pointer. */
  readout: (index: number) => { title: string; lines: { label: string; value: ReactNode }[]; spoken: string };
  /** Opens a point: a click on it, or Enter. */
  onOpen?: (index: number) => void;
}

const TOP = 22;
const BOTTOM = 26;
const LINE = 16;
/** About the width of a figure at the size of a label. */
const DIGIT = 7.2;

/** Lines with their names at their ends. Arrow keys walk along the points; Enter opens one. */
export function LineChart(props: LineChartProps) {
  const { name, points, labelEvery = 1, series, height, axis, level, marked = [], readout, onOpen } = props;
  const [ref, width] = useWidth<HTMLDivElement>();
  const [active, setActive] = useState<number | null>(null);
  const help = useId();
  const narrow = width < 400;
  const right = narrow ? 12 : 104;
  const known = series.flatMap(({ values }) => values.filter((value) => value !== null));
  const levels = level === undefined ? known : [...known, level];
  const ticks = niceTicks(Math.min(...levels), Math.max(...levels), 4);
  const y = linear([ticks[0] ?? 0, ticks.at(-1) ?? 1], [height - BOTTOM, TOP]);
  const left = 8 + Math.max(...ticks.map((tick) => axis(tick, false).length)) * DIGIT;
  const x = linear([0, Math.max(points.length - 1, 1)], [left, Math.max(width - right, left + 1)]);
  const box = active === null ? null : readout(active);

  const step = (event: KeyboardEvent) => {
    const last = points.length - 1;
    const from = active ?? last;
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last }[event.key];
    if (event.key === "Escape") setActive(null);
    else if (event.key === "Enter" && active !== null) onOpen?.(active);
    else if (to !== undefined) {
      event.preventDefault();
      setActive(active === null && event.key.startsWith("Arrow") ? last : Math.min(Math.max(to, 0), last));
    }
  };
  const nearest = (event: PointerEvent<HTMLElement>) => {
    const at = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const share = (at - left) / Math.max(width - right - left, 1);
    return Math.min(Math.max(Math.round(share * (points.length - 1)), 0), points.length - 1);
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: no element means a chart that arrow keys walk through
    <div
      ref={ref}
      className={onOpen ? "line-chart opens" : "line-chart"}
      style={{ height }}
      role="group"
      aria-roledescription="chart"
      aria-label={name}
      aria-describedby={help}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys walk through the points
      tabIndex={0}
      onKeyDown={step}
      onBlur={() => setActive(null)}
      onPointerMove={(event) => setActive(nearest(event))}
      onPointerLeave={() => setActive(null)}
      onClick={() => active !== null && onOpen?.(active)}
    >
      <span id={help} className="unseen">
        Arrow keys walk through the points{onOpen ? "; Enter opens one" : ""}.
      </span>
      <span className="unseen" aria-live="polite">
        {box?.spoken}
      </span>
      {width > 0 && (
        <svg width={width} height={height} aria-hidden="true">
          {ticks.map((tick, index) => (
            <g key={tick} className="grid">
              <path d={`M0 ${y(tick)}H${width - (narrow ? 0 : right)}`} />
              <text x="0" y={y(tick) - 5}>
                {axis(tick, index === ticks.length - 1)}
              </text>
            </g>
          ))}
          {level !== undefined && <path className="level" d={`M${left} ${y(level)}H${width - right}`} />}
          {labelled(points.length, (width - left - right) / 76, labelEvery).map((index) => (
            <text
              key={index}
              className="x-label"
              x={x(index)}
              y={height - 6}
              textAnchor={anchorAt(index, points, narrow)}
            >
              {points[index]}
            </text>
          ))}
          {active !== null && <path className="cursor" d={`M${x(active)} ${TOP}V${height - BOTTOM}`} />}
          {series
            .toSorted((a, b) => (a.role === b.role ? 0 : a.role === "now" ? 1 : -1))
            .map(({ label, role, values }) => (
              <path key={label} className={`line ${role}`} d={linePath(values, x, y)} />
            ))}
          {series.map(({ label, role, values }) =>
            values.map((value, index) =>
              value !== null && (index === active || (role === "now" && marked.includes(index))) ? (
                <circle
                  key={`${label} ${points[index]}`}
                  className={`dot ${role}`}
                  cx={x(index)}
                  cy={y(value)}
                  r={role === "now" ? 4 : 3}
                />
              ) : null,
            ),
          )}
          {narrow ? (
            <text className="end" x={width} y={TOP - 5} textAnchor="end">
              {series.map(({ label, role }, index) => (
                <tspan key={label} className={role} dx={index > 0 ? 10 : 0}>
                  {label}
                </tspan>
              ))}
            </text>
          ) : (
            endLabels(series, y).map(({ label, detail, role, at }) => (
              <text key={label} className="end" x={width - right + 12} y={at}>
                <tspan className={role}>{label}</tspan>
                {detail && (
                  <tspan className="detail" x={width - right + 12} dy={LINE}>
                    {detail}
                  </tspan>
                )}
              </text>
            ))
          )}
        </svg>
      )}
      {box && active !== null && (
        <div
          className={x(active) > width / 2 ? "readout before" : "readout"}
          style={{ left: x(active) }}
          aria-hidden="true"
        >
          <strong>{box.title}</strong>
          <dl>
            {box.lines.map(({ label, value }) => (
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

function anchorAt(index: number, points: readonly string[], narrow: boolean): "start" | "middle" | "end" {
  if (narrow && index === points.length - 1) return "end";
  return index === 0 ? "start" : "middle";
}

/** The names at the line ends, moved apart where they would touch. */
function endLabels(series: readonly LineSeries[], y: (value: number) => number) {
  const placed = series
    .map((one) => ({ ...one, at: y(one.values.findLast((value) => value !== null) ?? 0) + 4 }))
    .toSorted((a, b) => a.at - b.at);
  for (const [index, one] of placed.entries()) {
    const before = placed[index - 1];
    if (before) one.at = Math.max(one.at, before.at + LINE * (before.detail ? 2 : 1) + 2);
  }
  return placed;
}
