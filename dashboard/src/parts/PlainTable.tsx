import { cellText, type TableOf } from "./table.ts";

interface PlainTableProps {
  table: TableOf;
  caption: string;
  /** As tall as the chart it stands for; a longer one scrolls. */
  height: number;
}

/** The table behind a chart: every figure, in full. */
export function PlainTable({ table: { columns, rows }, caption, height }: PlainTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="plain-table" tabIndex={0} aria-label={caption} style={{ maxHeight: height }}>
      <table>
        <caption className="unseen">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, unit }) => (
              <th key={name} scope="col" className={isText(unit) ? undefined : "number"}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {columns.map(({ name, unit }, column) =>
                column === 0 ? (
                  <th key={name} scope="row">
                    {cellText(row[column], unit)}
                  </th>
                ) : (
                  <td key={name} className={isText(unit) ? undefined : "number"}>
                    {cellText(row[column], unit)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function isText(unit: string): boolean {
  return unit === "text" || unit === "day";
}
