import type { TargetedKeyboardEvent } from "preact";
import { useMemo, useState } from "preact/compat";
import { hour, shortWeekday } from "../format/date.ts";
import { count, UNKNOWN } from "../format/number.ts";
import { useNarrow } from "../frame/useNarrow.ts";
import { Chart, type Readout } from "./Chart.tsx";
import { cellFrame, cellOption } from "./cells.ts";
import { Drawing } from "./Drawing.tsx";
import { useSame } from "./useSame.ts";
import { useWidth } from "./useWidth.ts";

interface HeatMapProps {
  name: string;
  hours: readonly number[];
  /** The figure of a weekday (Monday is 1) and an hour. */
  figure: (weekday: number, hour: number) => number | null;
  /** The total at the end of a weekday's row. */
  allDay: (weekday: number) => number | null;
  /** The weekday the page is about, in bold. */
  today?: number | undefined;
  /** The one exception, outlined. */
  outlined?: { weekday: number; hour: number } | undefined;
  /** What a cell says. */
  readout: (weekday: number, hour: number) => Readout;
}

const WEEK = [1, 2, 3, 4, 5, 6, 7];
/** About the height of the box of a cell: it stays inside the chart. */
const BOX = 80;

/** Weekdays down, hours across, as dark as they are busy. Arrow keys walk from cell to cell. */
export function HeatMap({ name, hours, figure, allDay, today, outlined, readout }: HeatMapProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const narrow = useNarrow();
  const [active, setActive] = useState<number | null>(null);
  const frame = cellFrame(width, hours.length, WEEK.length, narrow);
  const values = WEEK.map((weekday) => hours.map((at) => figure(weekday, at)));
  const most = Math.max(...values.flat().map((value) => value ?? 0), 1);
  // Where hardly anybody comes, means are told apart by a decimal, unless all are whole.
  const fine = most < 10 && values.flat().some((value) => value !== null && !Number.isInteger(value));
  const text = (value: number | null) =>
    value === null ? UNKNOWN : fine && value < 10 ? value.toFixed(1) : count(Math.round(value));
  const drawing = useSame({
    frame,
    columns: hours.map((at) => (narrow ? (at % 2 === (hours[0] ?? 0) % 2 ? hour(at).slice(0, 2) : "") : hour(at))),
    rows: WEEK.map(shortWeekday),
    bold: today === undefined ? undefined : WEEK.indexOf(today),
    cells: values.map((row) => row.map((value) => ({ value, text: text(value) }))),
    most,
    sums: WEEK.map((weekday) => text(allDay(weekday))),
    outlined: outlined && { row: WEEK.indexOf(outlined.weekday), column: hours.indexOf(outlined.hour) },
  });
  const option = useMemo(() => cellOption(drawing), [drawing]);
  /** Cells are counted along the rows. */
  const numberOf = (row: number, column: number) =>
    Math.min(Math.max(row, 0), WEEK.length - 1) * hours.length + Math.min(Math.max(column, 0), hours.length - 1);
  const cellOf = (number: number) => ({ row: Math.floor(number / hours.length), column: number % hours.length });
  const cell = active === null ? null : cellOf(active);

  const step = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const { row, column } = cell ?? drawing.outlined ?? { row: 0, column: 0 };
    const to = new Map([
      ["ArrowLeft", [row, column - 1]],
      ["ArrowRight", [row, column + 1]],
      ["ArrowUp", [row - 1, column]],
      ["ArrowDown", [row + 1, column]],
      ["Home", [row, 0]],
      ["End", [row, hours.length - 1]],
    ]).get(event.key);
    if (event.key === "Escape") setActive(null);
    if (!to) return;
    event.preventDefault();
    setActive(cell ? numberOf(to[0] ?? row, to[1] ?? column) : numberOf(row, column));
  };
  const cellAt = (x: number, y: number) => {
    const inside = x >= frame.left && x < width - frame.right && y >= frame.top;
    return inside
      ? numberOf(Math.floor((y - frame.top) / frame.down), Math.floor((x - frame.left) / frame.across))
      : null;
  };
  const top = frame.top + (cell?.row ?? 0) * frame.down;
  const left = frame.left + (cell?.column ?? 0) * frame.across;
  const before = left > width / 2;
  const said = cell && readout(WEEK[cell.row] ?? 1, hours[cell.column] ?? 0);

  return (
    <div ref={ref}>
      <Chart
        name={name}
        className="heat-map"
        height={frame.height}
        help="Arrow keys walk from cell to cell."
        active={active}
        onActive={setActive}
        pointAt={cellAt}
        readout={
          said && { ...said, x: before ? left : left + frame.across, y: Math.min(top, frame.height - BOX), before }
        }
        onKeyDown={step}
      >
        {!narrow && <span className="sums">All day</span>}
        {width > 0 && <Drawing option={option} width={width} height={frame.height} />}
        {cell && (
          <i
            className="cell"
            style={{
              left,
              top,
              width: frame.across,
              height: frame.down,
            }}
          />
        )}
      </Chart>
    </div>
  );
}
