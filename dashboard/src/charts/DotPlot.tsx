import { Link } from "@tanstack/react-router";
import { useMemo } from "preact/compat";
import { keepFilters } from "../filters/search.ts";
import { percentChange, UNKNOWN } from "../format/number.ts";
import { Drawing } from "./Drawing.tsx";
import { dotOption, ROW } from "./dots.ts";
import { useSame } from "./useSame.ts";
import { useWidth } from "./useWidth.ts";

interface DotRow {
  cafeId: number;
  name: string;
  ratio: number | null;
  /** A day is missing. */
  hollow: boolean;
}

interface DotPlotProps {
  name: string;
  /** Null stands for those between the two ends. */
  rows: readonly (DotRow | null)[];
  /** What is said of those between. */
  between: string;
  level: number | null;
}

/**
 * Cafés on one scale of change, a dashed line at the chain's. A table whose rows are as tall as those of the drawing between
 * its columns: names are links, and the figures are text.
 */
export function DotPlot({ name, rows, between, level }: DotPlotProps) {
  const [ref, width] = useWidth<HTMLTableCellElement>();
  const drawing = useSame({
    width,
    rows: rows.map((row) => ({ ratio: row?.ratio ?? null, hollow: row?.hollow ?? false })),
    level,
  });
  const option = useMemo(() => dotOption(drawing), [drawing]);
  return (
    <table className="dot-plot">
      <caption className="unseen">{name}</caption>
      <tbody>
        <tr>
          <td />
          <td className="dot-lanes" rowSpan={rows.length + 1} ref={ref}>
            {width > 0 && <Drawing option={option} width={width} height={(rows.length + 1) * ROW} />}
          </td>
          <td />
        </tr>
        {rows.map((row) =>
          row ? (
            <tr key={row.cafeId}>
              <th scope="row">
                <Link to="/cafes/$cafe" params={{ cafe: String(row.cafeId) }} search={keepFilters} title={row.name}>
                  {row.name}
                </Link>
              </th>
              <td className="number">{row.ratio === null ? UNKNOWN : percentChange(row.ratio)}</td>
            </tr>
          ) : (
            <tr key="between">
              <td className="quiet">{between}</td>
              <td />
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}
