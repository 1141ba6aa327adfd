import type { ColumnMeaning } from "./column-meanings.ts";
import type { Delimiter } from "./split-line.ts";
import type { HeaderName, TillFormat } from "./till-format.ts";
import { timePattern } from "./time-pattern.ts";

/** How many rows at the top of a file are looked at: one bad row must not hide a known till. */
export const rowsLookedAt = 20;

/** The rows at the top of a file, split at a delimiter. */
export type FirstRows = (delimiter: Delimiter) => readonly (readonly string[])[];

/** The till that wrote a file, and what the columns of this file hold, in their order. */
export interface Recognised<F extends TillFormat> {
  readonly format: F;
  readonly columns: readonly ColumnMeaning[];
}

/**
 * Which till wrote a file, from its first rows ({@link rowsLookedAt} are enough): the first of {@link fittingFormats}.
 *
 * @returns undefined when no format fits.
 */
export function recogniseFormat<F extends TillFormat>(
  rows: FirstRows,
  formats: readonly F[],
): Recognised<F> | undefined {
  return fittingFormats(rows, formats)[0];
}

/**
 * Every format that fits, the best first: the one that fits most of the rows. A header that names all of a format's
 * columns is worth half a row, and so decides between formats that fit the rows as well. Where all that does not decide,
 * the order of `formats` does. A file that has only a header is known by the words in it.
 */
export function fittingFormats<F extends TillFormat>(rows: FirstRows, formats: readonly F[]): Recognised<F>[] {
  return formats
    .map((format) => ({ format, ...measureFit(rows(format.delimiter), format) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit)
    .map(({ format, columns }) => ({ format, columns }));
}

const headerFit = 0.5;

function measureFit(
  rows: readonly (readonly string[])[],
  format: TillFormat,
): { fit: number; columns: readonly ColumnMeaning[] } {
  const [first = [], ...rest] = rows;
  if (!Array.isArray(format.columns)) {
    const columns = columnsNamedBy(first, format.columns);
    if (!columns) return { fit: 0, columns: [] };
    return { fit: headerFit + countFits(rest, columns, format), columns };
  }
  const { columns } = format;
  const header = isHeader(first, columns.length);
  // Without this, a file with a header would also count as one without: its header a single bad row. And the other way.
  if (header !== (format.header === "first-row")) return { fit: 0, columns };
  const fit = countFits(header ? rest : rows, columns, format);
  return { fit: fit === 0 && rows.length === 1 && fitsHeader(first, columns, format) ? headerFit : fit, columns };
}

/** True for a row of words: a receipt has digits. */
export function isHeader(row: readonly string[], columns: number): boolean {
  return row.length === columns && !row.some((cell) => /\d/.test(cell));
}

/**
 * What the columns below a header hold; undefined when a column of the format is not there. A cell that two meanings
 * claim goes to the one that is named first.
 */
function columnsNamedBy(
  header: readonly string[],
  columns: Partial<Record<ColumnMeaning, readonly HeaderName[]>>,
): ColumnMeaning[] | undefined {
  const found: ColumnMeaning[] = header.map(() => "skip");
  for (const [meaning, names] of Object.entries(columns) as [ColumnMeaning, readonly HeaderName[]][]) {
    const place = placeOf(header, names, found);
    if (place === -1) return undefined;
    found[place] = meaning;
  }
  return found;
}

/** The first cell with one of the names, that nothing else has claimed. An earlier name beats an earlier cell. */
function placeOf(header: readonly string[], names: readonly HeaderName[], claimed: readonly ColumnMeaning[]): number {
  for (const name of names) {
    const place = header.findIndex((cell, index) => claimed[index] === "skip" && name.matches(cell));
    if (place !== -1) return place;
  }
  return -1;
}

function countFits(
  rows: readonly (readonly string[])[],
  columns: readonly ColumnMeaning[],
  format: TillFormat,
): number {
  const time = timeShape(format);
  return rows.filter((row) => matches(row, columns, format.recognise.row) && (!time || time.test(timeOf(row, columns))))
    .length;
}

const timeShapes = new WeakMap<TillFormat, RegExp>();

/**
 * What a time of sale must look like where the format has no pattern of its own for it: without one, a format would claim
 * every file with its number of columns.
 */
export function timeShape(format: TillFormat): RegExp | undefined {
  const { time, date, clock } = format.recognise.row;
  if (time ?? date ?? clock) return undefined;
  const shape = timeShapes.get(format) ?? new RegExp(`^(?:${format.time.formats.map(timePattern).join("|")})$`);
  timeShapes.set(format, shape);
  return shape;
}

/** The text of a row's time, as its format describes it. */
export function timeOf(row: readonly string[], columns: readonly ColumnMeaning[]): string {
  const cell = (meaning: ColumnMeaning) => (row[columns.indexOf(meaning)] ?? "").trim();
  return columns.includes("date") ? `${cell("date")} ${cell("clock")}` : cell("time");
}

function fitsHeader(row: readonly string[], columns: readonly ColumnMeaning[], { recognise }: TillFormat): boolean {
  return recognise.header !== undefined && matches(row, columns, recognise.header);
}

function matches(
  row: readonly string[],
  columns: readonly ColumnMeaning[],
  shape: Partial<Record<ColumnMeaning, RegExp>>,
): boolean {
  if (row.length !== columns.length) return false;
  return columns.every((meaning, index) => shape[meaning]?.test((row[index] ?? "").trim()) ?? true);
}
