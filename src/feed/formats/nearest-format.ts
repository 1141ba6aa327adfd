import { type ColumnMeaning, meaningWords } from "./column-meanings.ts";
import { type FirstRows, isHeader, isHeaderOf, misnamedColumns, timeOf, timeShape } from "./recognise.ts";
import { type Delimiter, delimiterCharacters, delimiterWords } from "./split-line.ts";
import type { HeaderName, TillFormat } from "./till-format.ts";

type Rows = readonly (readonly string[])[];

/** The most differences one sentence names. */
const namedAtMost = 3;

/**
 * For a file that no format fits: the one that comes nearest, and what is different, such as "nearest till-2021-list:
 * 8 columns where 7 are expected". It tells columns by number and meaning, and never quotes the file: what looks like a
 * header may be somebody's receipt.
 *
 * @returns undefined when there is no format at all.
 */
export function describeNearest(rows: FirstRows, formats: readonly TillFormat[]): string | undefined {
  const [nearest] = formats
    .map((format) => ({ name: format.name, ...compare(rows, format) }))
    .sort((a, b) => a.distance - b.distance);
  if (!nearest) return undefined;
  const { name, differences } = nearest;
  const shown = differences.length === 0 ? ["no row fits"] : differences.slice(0, namedAtMost);
  const more = differences.length - shown.length;
  return `nearest ${name}: ${shown.join("; ")}${more > 0 ? `; and ${more} more` : ""}`.slice(0, 300);
}

interface Comparison {
  /** 0 where nothing at all is different. */
  distance: number;
  differences: string[];
}

function compare(rows: FirstRows, format: TillFormat): Comparison {
  const delimiter = likelyDelimiter(rows, format.delimiter);
  const { distance, differences } = Array.isArray(format.columns)
    ? compareByPosition(rows(delimiter), format, format.columns)
    : compareByName(rows(delimiter), format.columns, format);
  if (delimiter === format.delimiter) return { distance, differences };
  const parted = `cells parted by ${delimiterWords[delimiter]} where ${delimiterWords[format.delimiter]} are expected`;
  return { distance: distance + 2, differences: [parted, ...differences] };
}

/** What the file seems to use: the expected one, unless that parts nothing and another one does. */
function likelyDelimiter(rows: FirstRows, expected: Delimiter): Delimiter {
  const width = (delimiter: Delimiter) => usualWidth(rows(delimiter));
  if (width(expected) > 1) return expected;
  return delimiterCharacters.toSorted((a, b) => width(b) - width(a)).find((other) => width(other) > 2) ?? expected;
}

function compareByPosition(rows: Rows, format: TillFormat, columns: readonly ColumnMeaning[]): Comparison {
  const width = usualWidth(rows);
  const differences: string[] = [];
  if (width !== columns.length) {
    differences.push(`${counted(width)} where ${columns.length} ${columns.length === 1 ? "is" : "are"} expected`);
  }
  const [first = []] = rows;
  const place = rows.findIndex((row) => isHeader(row, columns));
  const header = place === 0;
  if (place !== -1 && format.header === "none") differences.push("a header row where none is expected");
  if (!header && format.header === "first-row") {
    differences.push(place > 0 ? "lines above the header" : "no header row where one is expected");
  }
  const misnamed = header && width === columns.length ? (misnamedColumns(first, columns, format) ?? []) : [];
  if (misnamed.length > 0) differences.push(describeMisnamed(misnamed, columns));
  const strange = strangeColumns(rows.slice(place + 1), format, columns);
  // With other columns, places mean little: they help to find the nearest format, but are not worth telling.
  if (width === columns.length) differences.push(...strange);
  return { distance: Math.abs(width - columns.length) * 2 + differences.length + strange.length, differences };
}

function compareByName(
  rows: Rows,
  columns: Partial<Record<ColumnMeaning, readonly HeaderName[]>>,
  format: TillFormat,
): Comparison {
  const wanted = Object.entries(columns) as [ColumnMeaning, readonly HeaderName[]][];
  const missingIn = (header: readonly string[]) =>
    wanted.filter(([, names]) => !names.some((name) => header.some((cell) => name.matches(cell))));
  // The header may stand below a title.
  const [missing = wanted] = rows.map(missingIn).sort((a, b) => a.length - b.length);
  if (missing.length === wanted.length) {
    return {
      distance: 2 * wanted.length,
      differences: ["no row names its columns as this till does"],
    };
  }
  const differences = missing.map(
    ([meaning, names]) => `no column named ${JSON.stringify(names[0]?.text)} (${meaningWords[meaning]})`,
  );
  // Every name is there, but what stands above would be lost, or one cell cannot be two columns.
  if (differences.length === 0) {
    const lost = rows.some((row) => isHeaderOf(row, format));
    differences.push(
      lost ? "receipts stand above its header" : `a column is named that could be two of ${format.name}'s`,
    );
  }
  return { distance: missing.length, differences };
}

function describeMisnamed(places: readonly number[], columns: readonly ColumnMeaning[]): string {
  if (places.length === columns.length) return "the header names no column as this till does";
  const shown = places
    .slice(0, namedAtMost)
    .map((place) => `${meaningWords[columns[place] ?? "skip"]} in column ${place + 1}`);
  const more = places.length - shown.length;
  return `the header does not name ${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** The columns most of whose cells do not look as they should. */
function strangeColumns(rows: Rows, format: TillFormat, columns: readonly ColumnMeaning[]): string[] {
  const time = timeShape(format);
  return columns.flatMap((meaning, index) => {
    const ownShape = format.recognise.row[meaning];
    const fits = (row: readonly string[]) => {
      if (time && (meaning === "time" || meaning === "date")) return time.test(timeOf(row, columns));
      return ownShape?.test((row[index] ?? "").trim()) ?? true;
    };
    return rows.filter(fits).length * 2 < rows.length
      ? [`column ${index + 1} does not look like ${meaningWords[meaning]}`]
      : [];
  });
}

/** The number of cells that most rows have; of two, the larger. */
function usualWidth(rows: Rows): number {
  const counts = Map.groupBy(rows, (row) => row.length);
  const [usual] = [...counts].sort(([a, rowsA], [b, rowsB]) => rowsB.length - rowsA.length || b - a);
  return usual?.[0] ?? 0;
}

function counted(columns: number): string {
  return `${columns} ${columns === 1 ? "column" : "columns"}`;
}
