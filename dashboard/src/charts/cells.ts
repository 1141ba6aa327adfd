import type { DrawingOption } from "./engine.ts";
import { color, sequence } from "./theme.ts";

/** Seven even steps from nothing to the most. */
const STEPS = 7;

/** The colours of the steps, and last of a cell that is not known. */
const paints = [...Array.from({ length: STEPS }, (_, step) => sequence(step)), { fill: color.none, text: color.muted }];

/** A cell brings its own text. */
const textOf = ({ value }: { value: unknown }) => String((value as unknown[])[2]);

/** Inter has every weight; the types of ECharts know the hundreds only. */
const BOLD = 650 as 600;

/** Where the cells of a heat map lie, in pixels. */
export interface CellFrame {
  width: number;
  height: number;
  left: number;
  top: number;
  /** The column of sums at the end; none where there is no room. */
  right: number;
  /** A cell with the gap after it. */
  across: number;
  down: number;
  gap: number;
  narrow: boolean;
}

/** Fits a grid of cells of a fixed height into a width. */
export function cellFrame(width: number, columns: number, rows: number, narrow: boolean): CellFrame {
  const gap = narrow ? 1 : 2;
  const left = narrow ? 31 : 38;
  const right = narrow ? 0 : 58;
  const down = 28 + gap;
  const top = 20 + 2 * gap;
  return {
    width,
    height: top + rows * down,
    left,
    top,
    right,
    across: Math.max((width - left - right) / Math.max(columns, 1), 1),
    down,
    gap,
    narrow,
  };
}

interface CellDrawing {
  frame: CellFrame;
  columns: readonly string[];
  rows: readonly string[];
  /** The row in bold. */
  bold: number | undefined;
  /** Row by row: how much, and how it is written. */
  cells: readonly (readonly { value: number | null; text: string }[])[];
  most: number;
  /** What the rows sum up to, as it is written. */
  sums: readonly string[];
  outlined: { row: number; column: number } | undefined;
}

/** The drawing of cells that are as dark as they are full, with a figure in each and one of them outlined. */
export function cellOption({ frame, columns, rows, bold, cells, most, sums, outlined }: CellDrawing): DrawingOption {
  const { left, top, right, across, down, gap, narrow } = frame;
  const size = [across - gap, down - gap];
  const fontSize = narrow ? 12 : 13;
  const isOutlined = ({ row, column }: { row: number; column: number }) =>
    outlined?.row === row && outlined.column === column;
  const placed = cells.flatMap((cellsOfRow, row) =>
    cellsOfRow.map(({ value, text }, column) => ({
      row,
      column,
      step: value === null ? STEPS : Math.min(Math.floor((value / most) * STEPS), STEPS - 1),
      value: [column, row, text],
    })),
  );
  const exception = outlined ? [[outlined.column, outlined.row]] : [];
  return {
    grid: { left, right, top, height: rows.length * down, outerBoundsMode: "none" },
    xAxis: {
      type: "category",
      position: "top",
      data: [...columns],
      axisLabel: { interval: 0, margin: narrow ? 5 : 6, hideOverlap: false, showMinLabel: true, showMaxLabel: true },
    },
    yAxis: [
      {
        type: "category",
        inverse: true,
        data: rows.map((value, index) => ({
          value,
          textStyle: {
            align: "left" as const,
            ...(index === bold ? { color: color.ink, fontWeight: BOLD } : { color: color.ink2 }),
          },
        })),
        axisLabel: { interval: 0, margin: left },
      },
      {
        type: "category",
        show: right > 0,
        position: "right",
        inverse: true,
        // Each by its own name: two weekdays may have the same sum.
        data: rows.map((_, index) => String(index)),
        axisLabel: {
          interval: 0,
          align: "right",
          margin: right,
          color: color.ink,
          fontSize,
          formatter: (index: string) => sums[Number(index)] ?? "",
        },
      },
    ],
    series: [
      // A series a step, not a style a cell: what a series says costs the same for one cell as for all of them.
      ...paints.map((paint, step) => ({
        id: `step ${step}`,
        type: "scatter" as const,
        symbol: "rect",
        symbolSize: size,
        itemStyle: { color: paint.fill },
        label: { show: true, position: "inside" as const, fontSize, color: paint.text, formatter: textOf },
        data: placed.filter((cell) => cell.step === step && !isOutlined(cell)).map(({ value }) => value),
      })),
      ...placed.filter(isOutlined).map(({ step, value }) => ({
        id: "exception",
        type: "scatter" as const,
        symbol: "rect",
        symbolSize: size,
        itemStyle: { color: paints[step]?.fill ?? color.none },
        label: {
          show: true,
          position: "inside" as const,
          fontSize,
          fontWeight: BOLD,
          color: paints[step]?.text ?? color.ink,
          formatter: textOf,
        },
        data: [value],
      })),
      {
        id: "ring",
        type: "scatter",
        z: 3,
        symbol: "rect",
        symbolSize: [across - gap - 4, down - gap - 4],
        itemStyle: { color: color.none, borderColor: color.page, borderWidth: 2 },
        data: exception,
      },
      {
        id: "outline",
        type: "scatter",
        z: 4,
        symbol: "rect",
        symbolSize: [across - gap + 0.5, down - gap + 0.5],
        itemStyle: { color: color.none, borderColor: color.accent, borderWidth: 2.5 },
        data: exception,
      },
    ],
  };
}
