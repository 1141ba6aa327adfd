import type { FirstRows } from "./recognise.ts";
import { type Delimiter, splitLine } from "./split-line.ts";

const lineFeed = 10;
const carriageReturn = 13;

/**
 * The first rows of a file that have anything in them, split line by line: a stray quote in one must not hide the next.
 * Split once for each delimiter, when it is first asked for.
 */
export function firstRows(bytes: Buffer, wanted: number): FirstRows {
  const known = new Map<Delimiter, string[][]>();
  return (delimiter) => {
    const rows = known.get(delimiter) ?? splitFirst(bytes, wanted, delimiter);
    known.set(delimiter, rows);
    return rows;
  };
}

function splitFirst(bytes: Buffer, wanted: number, delimiter: Delimiter): string[][] {
  const rows: string[][] = [];
  let start = 0;
  while (rows.length < wanted && start < bytes.length) {
    const end = lineEnd(bytes, start);
    const cells = splitLine(bytes.toString("utf8", start, end).replace(/^\uFEFF/, ""), delimiter);
    if (cells?.some((cell) => cell.trim() !== "")) rows.push(cells);
    start = end + 1;
  }
  return rows;
}

/** Where the line that starts here ends: before a line feed, a carriage return or both. What lies between both is an empty line. */
function lineEnd(bytes: Buffer, start: number): number {
  const feed = bytes.indexOf(lineFeed, start);
  const end = feed === -1 ? bytes.length : feed;
  const inLine = bytes.subarray(start, end).indexOf(carriageReturn);
  return inLine === -1 ? end : start + inLine;
}
