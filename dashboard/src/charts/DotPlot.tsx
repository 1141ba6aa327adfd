import { Link } from "@tanstack/react-router";
import { keepFilters } from "../filters/search.ts";
import { percentChange, UNKNOWN } from "../format/number.ts";
import { linear, niceTicks } from "./scale.ts";

export interface DotRow {
  cafeId: number;
  name: string;
  ratio: number | null;
  /** A day is missing. */
  hollow: boolean;
}

/** Cafés on one scale of change, a dashed line at the chain's. */
export function DotPlot({ name, rows, level }: { name: string; rows: readonly DotRow[]; level: number | null }) {
  const known = rows.flatMap(({ ratio }) => (ratio === null ? [] : [ratio]));
  const ticks = niceTicks(Math.min(0, level ?? 0, ...known), Math.max(0, level ?? 0, ...known), 4);
  const at = linear([ticks[0] ?? 0, ticks.at(-1) ?? 1], [0, 100]);
  const place = (ratio: number) => `${at(ratio).toFixed(1)}%`;
  return (
    <table className="dot-plot">
      <caption className="unseen">{name}</caption>
      <thead aria-hidden="true">
        <tr>
          <td />
          <td className="dot-scale">
            {ticks.map((tick) => (
              <span key={tick} style={{ left: place(tick) }}>
                {tick === 0 ? "0" : `${tick > 0 ? "+" : "−"}${Number(Math.abs(tick * 100).toFixed(1))}`}
              </span>
            ))}
          </td>
          <td />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.cafeId}>
            <th scope="row">
              <Link to="/cafes/$cafe" params={{ cafe: String(row.cafeId) }} search={keepFilters}>
                {row.name}
              </Link>
            </th>
            <td className="dot-lane" aria-hidden="true">
              {ticks.map((tick) => (
                <i key={tick} className={tick === 0 ? "axis zero" : "axis"} style={{ left: place(tick) }} />
              ))}
              {level !== null && <i className="axis level" style={{ left: place(level) }} />}
              {row.ratio !== null && (
                <>
                  <i
                    className="stem"
                    style={{
                      left: place(Math.min(row.ratio, 0)),
                      width: `${Math.abs(at(row.ratio) - at(0)).toFixed(1)}%`,
                    }}
                  />
                  <i className={row.hollow ? "spot hollow" : "spot"} style={{ left: place(row.ratio) }} />
                </>
              )}
            </td>
            <td className="number">{row.ratio === null ? UNKNOWN : percentChange(row.ratio)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
