import { firstRows } from "../first-rows.ts";
import { rowsLookedAt } from "../recognise.ts";
import { type Delimiter, delimiterCharacters } from "../split-line.ts";
import { guessTimes } from "./time-formats.ts";

/** An unknown file as a table. */
export interface Table {
  delimiter: Delimiter;
  /** The names of the columns; undefined where the first row is like all others. */
  header: readonly string[] | undefined;
  /** The rows that have as many cells as most have. */
  rows: readonly (readonly string[])[];
}

/** Rows read of an unknown file: enough to guess by. */
const rowsRead = 2000;

/** The file as a table; undefined where no delimiter makes one of it. */
export function readTable(bytes: Buffer): Table | undefined {
  const read = firstRows(bytes, rowsRead);
  const fitting = delimiterCharacters
    .map((delimiter) => ({ delimiter, ...usual(read(delimiter)) }))
    .filter(({ width, share }) => width > 2 && share > 0.6)
    .sort((a, b) => b.share * b.width - a.share * a.width);
  // Commas within baskets and amounts can part more than the semicolons between cells, but leave no time standing alone.
  const best = fitting.find(({ delimiter }) => tellsTime(read(delimiter))) ?? fitting[0];
  if (!best) return undefined;
  const rows = read(best.delimiter).filter((row) => row.length === best.width);
  const above = headerPlace(rows);
  return {
    delimiter: best.delimiter,
    header: above === -1 ? undefined : rows[above],
    rows: rows.slice(above + 1),
  };
}

/** Where the header stands: the last row of names before the first row of values. Above it may be a title, which names little. */
function headerPlace(rows: readonly (readonly string[])[]): number {
  const filled = (row: readonly string[]) => row.filter((cell) => cell.trim() !== "").length;
  const values = rows.slice(0, rowsLookedAt).findIndex((row) => row.some(isValue) && filled(row) > 2);
  const names = rows.slice(0, values === -1 ? 1 : values).findLastIndex(isNames);
  // Below a title a header names at least half of its columns.
  return names > 0 && filled(rows[names] ?? []) * 2 < (rows[names]?.length ?? 0) ? -1 : names;
}

function usual(rows: readonly (readonly string[])[]): { width: number; share: number } {
  const counts = [...Map.groupBy(rows, (row) => row.length)].sort(([, a], [, b]) => b.length - a.length);
  const [width, most] = counts[0] ?? [0, []];
  return { width, share: rows.length === 0 ? 0 : most.length / rows.length };
}

/** True where a cell of the first rows is a time or a date: a till's file has one in every row. */
function tellsTime(rows: readonly (readonly string[])[]): boolean {
  const cells = rows.slice(0, 3).flatMap((row) => row.map((cell) => cell.trim()));
  return cells.some(
    (cell) => /\d/.test(cell) && (guessTimes([cell], "time").share > 0 || guessTimes([cell], "date").share > 0),
  );
}

/** A header names things: no cell is a number or a time. Two may be the same, such as "Notes" of sale and item. */
function isNames(row: readonly string[]): boolean {
  const cells = row.map((cell) => cell.trim()).filter((cell) => cell !== "");
  return cells.length > 1 && !cells.some(isValue);
}

function isValue(cell: string): boolean {
  const text = cell.trim();
  return (
    /^[-+£]*[\d.,]+$/.test(text) ||
    /\d{5}/.test(text) ||
    (["time", "date", "clock"] as const).some((kind) => guessTimes([text], kind).share > 0)
  );
}
