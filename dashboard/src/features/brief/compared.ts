import { share } from "../../format/number.ts";

/** From this share of the sales on, what is compared stands for all of them. */
const STANDS_FOR_ALL = 0.8;

/** The share of the sales that a comparison speaks of, where that is clearly less than all of them; else undefined. */
export function partCompared(comparedPence: number, totalPence: number | null | undefined): string | undefined {
  if (!totalPence || comparedPence >= totalPence * STANDS_FOR_ALL) return undefined;
  return share(comparedPence / totalPence);
}

/** Said where nothing has a counterpart: no café was open and has delivered, on ordinary days, both now and then. */
export function noneCompared(days: string): string {
  return `None of these sales can be compared with ${days}.`;
}
