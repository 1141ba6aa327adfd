/** One side of a cell: a café, or a part of one, over some days. Money is whole pence. */
export interface Side {
  /** Days the café delivered. */
  days: number;
  receipts: number;
  items: number;
  pence: number;
}

/** What a difference in sales is made of, in whole pence. */
export interface Parts {
  days: number;
  visits: number;
  itemsPerReceipt: number;
  priceAndMix: number;
}

export const noParts: Parts = { days: 0, visits: 0, itemsPerReceipt: 0, priceAndMix: 0 };

/**
 * Splits the difference in sales of two sides exactly. Sales = days × receipts a day × items a receipt × pence an item; one
 * factor after another is moved from before to now, and each part is what that changes:
 *
 * - days: the change in days delivered, at the old sales a day (0 where as many days are compared);
 * - visits: the change in receipts a day, on the new days, at the old spend;
 * - items per receipt: the change in items a receipt, on the new receipts, at the old price;
 * - price and mix: the rest, which is the change in pence an item on the new items.
 *
 * So quantities are weighed at old prices and prices at new quantities: a value ratio is a Laspeyres quantity index times a
 * Paasche price index, and nothing is left over (Consumer Price Index Manual: Theory and Practice, ILO, IMF and others, 2004,
 * chapter 15). Each is rounded to the penny, and price and mix takes what remains.
 *
 * Without a receipt on one side there is no spend to hold constant: all of it is visits. Something not sold before had no
 * price: all of it that visits do not explain is items.
 */
export function splitOf(before: Side, now: Side): Parts {
  const difference = now.pence - before.pence;
  if (before.receipts === 0 || now.receipts === 0) return { ...noParts, visits: difference };
  const sales = BigInt(before.pence);
  const [days0, days1] = [BigInt(before.days), BigInt(now.days)];
  const [receipts0, receipts1] = [BigInt(before.receipts), BigInt(now.receipts)];
  const [items0, items1] = [BigInt(before.items), BigInt(now.items)];
  const days = rounded(sales * (days1 - days0), days0);
  const visits = rounded(sales * (receipts1 * days0 - receipts0 * days1), receipts0 * days0);
  if (items0 === 0n && sales === 0n) return { ...noParts, itemsPerReceipt: difference };
  const itemsPerReceipt =
    items0 === 0n ? 0 : rounded(sales * (items1 * receipts0 - items0 * receipts1), items0 * receipts0);
  return { days, visits, itemsPerReceipt, priceAndMix: difference - days - visits - itemsPerReceipt };
}

/** Both together. */
export function addedParts(one: Parts, other: Parts): Parts {
  return {
    days: one.days + other.days,
    visits: one.visits + other.visits,
    itemsPerReceipt: one.itemsPerReceipt + other.itemsPerReceipt,
    priceAndMix: one.priceAndMix + other.priceAndMix,
  };
}

/** The nearest whole number to a fraction with a positive denominator, a half up, as Math.round has it. */
function rounded(numerator: bigint, denominator: bigint): number {
  const doubled = 2n * numerator + denominator;
  const by = 2n * denominator;
  const floor = doubled / by - (doubled % by < 0n ? 1n : 0n);
  return Number(floor);
}
