import { Document, isMap, isScalar } from "yaml";
import { RefusedError } from "#core/errors.ts";
import { type ColumnMeaning, columnMeanings } from "../column-meanings.ts";
import { parseFormat } from "../read-formats.ts";
import { type Assigned, assignColumns } from "./assign-columns.ts";
import { isMaskedCard, seeColumns, shareOf } from "./columns.ts";
import { guessAmounts } from "./guess-amounts.ts";
import { guessCafe } from "./guess-cafe.ts";
import { guessCard, guessPayment, guessSizes } from "./guess-words.ts";
import { readTable, type Table } from "./read-table.ts";

/** A draft of a format for a till never seen before. */
export interface Draft {
  name: string;
  yaml: string;
  /** What was guessed and should be checked, or could not be guessed: a sentence each, as in the YAML's comments. */
  toCheck: string[];
}

/** A field of the draft, with what should be said above it. */
export interface Guess<Value = unknown> {
  value: Value;
  /** What to check; undefined where there is hardly a doubt. */
  check?: string | undefined;
}

/**
 * Drafts a format from a file that no format reads. The draft is valid; what could not be guessed is said in it.
 *
 * @param key the file's name, which may hold the café's
 * @throws RefusedError when the file is no table of receipts that could be guessed at.
 */
export function draftFormat(bytes: Buffer, key: string): Draft {
  const table = readTable(bytes);
  if (!table) throw noTable(key, "no comma, semicolon or tab parts its rows into the same number of columns");
  const columns = seeColumns(table.header, table.rows);
  const found = assignColumns(columns);
  const missing = lacking(found);
  if (missing) throw noTable(key, `no column looks like ${missing}`);

  const guesses: Record<string, Guess> = {};
  const grammar = guessGrammar(found);
  const amounts = guessAmounts(found, table.rows);
  if (amounts.total) found.total = amounts.total;
  else delete found.total;
  if (amounts.price) found.price = amounts.price;
  else delete found.price;
  const cafe = guessCafe(found, key);

  guesses.name = { value: nameFor(key) };
  guesses.title = { value: "Drafted from a file: say here which till this is" };
  if (table.delimiter !== ",") guesses.delimiter = { value: table.delimiter === "\t" ? "tab" : table.delimiter };
  guesses.header = { value: table.header ? "first-row" : "none" };
  const masked = columns.find(isMaskedCard);
  guesses.columns = { ...layColumns(table, found), check: unassigned(table, found, masked?.index) };
  guesses.time = guessTime(found);
  if (cafe) guesses.cafe = cafe;
  guesses.basket = grammar;
  if (amounts.per) guesses.price = amounts.per;
  if (found.size) guesses.sizes = guessSizes(found.size);
  if (amounts.money) guesses.money = amounts.money;
  if (found.payment) guesses.payment = guessPayment(found.payment);
  if (found.card) guesses.card = guessCard(found.card);
  guesses.finalNewline = { value: bytes.at(-1) === 10 };
  if (amounts.refunds) guesses.refunds = amounts.refunds;
  if (!table.header) guesses.recognise = recognise(found);
  const yaml = write(guesses, table.header !== undefined);
  parseFormat(yaml, "the draft");
  const toCheck = Object.entries(guesses).flatMap(([field, { check }]) => (check ? [`${field}: ${check}`] : []));
  return { name: String(guesses.name.value), yaml, toCheck };
}

function noTable(key: string, why: string): RefusedError {
  return new RefusedError(
    `No format can be drafted for ${key}: ${why}.`,
    "If it is a file of receipts, write the format by hand: docs/formats.md explains every field.",
  );
}

/** What a format cannot do without, in words; undefined when all of it is there. */
function lacking(found: Assigned): string | undefined {
  if (!found.time && !(found.date && found.clock)) return "a time of sale";
  if (!found.basket && !found.product) return "a basket or a product";
  if (!found.total && !found.price) return "an amount of money";
  if (!found.payment && !found.card) return "a payment method or a card";
  return undefined;
}

function guessGrammar({ basket, receipt }: Assigned): Guess {
  if (!basket) {
    const check = receipt
      ? undefined
      : "no column looks like a receipt number, so rows that follow each other with the same time, café, customer and payment will be one receipt";
    return { value: "rows", check };
  }
  return { value: shareOf(basket, "triples") > shareOf(basket, "list") ? "triples" : "list" };
}

function layColumns({ header }: Table, found: Assigned): Guess {
  const meanings = columnMeanings.filter((meaning) => found[meaning]);
  if (header) return { value: Object.fromEntries(meanings.map((meaning) => [meaning, found[meaning]?.header])) };
  const width = Math.max(...meanings.map((meaning) => found[meaning]?.index ?? 0)) + 1;
  return { value: Array.from({ length: width }, (_, index) => meaningAt(found, index)) };
}

function meaningAt(found: Assigned, index: number): ColumnMeaning {
  return columnMeanings.find((meaning) => found[meaning]?.index === index) ?? "skip";
}

function unassigned(table: Table, found: Assigned, masked: number | undefined): string | undefined {
  const width = table.header?.length ?? table.rows[0]?.length ?? 0;
  const left = Array.from({ length: width }, (_, index) => index).filter((index) => meaningAt(found, index) === "skip");
  const notes = [
    ...(table.header ? [] : ["there is no header, so the columns are told by their looks alone"]),
    ...(left.length > 0 ? [`nothing was made of column ${left.map((index) => index + 1).join(", ")}`] : []),
    ...(masked === undefined
      ? []
      : [
          `column ${masked + 1} holds only part of card numbers, which many cards share, so it tells no customers apart`,
        ]),
    ...(found.customer || found.card ? [] : ["no column looks like a customer or a card, so customers stay unknown"]),
  ];
  return notes.length === 0 ? undefined : notes.join("; ");
}

function guessTime({ time, date, clock }: Assigned): { value: { formats: string[] }; check?: string | undefined } {
  const guesses = time ? [time.time] : [date?.date, clock?.clock];
  const [first, second] = guesses;
  const formats = second
    ? (first?.formats ?? []).flatMap((day) => second.formats.map((hour) => `${day} ${hour}`))
    : (first?.formats ?? []);
  const notes = [
    ...(guesses.some((guess) => guess?.ambiguous)
      ? ["every date here could be day/month or month/day; the day was taken to come first"]
      : []),
    ...(guesses.some((guess) => (guess?.share ?? 0) < 1) ? ["some values are written in none of these ways"] : []),
  ];
  return { value: { formats }, check: notes.join("; ") || undefined };
}

/** Times are known by their formats in any case. */
function recognise(found: Assigned): Guess {
  const payment = found.payment ? { payment: "^\\p{L}[\\p{L} ]*$" } : {};
  const total = found.total ? { total: "^[-+£]*\\d[\\d., ]*$" } : {};
  return { value: { row: { ...total, ...payment } } };
}

function nameFor(key: string): string {
  const words = key
    .slice(key.lastIndexOf("/") + 1)
    .replace(/\.[^.]*$/, "")
    .normalize("NFD")
    .toLowerCase()
    .replace(/\d+/g, " ")
    .match(/[a-z]+/g);
  return `${(words ?? []).join("-").slice(0, 40) || "new"}-till`;
}

function write(guesses: Record<string, Guess>, byName: boolean): string {
  const document = new Document(
    Object.fromEntries(Object.entries(guesses).map(([field, { value }]) => [field, value])),
  );
  document.commentBefore =
    " A draft of a till format, guessed from one file. Every line that says CHECK needs a person.\n" +
    " Try it with: npx infinity formats check FILE --formats DIR\n docs/formats.md explains every field." +
    (byName ? "\n Columns are known by the names in the header, in any order and among any others." : "");
  if (!isMap(document.contents)) return String(document);
  for (const pair of document.contents.items) {
    const field = isScalar(pair.key) ? String(pair.key.value) : "";
    const check = guesses[field]?.check;
    if (check !== undefined && isScalar(pair.key)) pair.key.commentBefore = ` CHECK: ${check}.`;
  }
  return document.toString({ lineWidth: 120 });
}
