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
  /** Rows with something in them that stand above the header: a title, a period. Receipts never do. */
  readonly above: number;
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
 * the order of `formats` does. By position, a header only refuses, where it names other columns; a file that has nothing
 * else is known by it.
 */
export function fittingFormats<F extends TillFormat>(rows: FirstRows, formats: readonly F[]): Recognised<F>[] {
  return formats
    .map((format) => ({ format, ...measureFit(rows(format.delimiter), format) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit)
    .map(({ format, columns, above }) => ({ format, columns, above }));
}

const headerFit = 0.5;

function measureFit(
  rows: readonly (readonly string[])[],
  format: TillFormat,
): { fit: number; columns: readonly ColumnMeaning[]; above: number } {
  const { columns } = format;
  if (!Array.isArray(columns)) return fitNamed(rows, columns, format);
  const [first = [], ...rest] = rows;
  return {
    fit: format.header === "first-row" ? fitBelow(first, rest, columns, format) : fitBare(rows, columns, format),
    columns,
    above: 0,
  };
}

type NamedColumns = Partial<Record<ColumnMeaning, readonly HeaderName[]>>;

/** How well rows fit below the first one that names all columns. What stands above it must not be receipts: they would be lost. */
function fitNamed(
  rows: readonly (readonly string[])[],
  names: NamedColumns,
  format: TillFormat,
): { fit: number; columns: readonly ColumnMeaning[]; above: number } {
  const above = rows.findIndex((row) => columnsNamedBy(row, names) !== undefined);
  const columns = columnsNamedBy(rows[above] ?? [], names);
  if (!columns || countFits(rows.slice(0, above), columns, format) > 0) return { fit: 0, columns: [], above: 0 };
  return { fit: headerFit + countFits(rows.slice(above + 1), columns, format), columns, above };
}

/** Whether a row is the header of a format that knows its columns by name. */
export function isHeaderOf(row: readonly string[], { columns }: TillFormat): boolean {
  return !Array.isArray(columns) && columnsNamedBy(row, columns) !== undefined;
}

/** How well the rows below a header fit. A header that names other columns than the format's is another till's. */
function fitBelow(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  columns: readonly ColumnMeaning[],
  format: TillFormat,
): number {
  if (header.length !== columns.length || !isHeader(header, columns)) return 0;
  const strange = misnamedColumns(header, columns, format);
  if (strange === undefined) return countFits(rows, columns, format);
  return strange.length > 0 ? 0 : Math.max(headerFit, countFits(rows, columns, format));
}

/**
 * How well rows without a header fit. One above them, of whatever width, says what is in the columns: whoever takes it for
 * a bad row reads the others by places that may be wrong.
 */
function fitBare(rows: readonly (readonly string[])[], columns: readonly ColumnMeaning[], format: TillFormat): number {
  const fits = rowShape(columns, format);
  const first = rows.findIndex(fits);
  if (first === -1 || rows.slice(0, first).some((row) => isHeader(row, columns))) return 0;
  return rows.filter(fits).length;
}

/**
 * True for a row of words, as above a table: a receipt has digits in its time, and amounts in nothing but digits. A header
 * may hold digits too ("Total 20pc VAT"). One or two words are a title, or a torn row.
 */
export function isHeader(row: readonly string[], columns: readonly ColumnMeaning[]): boolean {
  const isWord = (cell: string, index: number) =>
    !/\d/.test(cell) || (/\p{L}/u.test(cell) && !tellsTime(columns[index]));
  return row.every(isWord) && row.filter((cell) => cell.trim() !== "").length > 2;
}

function tellsTime(meaning: ColumnMeaning | undefined): boolean {
  return meaning === "time" || meaning === "date" || meaning === "clock";
}

/**
 * The places of the columns that a header names as something else than the format's; undefined where the format does not
 * say what its header looks like.
 */
export function misnamedColumns(
  header: readonly string[],
  columns: readonly ColumnMeaning[],
  { recognise }: TillFormat,
): number[] | undefined {
  const shape = recognise.header;
  if (shape === undefined) return undefined;
  return columns.flatMap((meaning, index) =>
    shape[meaning]?.test((header[index] ?? "").trim()) === false ? index : [],
  );
}

/**
 * What the columns below a header hold; undefined when a column of the format is not there. A cell that two meanings
 * claim goes to the one that is named first.
 */
function columnsNamedBy(header: readonly string[], columns: NamedColumns): ColumnMeaning[] | undefined {
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
  return rows.filter(rowShape(columns, format)).length;
}

/** Whether a row looks like one of the format's. */
function rowShape(columns: readonly ColumnMeaning[], format: TillFormat): (row: readonly string[]) => boolean {
  const time = timeShape(format);
  const shape = format.recognise.row;
  return (row) =>
    row.length === columns.length &&
    columns.every((meaning, index) => shape[meaning]?.test((row[index] ?? "").trim()) ?? true) &&
    (!time || time.test(timeOf(row, columns)));
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
