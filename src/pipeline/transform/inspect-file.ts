import { isUtf8 } from "node:buffer";
import { createHmac, type KeyObject } from "node:crypto";
import type { Reason } from "#core/reasons.ts";
import { firstRows } from "#feed/formats/first-rows.ts";
import { describeNearest } from "#feed/formats/nearest-format.ts";
import type { KnownFormat } from "#feed/formats/read-formats.ts";
import {
  type FirstRows,
  fittingFormats,
  type Recognised,
  recogniseFormat,
  rowsLookedAt,
} from "#feed/formats/recognise.ts";
import { headerRows } from "#feed/formats/till-format.ts";

/** The longest line a till can mean: a basket of several hundred items. */
export const longestLine = 65_536;

/** What the bytes of a file say about how to read it. */
export interface Inspection {
  /** Keyed SHA-256 of the bytes, in hex: says that two files are the same without saying what is in them. */
  contentHash: string;
  /** The till that wrote it; undefined for an empty file and for one that is refused. */
  layout?: Recognised<KnownFormat>;
  /** The café that its first receipt names, as it is written there: nearly always that of the whole file. */
  firstCafe?: string;
  /** Why the whole file is refused. */
  refused?: Reason;
  /** What is behind the reason, without a word of the file. */
  detail?: string;
  /** Rows the plain scan must find, header included. Another number means that a quoted line end or a stray quote hid some. */
  lines: number;
  /** True where the plain scan could misread something: only whole rows of UTF-8 ending in a bare line feed go that way. */
  doubtful: boolean;
  /** True where the file stops in the middle of its last line. */
  cutShort: boolean;
}

/** Looks at a file's bytes once: hashes them, checks the text, counts the lines and recognises the till. */
export function inspectFile(bytes: Buffer, formats: readonly KnownFormat[], contentKey: KeyObject): Inspection {
  const contentHash = createHmac("sha256", contentKey).update(bytes).digest("hex");
  const text = { contentHash, lines: 0, doubtful: false, cutShort: false };
  if (bytes.length === 0) return text;
  if (isCompressed(bytes)) return { ...text, refused: "file_compressed" };
  // UTF-16 without its mark is UTF-8 as far as the bytes go, but no row starts with a NUL, nor has one next.
  if (!isUtf8(bytes) || bytes[0] === 0 || bytes[1] === 0) return { ...text, refused: "file_not_text" };

  const hasReturns = bytes.includes(carriageReturn);
  const { lines, longest, shortest } = measureLines(bytes);
  if (longest > longestLine && !(hasReturns && fitsBetweenReturns(bytes)))
    return { ...text, refused: "file_line_too_long" };
  // One row tells most tills; more are split only where it does not.
  const firstRow = firstRows(bytes, 1);
  const [known, ...others] = fittingFormats(firstRow, formats);
  const rows = firstRows(bytes, rowsLookedAt);
  if (!known && rows(",").length === 0) return text;
  const layout = known && others.length === 0 ? known : recogniseFormat(rows, formats);
  if (!layout) {
    const detail = describeNearest(rows, formats);
    return { ...text, refused: "file_unknown_layout", ...(detail === undefined ? {} : { detail }) };
  }

  const endsWithLine = isLineEnd(bytes[bytes.length - 1]);
  return {
    contentHash,
    layout,
    firstCafe: firstCafeOf(headerRows(layout.format) === 0 ? firstRow : firstRows(bytes, layout.above + 2), layout),
    lines,
    doubtful:
      shortest === 0 ||
      !endsWithLine ||
      hasReturns ||
      layout.above > 0 ||
      hasEmptyRow(bytes, shortest, layout) ||
      bytes.includes(0) ||
      bytes.includes(mark),
    cutShort: !endsWithLine && layout.format.finalNewline,
  };
}

/** Whether a row is nothing but empty cells, as spreadsheets leave them below a table: it says no more than a blank line. */
function hasEmptyRow(bytes: Buffer, shortest: number, { format, columns }: Recognised<KnownFormat>): boolean {
  const emptyRow = format.delimiter.repeat(columns.length - 1);
  return shortest <= emptyRow.length && bytes.includes(`\n${emptyRow}\n`);
}

function firstCafeOf(rows: FirstRows, { format, columns, above }: Recognised<KnownFormat>): string {
  return rows(format.delimiter)[above + headerRows(format)]?.[columns.indexOf("cafe")] ?? "";
}

/** How gzip, zip (a spreadsheet is one too), zstd, bzip2 and xz begin. Such a file is never inflated: it could be a bomb. */
const compressions: readonly (readonly number[])[] = [
  [0x1f, 0x8b],
  [0x50, 0x4b, 3, 4],
  [0x28, 0xb5, 0x2f, 0xfd],
  [0x42, 0x5a, 0x68, 0x39, 0x31],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a],
];

function isCompressed(bytes: Buffer): boolean {
  return compressions.some((beginning) => beginning.every((byte, place) => bytes[place] === byte));
}

const lineFeed = 10;
const carriageReturn = 13;
/** The byte order mark. */
const mark = "\uFEFF";

/** Some old tills end lines with a carriage return alone. */
function isLineEnd(byte: number | undefined): boolean {
  return byte === lineFeed || byte === carriageReturn;
}

/** Whether no line is too long where carriage returns end lines too. Looks at every byte: for files that seem to have such a line. */
function fitsBetweenReturns(bytes: Buffer): boolean {
  let start = 0;
  for (let end = 0; end <= bytes.length; end++) {
    if (end < bytes.length && !isLineEnd(bytes[end])) continue;
    if (end - start > longestLine) return false;
    start = end + 1;
  }
  return true;
}

function measureLines(bytes: Buffer): { lines: number; longest: number; shortest: number } {
  let lines = 0;
  let longest = 0;
  let shortest = Number.POSITIVE_INFINITY;
  let start = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(lineFeed, start);
    const end = found === -1 ? bytes.length : found;
    if (end - start > longest) longest = end - start;
    if (end - start < shortest) shortest = end - start;
    lines += 1;
    start = end + 1;
  }
  return { lines, longest, shortest };
}
