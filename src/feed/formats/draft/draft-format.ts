import { Document, isMap, isScalar } from "yaml";
import { RefusedError } from "#core/errors.ts";
import { parseFormat } from "../read-formats.ts";
import { type Assigned, assignColumns } from "./assign-columns.ts";
import { isCounted, type SeenColumn, seeColumns, shareOf } from "./columns.ts";
import { guessAmounts } from "./guess-amounts.ts";
import { guessCafe } from "./guess-cafe.ts";
import { guessRows, partTotals } from "./guess-rows.ts";
import { guessCard, guessPayment, guessSizes, silentPayments } from "./guess-words.ts";
import { layColumns, reachable } from "./lay-columns.ts";
import { readTable } from "./read-table.ts";
import { otherZone } from "./time-formats.ts";

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
  const { rows, totals } = partTotals(table.rows);
  const columns = seeColumns(table.header, rows);
  const told = reachable(columns, table);
  const found = assignColumns(told);
  const missing = lacking(found);
  if (missing) throw noTable(key, told.length < columns.length ? `${missing}; ${unnamedIsUnseen}` : missing);
  if (found.basket && hasCommaPrices(found.basket)) throw commaPrices(key, found.basket);

  const guesses: Record<string, Guess> = {};
  const grammar = guessGrammar(found);
  const amounts = guessAmounts(found, told, rows);
  if (amounts.total) found.total = amounts.total;
  else delete found.total;
  if (amounts.price) found.price = amounts.price;
  else delete found.price;
  const cafe = guessCafe(found, key);
  const { skip, refunds } = guessRows(found, told, totals);

  guesses.name = { value: nameFor(key) };
  guesses.title = { value: "Drafted from a file: say here which till this is" };
  if (table.delimiter !== ",") guesses.delimiter = { value: table.delimiter === "\t" ? "tab" : table.delimiter };
  guesses.header = { value: table.header ? "first-row" : "none" };
  guesses.columns = layColumns(columns, table, found);
  const byPlace = Array.isArray(guesses.columns.value);
  guesses.time = guessTime(found);
  if (cafe) guesses.cafe = cafe;
  guesses.basket = grammar;
  if (amounts.per) guesses.price = amounts.per;
  else if (found.basket && isCounted(found.basket)) guesses.price = { value: "none" };
  if (found.size) guesses.sizes = guessSizes(found.size);
  if (amounts.money) guesses.money = amounts.money;
  if (found.payment) guesses.payment = guessPayment(found.payment, rows.length);
  else if (!found.card) guesses.payment = silentPayments;
  if (found.card) guesses.card = guessCard(found.card);
  guesses.finalNewline = { value: bytes.at(-1) === 10 };
  const givenBack = refunds ?? amounts.refunds;
  if (givenBack) guesses.refunds = givenBack;
  if (skip) guesses.skip = skip;
  if (byPlace) guesses.recognise = recognise(found);
  const yaml = write(guesses, !byPlace);
  parseFormat(yaml, "the draft");
  const toCheck = Object.entries(guesses).flatMap(([field, { check }]) => (check ? [`${field}: ${check}`] : []));
  return { name: String(guesses.name.value), yaml, toCheck };
}

/** A few such prices are enough: each would be loaded as whole pounds, and its pence as an item of their own. */
function hasCommaPrices(basket: SeenColumn): boolean {
  return shareOf(basket, "commaList") > 0.1 || shareOf(basket, "commaTriples") > 0.1;
}

function commaPrices(key: string, { index }: SeenColumn): RefusedError {
  return new RefusedError(
    `No format can be drafted for ${key}: the baskets in column ${index + 1} have prices with a decimal comma, ` +
      "which cannot be told from the commas between items.",
    "Ask the till for prices with a point, or for a row for each item; docs/formats.md says what a format cannot say.",
  );
}

function noTable(key: string, why: string): RefusedError {
  return new RefusedError(
    `No format can be drafted for ${key}: ${why}.`,
    "If it is a file of receipts, write the format by hand: docs/formats.md explains every field.",
  );
}

const unnamedIsUnseen =
  "a column without a name of its own cannot be read where what the header calls the time has digits in it";

/** What a format cannot do without and is not there, in words; undefined when all of it is there. */
function lacking(found: Assigned): string | undefined {
  if (!found.time && !(found.date && found.clock)) return "no column looks like a time of sale";
  if (!found.basket && !found.product) return "no column looks like a basket or a product";
  if (!found.total && !found.price) return "no column looks like an amount of money";
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

function guessTime({ time, date, clock }: Assigned): { value: { formats: string[] }; check?: string | undefined } {
  const guesses = time ? [time.time] : [date?.date, clock?.clock];
  const [first, second] = guesses;
  const seen = second
    ? (first?.formats ?? []).flatMap((day) => second.formats.map((hour) => `${day} ${hour}`))
    : (first?.formats ?? []);
  const formats = [...new Set(seen.flatMap((format) => [format, otherZone(format) ?? format]))];
  const notes = [
    ...(guesses.some((guess) => guess?.ambiguous)
      ? ["every date here could be day/month or month/day; the day was taken to come first"]
      : []),
    ...(formats.some((format) => otherZone(format) !== undefined || format.endsWith("Z"))
      ? ["times are taken as they stand; a till that writes UTC in summer too, as Z is, is an hour early then"]
      : []),
    ...(guesses.some((guess) => (guess?.share ?? 0) < 1) ? ["some values are written in none of these ways"] : []),
  ];
  return { value: { formats }, check: notes.join("; ") || undefined };
}

/** Times are known by their formats in any case. */
function recognise(found: Assigned): Guess {
  const payment = found.payment ? { payment: "^\\p{L}\\D*$" } : {};
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
