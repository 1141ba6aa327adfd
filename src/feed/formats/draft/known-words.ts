/**
 * The words a draft may show. A column that looks like payments or sizes may hold names and card numbers all the same, and a
 * regular's name stands there as often as a till's own word; so a draft writes what is made of these words, and nothing else.
 */
const paymentWords = wordsIn(`
  cash note notes coin coins card cards visa mastercard master mc maestro electron delta amex american express diners discover jcb
  unionpay contactless chip pin tap swipe debit credit apple google samsung pay paypal klarna clearpay stripe sumup square zettle
  izettle shopify adyen worldpay dojo payment payments paid gift voucher vouchers coupon account on house staff loyalty points reward rewards meal deal
  cheque check bank transfer bacs invoice online app web phone mobile qr prepaid preorder free complimentary deliveroo uber eats just
  eat split mixed other unknown none and by in or`);

const sizeWords = wordsIn(`
  xs s small r reg regular m med medium l lg lrg large xl xxl extra mini kid kids child children short tall grande venti piccolo primo
  medio massimo big normal standard std default single double triple one size none no n a na half full whole slice piece portion cup
  mug pot glass bottle can jug bowl bucket takeaway oz ml cl`);

/** `12oz`, `250ml`, and a number that is too short to be anybody's. */
const measure = /^(?:\d{1,4}(?:oz|ml|cl|l|g|cm|in|inch)|\d{1,2})$/;

export function isPaymentWord(text: string): boolean {
  return isMadeOf(text, (word) => paymentWords.has(word));
}

export function isSizeWord(text: string): boolean {
  const digits = text.replace(/\D/g, "").length;
  return digits <= 4 && isMadeOf(text, (word) => sizeWords.has(word) || measure.test(word));
}

/** A dash alone says that there is nothing to say. */
function isMadeOf(text: string, isKnown: (word: string) => boolean): boolean {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu);
  return words ? words.every(isKnown) : text === "-";
}

function wordsIn(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
