/** A straight line from figures to pixels. */
export function linear([from, to]: [number, number], [start, end]: [number, number]): (value: number) => number {
  const step = to === from ? 0 : (end - start) / (to - from);
  return (value) => start + (value - from) * step;
}

/**
 * Round figures that cover the values in about so many steps: 4,000, 5,000 … 8,000. Given a unit, such as the 100 pence of an
 * axis in pounds, all are whole ones: a rounded label would stand at the wrong height.
 */
export function niceTicks(low: number, high: number, steps: number, unit?: number): number[] {
  if (!(high > low)) return niceTicks(low - Math.abs(low || 1) * 0.05, low + Math.abs(low || 1) * 0.05, steps, unit);
  const rough = (high - low) / steps;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const sizes = [1, 2, 2.5, 5, 10].map((size) => size * magnitude).filter((size) => !unit || size % unit === 0);
  const step = sizes.find((size) => size >= rough) ?? unit ?? 10 * magnitude;
  const first = Math.floor(low / step);
  const last = Math.ceil(high / step);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

/** Which of so many points get a label when only so many fit: evenly spaced, and always the last. Fewer points than a step have their own. */
export function labelled(points: number, fit: number, step = 1): number[] {
  const least = points > step ? step : 1;
  let every = least;
  while (points / every > Math.max(fit, 1)) every += least;
  const indexes: number[] = [];
  for (let index = points - 1; index >= 0; index -= every) indexes.unshift(index);
  return indexes;
}

/** An SVG path through the points, broken where a figure is unknown. */
export function linePath(
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let path = "";
  let pen = false;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      pen = false;
      continue;
    }
    path += `${pen ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = true;
  }
  return path;
}
