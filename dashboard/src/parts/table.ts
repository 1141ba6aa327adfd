import { shortDay } from "../format/date.ts";
import { count, money, percentChange, ratio, share, UNKNOWN } from "../format/number.ts";

/** What a column holds decides how it is shown on the page and written to a file. Money is pence, shares are ratios. */
export type Unit = "text" | "day" | "money" | "count" | "ratio" | "share" | "change";

interface Column {
  name: string;
  unit: Unit;
}

/** The figures behind a chart, exact: for the table view and for files. */
export interface TableOf {
  columns: Column[];
  rows: (string | number | null)[][];
}

/** A cell as the page shows it. */
export function cellText(value: string | number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined) return UNKNOWN;
  if (typeof value === "string") return unit === "day" ? shortDay(value) : value;
  switch (unit) {
    case "money":
      return money(value);
    case "share":
      return share(value);
    case "change":
      return percentChange(value);
    case "ratio":
      return ratio(value);
    default:
      return count(value);
  }
}

/** A cell as a spreadsheet wants it: plain figures, pounds with a point, percent as a number of percent. */
function cellValue(value: string | number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return harmless(value);
  switch (unit) {
    case "money":
      return (value / 100).toFixed(2);
    case "share":
    case "change":
      return (value * 100).toFixed(2);
    case "ratio":
      return value.toFixed(4);
    default:
      return String(Math.round(value * 100) / 100);
  }
}

const heads: Partial<Record<Unit, string>> = { money: "£", share: "%", change: "%" };

/** A table as the text of a CSV file. A cell that a spreadsheet would run as a formula is made harmless. */
export function csvOf({ columns, rows }: TableOf): string {
  const head = columns.map(({ name, unit }) => (heads[unit] ? `${name} (${heads[unit]})` : name));
  const lines = [
    head.map(harmless),
    ...rows.map((row) => columns.map(({ unit }, index) => cellValue(row[index], unit))),
  ];
  return lines.map((cells) => `${cells.map(quoted).join(",")}\r\n`).join("");
}

function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
