import Table from "cli-table3";

const money = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP" });
const whole = new Intl.NumberFormat("en-GB");
const day = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** 236710 → £2,367.10. */
export function pounds(pence: number): string {
  return money.format(pence / 100);
}

/** 0.0413 → 4.1 %. */
export function percent(ratio: number): string {
  return `${(ratio * 100).toFixed(1)} %`;
}

/** 318 → 318; 4183204 → 4,183,204. */
export function count(number: number): string {
  return whole.format(number);
}

/** "1 file", "2 files". */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** `2023-05-09` → Tue, 9 May 2023. */
export function dayName(date: string): string {
  return day.format(new Date(`${date}T00:00:00Z`)).replace(",", "");
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
