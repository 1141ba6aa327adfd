import { patternIn } from "../till-words.ts";
import { type SeenColumn, shareOf, wordsOf } from "./columns.ts";
import type { Guess } from "./draft-format.ts";
import { isPaymentWord, isSizeWord } from "./known-words.ts";

const cashWords = /\b(?:cash|notes?|coins?)\b/i;
const cardWords =
  /\b(?:cards?|visa|master ?card|mc|maestro|amex|american express|contactless|chip|debit|credit|apple|google)\b/i;

/** The till's words for payment, sorted into card and cash. */
export function guessPayment(column: SeenColumn, rows: number): Guess {
  const { shown, hidden } = showable(column, (word) => patternIn(word) !== undefined || isPaymentWord(word), asPayment);
  const CASH = shown.filter((word) => cashWords.test(word));
  const CARD = shown.filter((word) => !cashWords.test(word));
  const unsure = CARD.filter((word) => !cardWords.test(word));
  const both = CASH.filter((word) => cardWords.test(word));
  // A till that names the brand of a card has no brand for cash.
  const brands = /card (?:brand|type)/.test(wordsOf(column)) && column.values.length < rows;
  const notes = [
    ...(unsure.length > 0 ? [`${unsure.join(", ")} ${unsure.length === 1 ? "was" : "were"} taken for cards`] : []),
    ...(both.length > 0 ? [`${both.join(", ")} ${both.length === 1 ? "was" : "were"} taken for cash`] : []),
    ...withheld(column, hidden, "rows with them are set aside"),
    ...(brands ? [`where column ${column.index + 1} says nothing, cash was paid`] : []),
    ...(CASH.length === 0 && !brands ? ["no word for cash was found"] : []),
    ...(CARD.length === 0 ? ["no word for a card was found"] : []),
  ];
  return { value: { CARD, CASH: brands ? [...CASH, ""] : CASH }, check: notes.join("; ") || undefined };
}

/** What a till says that has no word for payments. */
export const silentPayments: Guess = {
  value: { CARD: [""], CASH: [] },
  check: "no column looks like a payment method or a card, so every receipt counts as a card's",
};

/** A payment's word; a pattern where the end of a card's number stands behind it, which is another one for every card. */
function asPayment(cell: string): string {
  const word = cell.toUpperCase();
  const brand = /^([\p{L} ]+?)[\s*X•.#-]*[*•.#-]\s*\d{2,6}$/u.exec(word)?.[1];
  return brand !== undefined && isPaymentWord(brand) ? `/^${brand}/` : word;
}

const sizes = {
  regular: /^(?:r|reg|regular|m|med|medium|12 ?oz)$/i,
  large: /^(?:l|lg|lrg|large|xl|grande|16 ?oz|20 ?oz)$/i,
  standard: /^(?:-|n\/?a|none|std|standard|one size)$/i,
} as const;

/** The till's words for sizes. There are no more than two sizes and none. */
export function guessSizes(column: SeenColumn): Guess {
  const { shown, hidden } = showable(column, isSizeWord, (word) => word.toLowerCase());
  const of = (size: keyof typeof sizes) => shown.filter((word) => sizes[size].test(word));
  const unsure = shown.filter((word) => !Object.values(sizes).some((pattern) => pattern.test(word)));
  const notes = [
    ...(unsure.length > 0 ? [`${unsure.join(", ")} could be of any size, and was taken for none`] : []),
    ...withheld(column, hidden, "items with them are not recognised"),
  ];
  return {
    value: { regular: of("regular"), large: of("large"), standard: [...of("standard"), ...unsure] },
    check: notes.join("; ") || undefined,
  };
}

/** The words of a column that may be shown, each once, and how many others there are. */
function showable(
  { distinct }: SeenColumn,
  isKnown: (word: string) => boolean,
  fold: (word: string) => string,
): { shown: string[]; hidden: number } {
  const words = [...new Set([...distinct.keys()].map(fold))].sort();
  const shown = words.filter(isKnown);
  return { shown, hidden: words.length - shown.length };
}

function withheld({ index }: SeenColumn, hidden: number, meanwhile: string): string[] {
  if (hidden === 0) return [];
  const words = hidden === 1 ? "1 value" : `${hidden} values`;
  return [
    `${words} of column ${index + 1} may be personal and ${hidden === 1 ? "is" : "are"} not shown: ${meanwhile} ` +
      "until you write the till's own words here",
  ];
}

/** Whether a card column holds numbers, types with numbers, or tokens. */
export function guessCard(column: SeenColumn): Guess {
  if (shareOf(column, "typedCard") > 0.7) return { value: "type-and-number" };
  if (shareOf(column, "cardNumber") > 0.7) return { value: "number" };
  return {
    value: "token",
    check: "taken for tokens that stand for one card each; if several cards can share one, leave it out",
  };
}
