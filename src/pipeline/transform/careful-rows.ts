import { parse } from "csv-parse/sync";
import type { Reason } from "#core/reasons.ts";
import { type Delimiter, splitLine } from "#feed/formats/split-line.ts";

/** A row of a file that the plain scan could misread. */
export interface CarefulRow {
  /** Its place in the file from 1, header and blank lines included: what a spreadsheet shows. */
  row: number;
  /** The cells, or why the row could not be split into the expected number. */
  cells: string[] | Reason;
}

interface Expected {
  /** How many cells a row must have. */
  columns: number;
  delimiter: Delimiter;
  /** The file stops in the middle of its last row. */
  cutShort: boolean;
}

/**
 * Reads a doubtful file row by row: byte order mark, either line end, line ends inside quotes, stray quotes, rows that
 * are too short or too long, a last row that was cut off. A row that cannot be split spoils no other row.
 */
export function readCarefully(text: string, { columns, delimiter, cutShort }: Expected): CarefulRow[] {
  const rows = wholeFile(text, columns, delimiter) ?? lineByLine(text, delimiter);
  const last = rows.at(-1);
  if (cutShort && last) last.cells = "row_cut_short";
  return (
    rows
      // A row of empty cells says no more than a blank line.
      .filter(({ cells }) => !(Array.isArray(cells) && cells.every((cell) => cell.trim() === "")))
      .map(({ row, cells }) => ({
        row,
        cells: Array.isArray(cells) && cells.length !== columns ? "row_wrong_columns" : cells,
      }))
  );
}

const lineEnds = ["\r\n", "\n", "\r"];

/**
 * The file as one table, so that a quoted cell may hold line ends. Undefined when a quote is out of place: it would
 * swallow good rows after it.
 */
function wholeFile(text: string, columns: number, delimiter: Delimiter): CarefulRow[] | undefined {
  let records: string[][];
  try {
    records = parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      record_delimiter: lineEnds,
    }) as string[][];
  } catch {
    return undefined;
  }
  const swallowed = records.some((cells) => cells.length !== columns && cells.some((cell) => /[\r\n]/.test(cell)));
  return swallowed ? undefined : records.map((cells, index) => ({ row: index + 1, cells: withoutNul(cells) }));
}

function lineByLine(text: string, delimiter: Delimiter): CarefulRow[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  return lines.map((line, index) => ({ row: index + 1, cells: splitLine(line, delimiter) ?? "row_wrong_columns" }));
}

function withoutNul(cells: string[]): string[] {
  return cells.map((cell) => cell.replaceAll("\0", ""));
}
