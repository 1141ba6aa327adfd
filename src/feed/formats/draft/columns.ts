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

const money = (digits: string) =>
  new RegExp(`^[-+]?(?:(?:£|GBP)[ \\u00a0\\u202f]?)?[-+]?(?:${digits})(?:[ \\u00a0\\u202f](?:£|GBP))?$`);

export const moneyStyles = {
  "1,234.56": money("(?:\\d+|\\d{1,3}(?:,\\d{3})+)(?:\\.\\d{1,2})?"),
  "1.234,56": money("(?:\\d+|\\d{1,3}(?:\\.\\d{3})+)(?:,\\d{1,2})?"),
  "1 234,56": money("(?:\\d+|\\d{1,3}(?:[ \\u00a0\\u202f]\\d{3})+)(?:,\\d{1,2})?"),
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
  return share(column, /[.,]\d{1,2}$|£|GBP/) > 0.5;
}

/** True for a column that is money beyond doubt, whatever it is called. */
export function isMoney(column: SeenColumn): boolean {
  return isAmount(column) && hasPence(column);
}

export const shapes = {
  list: /\S - £?\d+(?:\.\d{1,2})?(?:,|$)/,
  /** Items, of which some with how many, and no prices. */
  counted: /(?:^|,\s*)\d{1,3}\s*[x×]\s+\S/i,
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
  time: /time|date|sold|when|opened|closed|\bat$/,
  date: /date|day/,
  clock: /time|clock|hour/,
  cafe: /caf|branch|store|shop|site|location|outlet|venue/,
  basket: /basket|items|order|products|purchase/,
  quantity: /qty|quantity|\bcount\b|\bunits\b|pieces/,
  // What tells sizes by another name is taken for one only where it looks like one.
  size: /size|portion|^cup$|varia(?:nt|tion)|price point/,
  flavour: /^(?!.*\b(?:dining|tax|delivery)\b).*(?:flavou?r|syrup|modifier|varia(?:nt|tion)|option)/,
  product: /^(?!.*\b(?:id|sku|code|no|number|type|date|time)\b).*(?:product|item|article|description|menu)/,
  total: /total|paid|tendered|amount|sum|spend/,
  price: /price|amount|each|line (?:total|amount|price|net|gross)|net|gross|cost|value/,
  payment: /^(?!.*\b(?:state|status|id)\b).*(?:\bpay(?!er|ee)|tender|method|paid (?:by|with)|card (?:brand|type))/,
  card: /card|(?:card|loyalty|payment|customer) token|pan$|loyalty|customer (?:id|code|no|number)/,
  customer: new RegExp(
    "^(?!.*\\b(?:cashier|staff|employee|seller|server|user|operator|clerk|till|device|item|product|price|menu)\\b)" +
      "(?!.*\\b(?:id|code|no|number|ref\\w*|e ?mail|contacts?|phone|telephone|address|group)\\b)" +
      ".*(?:customer|guest|client|member|payer|name)",
  ),
  type: /^(?:(?:receipt|line|event|transaction|record|sale|row|entry) )?type$|^kind$/,
  status: /status|\bstate\b|^void(?:ed)?$|^refunded$|^cancell?ed$/,
};

/** A column that is surely called a payment's, whatever is in it. */
export function isCalledPayment(column: SeenColumn): boolean {
  const called = /^(?:payment|pay|tender)(?: (?:method|type|mode)s?)?$|^method$|^paid (?:by|with)$/;
  return called.test(wordsOf(column)) && share(column, /\p{L}/u) > 0.7;
}

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
      return share(column, shapes.list) > 0.6 || share(column, shapes.triples) > 0.6 || isCounted(column);
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
      return share(column, /\p{L}/u) > 0.7 && column.time.share + column.date.share < 0.5;
    case "flavour":
      return named && share(column, /\p{L}/u) > 0.7;
    case "type":
    case "status":
      return named && column.distinct.size <= 12 && share(column, /^\p{L}/u) > 0.9;
    case "skip":
      return true;
  }
}

/** True for baskets without prices that say of some items how many there are: not all tills write "1 x". */
export function isCounted(column: SeenColumn): boolean {
  return share(column, shapes.counted) > 0.2 && share(column, shapes.list) < 0.2;
}

export function isMaskedCard(column: SeenColumn): boolean {
  return share(column, shapes.maskedCard) > 0.5;
}

export function shareOf(column: SeenColumn, shape: keyof typeof shapes): number {
  return share(column, shapes[shape]);
}
