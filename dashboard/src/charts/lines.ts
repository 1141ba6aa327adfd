import type { DrawingOption } from "./engine.ts";
import { labelled, linear, niceTicks } from "./scale.ts";
import { color, halo } from "./theme.ts";

export interface LineSeries {
  /** Stands at the end of the line. */
  label: string;
  /** A second line under the label: the last point's figure. Left out where that is not known: it would pass for an earlier one's. */
  detail?: string;
  values: readonly (number | null)[];
  /** The period looked at, or what it is compared with. */
  role: "now" | "comparison";
}

/** Where the points of a line chart lie, in pixels. */
export interface LineFrame {
  width: number;
  height: number;
  top: number;
  bottom: number;
  left: number;
  right: number;
  narrow: boolean;
  ticks: number[];
  /** The figures at the ticks, as the axis writes them. */
  texts: string[];
  points: number;
}

/** Below this width names stand above the lines rather than at their ends. */
const NARROW = 400;
const TOP = 22;
const BOTTOM = 26;
const LINE = 16;
const APART = 2;
/** About the width of a figure at the size of a label, and the width that a label of the x axis needs. */
const DIGIT = 7.2;
const LABEL = 76;

const strokes = {
  now: { color: color.accent, width: 2.5 },
  comparison: { color: color.comparison, width: 1.5 },
} as const;

/** Fits lines of so many points into a box; the axis has room for its own figures. */
export function frameOf(
  { width, height }: { width: number; height: number },
  points: number,
  levels: readonly number[],
  axis: (value: number, topmost: boolean) => string,
  unit?: number,
): LineFrame {
  const narrow = width < NARROW;
  const ticks = niceTicks(Math.min(...levels), Math.max(...levels), 4, unit);
  return {
    width,
    height,
    top: TOP,
    bottom: height - BOTTOM,
    left: 8 + Math.max(...ticks.map((tick) => axis(tick, false).length)) * DIGIT,
    right: narrow ? 12 : 104,
    narrow,
    ticks,
    texts: ticks.map((tick, index) => axis(tick, index === ticks.length - 1)),
    points,
  };
}

/** The pixel of a point. */
export function placeOf({ left, width, right, points }: LineFrame): (index: number) => number {
  return linear([0, Math.max(points - 1, 1)], [left, Math.max(width - right, left + 1)]);
}

/** The pixel of a figure. */
export function heightOf({ ticks, bottom, top }: LineFrame): (value: number) => number {
  return linear([ticks[0] ?? 0, ticks.at(-1) ?? 1], [bottom, top]);
}

interface LineDrawing {
  frame: LineFrame;
  points: readonly string[];
  labelEvery: number;
  series: readonly LineSeries[];
  level: number | undefined;
  marked: readonly number[];
}

/** The drawing of lines with their names at their ends. */
export function lineOption({ frame, points, labelEvery, series, level, marked }: LineDrawing): DrawingOption {
  const { width, height, top, bottom, left, right, narrow, ticks, texts } = frame;
  const x = placeOf(frame);
  const y = heightOf(frame);
  const step = x(1) - x(0);
  const [lowest = 0, next = 1] = ticks;
  const labels = labelled(points.length, (width - left - right) / LABEL, labelEvery);
  const last = points.length - 1;
  return {
    grid: { left: 0, right: narrow ? 0 : right, top, bottom: height - bottom, outerBoundsMode: "none" },
    xAxis: {
      type: "value",
      // The grid begins at the figures of the axis, the lines after them.
      min: -left / step,
      max: Math.max(last, 1) + (narrow ? right / step : 0),
      axisLabel: {
        customValues: labels,
        margin: 9,
        formatter: (index: number) => points[index] ?? "",
        alignMinLabel: labels[0] === 0 ? "left" : labels.length === 1 && narrow ? "right" : "center",
        alignMaxLabel: narrow ? "right" : "center",
      },
    },
    yAxis: {
      type: "value",
      min: lowest,
      max: ticks.at(-1) ?? 1,
      interval: next - lowest,
      splitLine: { show: true },
      axisLabel: {
        inside: true,
        margin: 0,
        verticalAlign: "bottom",
        padding: [0, 0, 3, 0],
        ...halo,
        formatter: (value: number) => texts[Math.round((value - lowest) / (next - lowest))] ?? "",
      },
    },
    series: [
      ...(level === undefined
        ? []
        : [
            {
              id: "level",
              type: "line" as const,
              z: 1,
              data: [
                [0, level],
                [last, level],
              ],
              lineStyle: { color: color.control, width: 1 },
            },
          ]),
      ...series.map(({ label, role, values }) => ({
        id: label,
        type: "line" as const,
        z: role === "now" ? 3 : 2,
        data: values.map((value, index) => [index, value ?? "-"]),
        lineStyle: strokes[role],
      })),
      {
        id: "marked",
        type: "scatter",
        z: 4,
        symbolSize: 8,
        itemStyle: { color: color.accent, borderColor: color.page, borderWidth: 1.5 },
        data: series.flatMap(({ role, values }) =>
          role === "now" ? marked.flatMap((index) => (values[index] == null ? [] : [[index, values[index]]])) : [],
        ),
      },
      {
        id: "names",
        type: "scatter",
        z: 5,
        symbolSize: 1,
        itemStyle: { color: color.none },
        label: { show: true, distance: 0, fontSize: 12, ...halo },
        data: (narrow ? namesAbove(frame, series) : namesAtEnds(frame, series)).map((name) => ({
          value: [(name.x - x(0)) / step, linear([y(0), y(1)], [0, 1])(name.y)],
          label: {
            formatter: name.text,
            color: name.color,
            fontWeight: name.bold ? 600 : 400,
            position: name.before ? ("left" as const) : ("right" as const),
          },
        })),
      },
    ],
  };
}

interface Name {
  text: string;
  x: number;
  y: number;
  color: string;
  bold: boolean;
  /** Ends at its place rather than beginning there. */
  before?: boolean;
}

const inkOf = (role: LineSeries["role"]) => (role === "now" ? color.accent : color.muted);

/** The names at the line ends, moved apart where they would touch, and up where they would stand among the axis' own. */
export function namesAtEnds(frame: LineFrame, series: readonly LineSeries[]): Name[] {
  const y = heightOf(frame);
  const x = frame.width - frame.right + 12;
  const placed = series
    .map(({ label, detail, role, values }) => {
      const figure = values.at(-1) === null ? undefined : detail;
      const tall = LINE * (figure ? 2 : 1);
      return { label, figure, role, tall, y: y(values.findLast((value) => value !== null) ?? 0) };
    })
    .toSorted((a, b) => a.y - b.y);
  for (const [index, one] of placed.entries()) {
    const before = placed[index - 1];
    if (before) one.y = Math.max(one.y, before.y + before.tall + APART);
  }
  let floor = frame.bottom + LINE / 2;
  for (const one of placed.toReversed()) {
    one.y = Math.min(one.y, floor - one.tall);
    floor = one.y - APART;
  }
  return placed.flatMap(({ label, figure, role, y }) => [
    { text: label, x, y, color: inkOf(role), bold: role === "now" },
    ...(figure
      ? [{ text: figure, x, y: y + LINE, color: role === "now" ? color.ink : color.muted, bold: role === "now" }]
      : []),
  ]);
}

/** The names in a row at the top right, where there is no room beside the lines. */
function namesAbove({ width, top }: LineFrame, series: readonly LineSeries[]): Name[] {
  let x = width;
  return series.toReversed().map(({ label, role }) => {
    const name = { text: label, x, y: top - 9, color: inkOf(role), bold: role === "now", before: true };
    x -= label.length * DIGIT + 10;
    return name;
  });
}
