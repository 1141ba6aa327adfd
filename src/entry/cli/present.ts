import Table from "cli-table3";

export { count, counted, dayName } from "../words.ts";

const money = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP" });

/** 236710 → £2,367.10. */
export function pounds(pence: number): string {
  return money.format(pence / 100);
}

/** 0.0413 → 4.1 %. */
export function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}

/** 812 ms, 4.9 s, 1 min 12 s. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** Rows as a table with rules as light as a terminal has; numbers to the right. */
export function table(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const numeric = columns.map((_, index) => rows.length > 0 && rows.every((row) => isFigure(row[index])));
  const drawn = new Table({
    head: [...columns],
    colAligns: numeric.map((right) => (right ? "right" : "left")),
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 0 },
    chars: {
      top: "",
      "top-mid": "",
      "top-left": "",
      "top-right": "",
      bottom: "",
      "bottom-mid": "",
      "bottom-left": "",
      "bottom-right": "",
      left: "",
      "left-mid": "",
      mid: "─",
      "mid-mid": "──",
      right: "",
      "right-mid": "",
      middle: "  ",
    },
  });
  drawn.push(...rows.map((row) => row.map((cell) => cellText(cell))));
  return drawn.toString();
}

/** Pounds, a number, a share, a change, or nothing. */
const figure = /^$|^[-−+]?£?\d[\d,.]*( %| points)?$/;

function isFigure(value: unknown): boolean {
  return value === null || typeof value === "number" || (typeof value === "string" && figure.test(value));
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
