import { linear, linePath } from "./scale.ts";

interface SparkProps {
  values: readonly (number | null)[];
  width: number;
  height: number;
}

/** Changes smaller than this share of the mean are not blown up to the height of the picture. */
const SMALLEST_REACH = 0.03;

/** Stands where there is no second figure to draw one against. */
const Blank = ({ width, height }: Pick<SparkProps, "width" | "height">) => (
  <svg className="spark" width={width} height={height} aria-hidden="true" />
);

/**
 * Eight totals as bars that float on their own mean: bars from zero of much the same height would say nothing. The last
 * is now, the one before it what it is compared with.
 */
export function SparkBars({ values, width, height }: SparkProps) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return <Blank width={width} height={height} />;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const reach = Math.max(...known.map((value) => Math.abs(value - mean)), mean * SMALLEST_REACH);
  const y = linear([mean - reach, mean + reach], [height, 0]);
  const middle = y(mean);
  const slot = (width + 3) / values.length;
  const bars = values.flatMap((value, index) => {
    if (value === null) return [];
    const size = Math.max(Math.abs(y(value) - middle), 1);
    return [{ x: index * slot, y: Math.min(y(value), middle), size, role: roleAt(index, values) }];
  });
  return (
    <svg className="spark" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
      {bars.map((bar) => (
        <rect key={bar.x} className={bar.role} x={bar.x} y={bar.y} width={slot - 3} height={bar.size} />
      ))}
      <path className="zero" d={`M0 ${middle}H${width}`} />
    </svg>
  );
}

/** Eight ratios as a line, which need not start at zero. */
export function SparkLine({ values, width, height, level }: SparkProps & { level?: number }) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return <Blank width={width} height={height} />;
  const all = level === undefined ? known : [...known, level];
  const low = Math.min(...all);
  const high = Math.max(...all);
  const room = Math.max(Math.abs(high) * 0.01 - (high - low), 0) / 2;
  const y = linear([low - room, high + room], [height - 4, 4]);
  const x = linear([0, values.length - 1], [4, width - 5]);
  const last = values.at(-1);
  return (
    <svg className="spark" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
      {level !== undefined && <path className="zero" d={`M0 ${y(level)}H${width}`} />}
      <path className="spark-line" d={linePath(values, x, y)} />
      {last !== null && last !== undefined && (
        <circle className="now" cx={x(values.length - 1)} cy={y(last)} r={height > 28 ? 4 : 2.5} />
      )}
    </svg>
  );
}

function roleAt(index: number, values: readonly unknown[]): string {
  return index === values.length - 1 ? "now" : index === values.length - 2 ? "before" : "earlier";
}
