import type { Trust } from "../../../../src/api/contract/index.ts";
import { nothingExpected } from "../../parts/trust.ts";

/** Said in place of a day's receipts when there are none: those of a closed café are not late. */
export function noReceipts(trust: Trust): string {
  if (nothingExpected(trust)) return "The café was not open on this day.";
  return trust.cafeDaysIn > 0
    ? "The café delivered this day without a receipt."
    : "No receipt has arrived for this day.";
}
