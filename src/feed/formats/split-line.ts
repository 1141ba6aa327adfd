import { parse } from "csv-parse/sync";

/** What can part the cells of a row, and what it is called in a sentence. */
export const delimiterWords = { ",": "commas", ";": "semicolons", "\t": "tabs" } as const;
export type Delimiter = keyof typeof delimiterWords;
export const delimiterCharacters = [",", ";", "\t"] as const satisfies readonly Delimiter[];

/**
 * The cells of one line; undefined when it could not be split. A quote inside a cell that does not start with one is a
 * letter like any other, as it is to the plain scan.
 */
export function splitLine(line: string, delimiter: Delimiter): string[] | undefined {
  const plain = splitPlainly(line, delimiter);
  if (plain) return plain;
  try {
    const [cells = [""]] = parse(line, { delimiter, relax_column_count: true, relax_quotes: true }) as string[][];
    return cells.map((cell) => cell.replaceAll("\0", ""));
  } catch {
    return undefined;
  }
}

/** One cell and what ends it: within quotes, or without any. */
const plainCells: Readonly<Record<Delimiter, RegExp>> = {
  ",": /(?:"([^"]*)"|([^",]*))(,|$)/y,
  ";": /(?:"([^"]*)"|([^";]*))(;|$)/y,
  "\t": /(?:"([^"]*)"|([^"\t]*))(\t|$)/y,
};

/** The cells of a line without anything odd, which nearly every line is: setting up the parser takes many times as long. */
function splitPlainly(line: string, delimiter: Delimiter): string[] | undefined {
  if (/[\0\r\n]/.test(line)) return undefined;
  const pattern = plainCells[delimiter];
  const cells: string[] = [];
  pattern.lastIndex = 0;
  for (;;) {
    const found = pattern.exec(line);
    if (!found) return undefined;
    cells.push(found[1] ?? found[2] ?? "");
    if (found[3] === "") return cells;
  }
}
