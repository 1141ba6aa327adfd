import Table from "cli-table3";

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
