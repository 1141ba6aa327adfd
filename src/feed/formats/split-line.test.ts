import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { delimiterCharacters, splitLine } from "./split-line.ts";

const piece = fc.constantFrom('"', '""', ",", ";", "\t", " ", "a", "é", "1.20", '"x, y"', ",,", "\r", "\n");

test("any line falls into the same cells as with the CSV parser, and is refused where that refuses it", () => {
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
      fc.constantFrom(...delimiterCharacters),
      (line, delimiter) => {
        let expected: string[] | undefined;
        try {
          [expected = [""]] = parse(line, { delimiter, relax_column_count: true, relax_quotes: true }) as string[][];
        } catch {
          expected = undefined;
        }
        expect(splitLine(line, delimiter)).toEqual(expected);
      },
    ),
    { numRuns: 2000 },
  );
});
