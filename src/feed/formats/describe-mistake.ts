import type { z } from "zod";
import { columnMeanings } from "./column-meanings.ts";

const patterns = "patterns, each under the name of a column";
const payments = 'a list of the till\'s words and /patterns/, such as [Contactless, "/^visa/"]';
const rowWords =
  "lists of the till's words, each under what its column holds, such as { status: [Voided], type: [Payment] }";
const sizes = "a list of the till's words, such as [S, Small]";
const word = "a word of the till, in quotes where YAML takes it for something else, such as true";

/** What each field may be, by its place in a format; `*` is any name or number. */
const allowed: Readonly<Record<string, string>> = {
  "": "fields with their values, such as `name: corner-till`",
  name: "small letters, digits and hyphens",
  title: "a line of text, in quotes where it is a number",
  delimiter: '"," or ";" or tab',
  header: "first-row or none",
  columns: "a list of what the columns hold, or names of columns with what the header calls them",
  "columns.*": "a name in the header, a list of names, or a /pattern/",
  time: '{ formats: ["%d/%m/%Y %H:%M"] }',
  "time.formats": 'a list such as ["%d/%m/%Y %H:%M"]',
  "time.formats.*": 'text such as "%d/%m/%Y %H:%M"',
  cafe: "column, or { constant: The café's name }, or { key: a pattern of the file's key }",
  "cafe.constant": "the café's name",
  "cafe.key": "a pattern with a group (?<cafe>…)",
  basket: "list, triples or rows",
  price: "item, line or none",
  sizes: "regular, large and standard, each with a list of the till's words",
  "sizes.regular": sizes,
  "sizes.regular.*": word,
  "sizes.large": sizes,
  "sizes.large.*": word,
  "sizes.standard": sizes,
  "sizes.standard.*": word,
  money: '"1,234.56" or "1.234,56" or "1 234,56"',
  payment: "CARD and CASH, each with a list of the till's words",
  "payment.CARD": payments,
  "payment.CARD.*": word,
  "payment.CASH": payments,
  "payment.CASH.*": word,
  card: "number, type-and-number or token",
  finalNewline: "true or false",
  refunds: "true or false, or lists of the till's words, each under what its column holds, such as { type: [Refund] }",
  skip: rowWords,
  recognise: "row, header or both, each with patterns",
  "recognise.row": patterns,
  "recognise.header": patterns,
};

type Path = readonly PropertyKey[];

/** A mistake in a format's fields: where it is, and a clause that says what is wrong and what would be right. */
export interface Mistake {
  path: Path;
  words: string;
}

/** Puts what the schema found into words: several mistakes where several fields are unknown. */
export function describeMistake(issue: z.core.$ZodIssue, values: unknown): Mistake[] {
  const { path, inner } = innermost(issue);
  if (inner.code === "unrecognized_keys") {
    return inner.keys.map((key) => ({
      path: [...path, key],
      words: `there is no such field; there ${fieldsAt(path)}`,
    }));
  }
  return [{ path, words: inner.code === "custom" ? inner.message : wordsFor(path, values) }];
}

function wordsFor(path: Path, values: unknown): string {
  const value = path.reduce<unknown>((whole, part) => (whole as Record<PropertyKey, unknown> | null)?.[part], values);
  const state =
    value === undefined ? "it is missing, and should be" : `it ${isNothing(value) ? "is empty, and " : ""}should be`;
  return `${state} ${allowedAt(path)}`;
}

/** The names that may stand somewhere. */
function fieldsAt(path: Path): string {
  const place = path.join(".");
  const below = place === "" ? "" : `${place}.`;
  const own = Object.keys(allowed).filter(
    (name) => name.startsWith(below) && /^[^.*]+$/.test(name.slice(below.length)),
  );
  const names = own.length > 0 ? own.map((name) => name.slice(below.length)) : columnMeanings.slice(0, -1);
  return names.length === 1 ? `is ${names[0]}` : `are ${names.join(", ")}`;
}

function allowedAt(path: Path): string {
  if (path[0] === "columns" && typeof path[1] === "number") return `one of ${columnMeanings.join(", ")}`;
  if (path[0] === "recognise" && path.length === 3) return "a pattern, in quotes";
  if ((path[0] === "skip" || path[0] === "refunds") && path.length === 3) return word;
  // What is wrong with one of several words or names is told by what all of them may be.
  for (let length = path.length; length > 0; length -= 1) {
    const place = path.slice(0, length);
    const known = allowed[place.join(".")] ?? allowed[[...place.slice(0, -1), "*"].join(".")];
    if (known !== undefined) return known;
  }
  return allowed[""] ?? "";
}

function isNothing(value: unknown): boolean {
  return value === null || value === "";
}

/** Of a value that may be one thing or another, the mistake in what it comes nearest to. */
function innermost(issue: z.core.$ZodIssue): { path: PropertyKey[]; inner: z.core.$ZodIssue } {
  if (issue.code === "invalid_union") {
    const weight = ({ code, path }: z.core.$ZodIssue) => path.length + (code === "custom" ? 0.5 : 0);
    const nearest = issue.errors.flat().sort((a, b) => weight(b) - weight(a))[0];
    if (nearest && weight(nearest) > 0) {
      const { path, inner } = innermost(nearest);
      return { path: [...issue.path, ...path], inner };
    }
  }
  return { path: issue.path, inner: issue };
}
