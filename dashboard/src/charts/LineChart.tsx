import type { TargetedKeyboardEvent } from "preact";
import { useMemo, useState } from "preact/compat";
import { Chart, type Readout } from "./Chart.tsx";
import { Drawing } from "./Drawing.tsx";
import { frameOf, heightOf, type LineSeries, lineOption, placeOf } from "./lines.ts";
import { useSame } from "./useSame.ts";
import { useWidth } from "./useWidth.ts";

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
  /** What the axis counts in, where it writes no parts of it: 100 for pence written as pounds. */
  unit?: number;
  /** A value drawn as a line of its own, such as 100 of an index. */
  level?: number;
  /** Points marked on the line of now, such as the period itself and its counterpart. */
  marked?: readonly number[];
  /** What a point says. */
  readout: (index: number) => Readout;
  /** Opens a point: a click on it, or Enter. */
  onOpen?: (index: number) => void;
}

/** Lines with their names at their ends. Arrow keys walk along the points; Enter opens one. */
export function LineChart(props: LineChartProps) {
  const { name, points, labelEvery = 1, series, height, axis, unit, level, marked = [], readout, onOpen } = props;
  const [ref, width] = useWidth<HTMLDivElement>();
  const [active, setActive] = useState<number | null>(null);
  const known = series.flatMap(({ values }) => values.filter((value) => value !== null));
  const frame = frameOf({ width, height }, points.length, level === undefined ? known : [...known, level], axis, unit);
  const drawing = useSame({ frame, points, labelEvery, series, level, marked });
  const option = useMemo(() => lineOption(drawing), [drawing]);
  const x = placeOf(frame);
  const y = heightOf(frame);
  const last = points.length - 1;

  const step = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const from = active ?? last;
    const to = new Map([
      ["ArrowLeft", from - 1],
      ["ArrowRight", from + 1],
      ["Home", 0],
      ["End", last],
    ]).get(event.key);
    if (event.key === "Escape") setActive(null);
    else if (event.key === "Enter" && active !== null) onOpen?.(active);
    else if (to !== undefined) {
      event.preventDefault();
      setActive(active === null && event.key.startsWith("Arrow") ? last : Math.min(Math.max(to, 0), last));
    }
  };
  const nearest = (at: number) => Math.min(Math.max(Math.round((at - x(0)) / (x(1) - x(0))), 0), last);

  return (
    <div ref={ref}>
      <Chart
        name={name}
        className="line-chart"
        height={height}
        help={`Arrow keys walk through the points${onOpen ? "; Enter opens one" : ""}.`}
        active={active}
        onActive={setActive}
        pointAt={nearest}
        readout={active === null ? null : { ...readout(active), x: x(active), y: 8, before: x(active) > width / 2 }}
        onKeyDown={step}
        onOpen={onOpen}
      >
        {width > 0 && <Drawing option={option} width={width} height={height} />}
        {active !== null && (
          <>
            <i className="cursor" style={{ left: x(active), top: frame.top, height: frame.bottom - frame.top }} />
            {series.map(({ label, role, values }) => {
              const value = values[active] ?? null;
              return value === null ? null : (
                <i key={label} className={`spot ${role}`} style={{ left: x(active), top: y(value) }} />
              );
            })}
          </>
        )}
      </Chart>
    </div>
  );
}
