import type { ColumnMeaning, TillFormat } from "./till-format.ts";

/** How many rows at the top of a file are looked at: one bad row must not hide a known till. */
export const rowsLookedAt = 20;

/**
 * Which till wrote a file, from its first rows ({@link rowsLookedAt} are enough). The format that fits most of these rows
 * wins; a file that has only a header is known by the words in it.
 *
 * @returns undefined when no format fits any row.
 */
export function recogniseFormat<F extends TillFormat>(
  rows: readonly (readonly string[])[],
  formats: readonly F[],
): F | undefined {
  let best: F | undefined;
  let bestFits = 0;
  for (const format of formats) {
    const fits = countFits(rows, format);
    if (fits > bestFits) {
      best = format;
      bestFits = fits;
    }
  }
  return best ?? formats.find((format) => rows.length === 1 && fitsHeader(rows[0] ?? [], format));
}

function countFits(rows: readonly (readonly string[])[], format: TillFormat): number {
  const { row: shape } = format.recognise;
  const [first = [], ...rest] = rows;
  // Without this, a file with a header would also count as one without: its header a single bad row. And the other way.
  const firstIsHeader = first.length === format.columns.length && !first.some((cell) => /\d/.test(cell));
  if (firstIsHeader !== (format.header === "first-row")) return 0;
  return (firstIsHeader ? rest : rows).filter((row) => matches(row, format, shape)).length;
}

function fitsHeader(row: readonly string[], format: TillFormat): boolean {
  const { header: shape } = format.recognise;
  return format.header === "first-row" && shape !== undefined && matches(row, format, shape);
}

function matches(row: readonly string[], format: TillFormat, shape: Partial<Record<ColumnMeaning, RegExp>>): boolean {
  if (row.length !== format.columns.length) return false;
  return format.columns.every((meaning, index) => shape[meaning]?.test((row[index] ?? "").trim()) ?? true);
}
