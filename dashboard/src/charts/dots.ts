import type { DrawingOption } from "./engine.ts";
import { niceTicks } from "./scale.ts";
import { color } from "./theme.ts";

/** The scale stands in a row of its own above the dots. */
export const ROW = 24;
/** Room for half a figure of the scale on either side. */
const EDGE = 14;
/** The width that a figure of the scale needs. */
const FIGURE = 60;

interface DotDrawing {
  width: number;
  rows: readonly { ratio: number | null; hollow: boolean }[];
  level: number | null;
}

/** The drawing of changes on one scale: a stem from no change to each dot, a dashed line at the level. */
export function dotOption({ width, rows, level }: DotDrawing): DrawingOption {
  const known = rows.flatMap(({ ratio }) => (ratio === null ? [] : [ratio]));
  const ticks = niceTicks(
    Math.min(0, level ?? 0, ...known),
    Math.max(0, level ?? 0, ...known),
    Math.min(width / FIGURE, 4),
  );
  const [lowest = 0, next = 1] = ticks;
  const middle = (row: number) => row + 0.5;
  const upright = (id: string, at: number, type: "solid" | "dashed") => ({
    id,
    type: "line" as const,
    z: 1,
    data: [
      [at, 0],
      [at, rows.length],
    ],
    lineStyle: { color: color.control, width: 1, type, cap: "butt" as const },
  });
  return {
    grid: { left: EDGE, right: EDGE, top: ROW, height: rows.length * ROW, outerBoundsMode: "none" },
    xAxis: {
      type: "value",
      position: "top",
      min: lowest,
      max: ticks.at(-1) ?? 1,
      interval: next - lowest,
      splitLine: { show: true },
      axisLabel: { margin: 5, formatter: percentOf },
    },
    yAxis: { type: "value", inverse: true, min: 0, max: rows.length, show: false },
    series: [
      upright("zero", 0, "solid"),
      ...(level === null ? [] : [upright("level", level, "dashed")]),
      {
        id: "stems",
        type: "line",
        z: 2,
        data: rows.flatMap(({ ratio }, row) =>
          ratio === null
            ? []
            : [
                [0, middle(row)],
                [ratio, middle(row)],
                ["-", "-"],
              ],
        ),
        lineStyle: { color: color.bar, width: 2, cap: "butt" },
      },
      {
        id: "dots",
        type: "scatter",
        z: 3,
        symbolSize: 8,
        data: rows.flatMap(({ ratio, hollow }, row) =>
          ratio === null
            ? []
            : [
                {
                  value: [ratio, middle(row)],
                  itemStyle: { color: hollow ? color.page : color.accent, borderColor: color.accent, borderWidth: 2 },
                },
              ],
        ),
      },
    ],
  };
}

/** A tick of the scale: +2.5, 0, −5. */
export function percentOf(ratio: number): string {
  const text = String(Number(Math.abs(ratio * 100).toFixed(1)));
  return text === "0" ? text : `${ratio > 0 ? "+" : "−"}${text}`;
}
