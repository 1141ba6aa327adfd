import fc from "fast-check";
import { expect, test } from "vitest";
import { sqlTokens } from "./sql-tokens.ts";

const pieces = fc.array(
  fc.constantFrom(
    "'",
    "''",
    '"',
    "$a",
    "$$",
    "$tag$",
    "--",
    "/*",
    "*/",
    "\n",
    "\\",
    "e'",
    "E",
    "select",
    " ",
    ";",
    "é",
    ":x",
  ),
  { maxLength: 40 },
);

test("put together again, the tokens are the text, whatever it is", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        pieces.map((parts) => parts.join("")),
      ),
      (sql) => {
        const tokens = sqlTokens(sql);
        expect(tokens.map(({ text }) => text).join("")).toBe(sql);
        expect(tokens.every(({ text }) => text !== "")).toBe(true);
      },
    ),
  );
});

const parametersOf = (sql: string) =>
  sqlTokens(sql)
    .filter(({ kind }) => kind === "parameter")
    .map(({ text }) => text);

test("a parameter is one only outside of texts, names in quotes and comments", () => {
  expect(
    parametersOf("select $a, '$b', \"$c\", E'\\'$d', $$ $e $$, $x$ $f $x$ -- $g\n, /* $h /* $i */ $j */ $k"),
  ).toEqual(["$a", "$k"]);
});

test("any text in quotes is one token, with nothing of it outside", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const quoted = `'${text.replaceAll("'", "''")}'`;
      const tokens = sqlTokens(`select ${quoted} as x`);
      expect(tokens[2]).toEqual({ kind: "text", text: quoted });
      expect(tokens).toHaveLength(7);
    }),
  );
});
