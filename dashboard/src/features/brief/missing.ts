import type { DeliveriesAnswer } from "../../../../src/api/contract/index.ts";
import { shortDay } from "../../format/date.ts";
import { count } from "../../format/number.ts";
import { capital, firstOf, inWords, plural } from "../../format/words.ts";

/** A café's day with a delivery far smaller than is usual for it. */
export type SmallDay = DeliveriesAnswer["unusuallySmall"][number];

/** Unusually small deliveries that are told in words; the section's table has all of them. */
const TOLD = 3;

/** What the section about missing cafés comes to: who has not delivered, or else who sent far less than usual. */
export function missingTitle(
  absent: readonly { name: string }[],
  small: readonly { name: string }[],
  expected: number,
): string {
  if (absent.length > 0) return `${namesOf(absent)} ${absent.length === 1 ? "has" : "have"} not delivered everything`;
  if (small.length > 0) return `${namesOf(small)} sent far less than usual`;
  if (expected === 0) return "No delivery was expected";
  return expected === 1 ? "Nothing is missing" : "Nothing is missing from these cafés";
}

/** Said in place of a list when none of many cafés is missing anything. Closed ones have delivered nothing. */
export function allDelivered(expected: number): string {
  return expected === 0
    ? "No café was open on these days."
    : `${expected === 1 ? "The one café that was open has" : `All ${count(expected)} cafés that were open have`} delivered every day that was expected.`;
}

/** York sent 12 receipts, usually 140. In a period of several days, each with its day. */
export function smallWords(small: readonly SmallDay[], days: number, today: string): string {
  const told = small.slice(0, TOLD).map(({ name, date, receipts, usualReceipts }) => {
    const sent = receipts === 0 ? "no receipts" : `${count(receipts)} ${plural(receipts, "receipt")}`;
    return `${name} sent ${sent}${days === 1 ? "" : ` on ${shortDay(date, today)}`}, usually ${count(usualReceipts)}.`;
  });
  const more = small.length - told.length;
  const rest =
    more > 0 ? [`${capital(inWords(more))} more ${plural(more, "delivery was", "deliveries were")} as small.`] : [];
  return [...told, ...rest, `Look whether ${plural(small.length, "the file was", "the files were")} cut off.`].join(
    " ",
  );
}

function namesOf(cafes: readonly { name: string }[]): string {
  const names = [...new Set(cafes.map(({ name }) => name))];
  return firstOf(names, names.length > 3 ? 2 : 3);
}
