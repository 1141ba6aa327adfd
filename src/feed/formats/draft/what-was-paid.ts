import type { Assigned } from "./assign-columns.ts";
import { isMoney, looksLike, type SeenColumn, wordsOf } from "./columns.ts";

/** Less than what was paid, or another thing than that. */
const lessWords =
  /\b(?:net|ex|excl\w*|without|before|sub|subtotal|discounts?|tips?|gratuity|service|change|tendered|costs?|margin|refund\w*)\b/;
const allWords = /\b(?:gross|incl?|including)\b/;
const taxWords = /\b(?:vat|tax)\b/;

/** How surely a header names what the customer paid, tax included: 2 where it says so, 0 where it says something else. */
export function fullness(column: SeenColumn): 0 | 1 | 2 {
  const words = wordsOf(column);
  if (lessWords.test(words)) return 0;
  if (allWords.test(words)) return 2;
  return taxWords.test(words) ? 0 : 1;
}

/** What to check about the amounts: the names in a header cannot settle which of several was paid. */
export function doubtfulAmounts(columns: readonly SeenColumn[], found: Assigned): string[] {
  const meant = (["total", "price"] as const).flatMap((meaning) => {
    const column = found[meaning];
    return column ? [{ meaning, column }] : [];
  });
  const assigned = new Set(Object.values(found));
  const others = columns.filter((column) => !assigned.has(column) && isMoneyToo(column));
  if (others.length === 0 && meant.every(({ column }) => fullness(column) > 0)) return [];
  const taken = meant
    .map(({ meaning, column }) => `column ${column.index + 1} was taken for the ${meaning}`)
    .join(" and ");
  const beside =
    others.length === 0 ? "" : `, and there is money in column ${others.map(({ index }) => index + 1).join(", ")} too`;
  return [`${taken}${beside}: see that sales are what customers paid, VAT included`];
}

/** Money by its looks, or by its name where it is mostly nothing, as discounts are. */
function isMoneyToo(column: SeenColumn): boolean {
  return isMoney(column) || (fullness(column) === 0 && looksLike(column, "total"));
}
