import type { ColumnMeaning } from "../column-meanings.ts";
import { isPaymentWord, isSizeWord } from "./known-words.ts";
import { guessTimes, type TimeGuess } from "./time-formats.ts";

/** What can be seen of one column of an unknown file. */
export interface SeenColumn {
  index: number;
  /** The header's name; empty where the file has no header. */
  header: string;
  /** Cells with something in them, trimmed. */
  values: string[];
  /** Different values, at most as many as there are values. */
  distinct: Map<string, number>;
  time: TimeGuess;
  date: TimeGuess;
  clock: TimeGuess;
}

export const moneyStyles = {
  "1,234.56": /^[-+]?£?[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d{1,2})?$/,
  "1.234,56": /^[-+]?£?[-+]?(?:\d+|\d{1,3}(?:\.\d{3})+)(?:,\d{1,2})?$/,
  "1 234,56": /^[-+]?£?[-+]?(?:\d+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+)(?:,\d{1,2})?$/,
} as const;
export type MoneyStyle = keyof typeof moneyStyles;

/** Values looked at for their shape: enough to know a column by. */
const valuesLookedAt = 400;

export function seeColumns(header: readonly string[] | undefined, rows: readonly (readonly string[])[]): SeenColumn[] {
  const width = header?.length ?? rows[0]?.length ?? 0;
  return Array.from({ length: width }, (_, index) => {
    const values = rows.map((row) => (row[index] ?? "").trim()).filter((value) => value !== "");
    const distinct = new Map<string, number>();
    for (const value of values) distinct.set(value, (distinct.get(value) ?? 0) + 1);
    const some = values.slice(0, valuesLookedAt);
    return {
      index,
      header: (header?.[index] ?? "").trim(),
      values,
      distinct,
      time: guessTimes(some, "time"),
      date: guessTimes(some, "date"),
      clock: guessTimes(some, "clock"),
    };
  });
}

/** The share of a column's values that look like this. */
function share(column: SeenColumn, pattern: RegExp): number {
  return shareOfWords(column, (value) => pattern.test(value));
}

function shareOfWords({ values }: SeenColumn, isOne: (value: string) => boolean): number {
  const some = values.slice(0, valuesLookedAt);
  return some.length === 0 ? 0 : some.filter(isOne).length / some.length;
}

function isAmount(column: SeenColumn): boolean {
  return Object.values(moneyStyles).some((style) => share(column, style) > 0.9);
}

function hasPence(column: SeenColumn): boolean {
  return share(column, /[.,]\d{1,2}$|£/) > 0.5;
}

/** True for a column that is money beyond doubt, whatever it is called. */
export function isMoney(column: SeenColumn): boolean {
  return isAmount(column) && hasPence(column);
}

export const shapes = {
  list: /\S - £?\d+(?:\.\d{1,2})?(?:,|$)/,
  triples: /^(?:regular|large|)\s*,\s*[^,]+,\s*£?\d+(?:\.\d{1,2})?(?:,|$)/i,
  /** Prices such as 2,15 between commas: what stands after theirs could not be told from the next item. */
  commaList: /\S - £?\d+,\d{1,2}\s*(?:,|$)/,
  commaTriples: /^(?:regular|large|)\s*,\s*[^,]+,\s*£?\d+,\d{1,2}\s*(?:,|$)/i,
  cardNumber: /^\d(?:[ -]?\d){11,18}$/,
  typedCard: /^(?:[a-z]+\d*,\d{12,19}|none)$/i,
  /** What a till leaves of a number when it hides the rest: shared by many cards, so it tells nobody apart. */
  maskedCard: /^[\dx*•. -]*[x*•]{4,}[\dx*•. -]*$/i,
  token: /^(?=.*\d)[\w:+/=.-]{6,}$/,
  wholeNumber: /^-?\d{1,3}(?:[.,]0*)?$/,
  identifier: /^(?=.*\d)[\w#/.-]+$/,
  words: /^[^\d]*\p{L}[^\d]*$/u,
  personName: /^\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]*)+$/u,
} as const;

/** What a header calls each meaning, in words parted by single spaces. The first that fits wins. */
const headerWords: Readonly<Partial<Record<ColumnMeaning, RegExp>>> = {
  receipt: /^(?:receipt|transaction|order|sale|ticket|check|bill|invoice)(?: (?:id|no|nr|number|num|ref|reference))?$/,
  time: /time|date|sold|when|opened|closed/,
  date: /date|day/,
  clock: /time|clock|hour/,
  cafe: /caf|branch|store|shop|site|location|outlet|venue/,
  basket: /basket|items|order|products|purchase/,
  quantity: /qty|quantity|count|units|pieces/,
  size: /size|portion|^cup$/,
  flavour: /flavou?r|syrup|modifier|variant|option/,
  product: /product|item|article|description|menu/,
  total: /total|paid|tendered|amount|sum|spend/,
  price: /price|amount|each|line|net|gross|cost|value/,
  payment: /\bpay(?!er|ee)|tender|method|paid (?:by|with)/,
  card: /card|token|pan$|loyalty/,
  customer: /customer|guest|client|member|payer|name/,
};

export function calledSo(column: SeenColumn, meaning: ColumnMeaning): boolean {
  return headerWords[meaning]?.test(wordsOf(column)) ?? false;
}

/** A header's words, parted by single spaces. */
export function wordsOf({ header }: SeenColumn): string {
  return header
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, " ")
    .trim();
}

/** What a column must look like to be taken for a meaning; with no header, looks are all there is. */
export function looksLike(column: SeenColumn, meaning: ColumnMeaning): boolean {
  const named = column.header !== "";
  const few = column.distinct.size <= Math.max(1, Math.min(12, column.values.length / 3));
  switch (meaning) {
    case "time":
    case "date":
    case "clock":
      return column[meaning].share > 0.7;
    case "basket":
      return share(column, shapes.list) > 0.6 || share(column, shapes.triples) > 0.6;
    case "total":
      return isAmount(column) && (named || hasPence(column));
    case "price":
      return share(column, /\d/) > 0.9 && isAmount(column) && (named || hasPence(column));
    case "payment":
      return shareOfWords(column, isPaymentWord) > 0.5 || (named && few && share(column, shapes.words) > 0.9);
    case "card":
      return (
        [shapes.cardNumber, shapes.typedCard].some((shape) => share(column, shape) > 0.7) ||
        (named && share(column, shapes.token) > 0.5)
      );
    case "quantity":
      return named ? share(column, shapes.wholeNumber) > 0.7 : false;
    case "receipt":
      return named && share(column, shapes.identifier) > 0.9;
    case "size":
      // A cell that is no size is kept as text with its item, so a column of names must not come in here.
      return named && (column.values.length === 0 || shareOfWords(column, isSizeWord) > 0.5);
    case "customer":
      return named ? share(column, /\p{L}/u) > 0.7 : share(column, shapes.personName) > 0.7 && !few;
    case "cafe":
      return share(column, /\p{L}/u) > 0.9 && (named || few);
    case "product":
      return share(column, /\p{L}/u) > 0.7;
    case "flavour":
      return named && share(column, /\p{L}/u) > 0.7;
    case "type":
    case "status":
      return named && few;
    case "skip":
      return true;
  }
}

export function isMaskedCard(column: SeenColumn): boolean {
  return share(column, shapes.maskedCard) > 0.5;
}

export function shareOf(column: SeenColumn, shape: keyof typeof shapes): number {
  return share(column, shapes[shape]);
}
