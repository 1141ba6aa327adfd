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
  try {
    const [cells = [""]] = parse(line, { delimiter, relax_column_count: true, relax_quotes: true }) as string[][];
    return cells.map((cell) => cell.replaceAll("\0", ""));
  } catch {
    return undefined;
  }
}
