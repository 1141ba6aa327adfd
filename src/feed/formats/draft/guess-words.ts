import type { SeenColumn } from "./columns.ts";
import { shapes, shareOf } from "./columns.ts";
import type { Guess } from "./draft-format.ts";

const cashWords = /\b(?:cash|notes?|coins?)\b/i;

/** The till's words for payment, sorted into card and cash. */
export function guessPayment({ distinct }: SeenColumn): Guess {
  const words = [...new Set([...distinct.keys()].map((word) => word.toUpperCase()))].sort();
  const CASH = words.filter((word) => cashWords.test(word));
  const CARD = words.filter((word) => !cashWords.test(word));
  const unknown = CARD.filter((word) => !shapes.paymentWord.test(word));
  const notes = [
    ...(unknown.length > 0 ? [`${unknown.join(", ")} ${unknown.length === 1 ? "was" : "were"} taken for cards`] : []),
    ...(CASH.length === 0 ? ["no word for cash is in the file"] : []),
    ...(CARD.length === 0 ? ["no word for a card is in the file"] : []),
  ];
  return { value: { CARD, CASH }, check: notes.join("; ") || undefined };
}

const sizeWords = {
  regular: /^(?:r|reg|regular|m|med|medium|12 ?oz)$/i,
  large: /^(?:l|lg|lrg|large|xl|grande|16 ?oz|20 ?oz)$/i,
  standard: /^(?:-|n\/?a|none|std|standard|one size)$/i,
} as const;

/** The till's words for sizes. There are no more than two sizes and none. */
export function guessSizes({ distinct }: SeenColumn): Guess {
  const words = [...new Set([...distinct.keys()].map((word) => word.toLowerCase()))].sort();
  const of = (size: keyof typeof sizeWords) => words.filter((word) => sizeWords[size].test(word));
  const unknown = words.filter((word) => !Object.values(sizeWords).some((pattern) => pattern.test(word)));
  return {
    value: { regular: of("regular"), large: of("large"), standard: [...of("standard"), ...unknown] },
    check: unknown.length > 0 ? `${unknown.join(", ")} could be of any size, and was taken for none` : undefined,
  };
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
