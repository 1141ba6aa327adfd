import fc from "fast-check";
import { expect, test } from "vitest";
import { type Side, splitOf } from "./split.ts";

const side = (days: number, receipts: number, items: number, pence: number): Side => ({ days, receipts, items, pence });

test("each part is what one factor changes, worked out on paper", () => {
  // 2 days of 10 receipts of 1.5 items at £2; then 3 days of 8 receipts of 2 items at £2.10.
  expect(splitOf(side(2, 20, 30, 6000), side(3, 24, 48, 10080))).toEqual({
    // One day more at 3000 a day; 2 receipts a day fewer on 3 days at 300 a receipt; half an item more on 24 receipts at 200.
    days: 3000,
    visits: -1800,
    itemsPerReceipt: 2400,
    priceAndMix: 480,
  });
});

test("without a receipt on one side, all of it is visits", () => {
  expect(splitOf(side(1, 0, 0, 0), side(1, 3, 4, 700))).toMatchObject({ visits: 700, priceAndMix: 0 });
  expect(splitOf(side(1, 3, 4, 700), side(1, 0, 0, 0))).toMatchObject({ visits: -700, priceAndMix: 0 });
});

test("what was not sold before had no price: it is items, and what is no longer sold is visits and items", () => {
  expect(splitOf(side(1, 10, 0, 0), side(1, 20, 4, 900))).toMatchObject({ visits: 0, itemsPerReceipt: 900 });
  expect(splitOf(side(1, 10, 4, 900), side(1, 20, 0, 0))).toMatchObject({
    visits: 900,
    itemsPerReceipt: -1800,
    priceAndMix: 0,
  });
});

test("a half penny goes up on either side of nothing", () => {
  expect(splitOf(side(1, 2, 2, 1), side(1, 3, 3, 2))).toMatchObject({ visits: 1, priceAndMix: 0 });
  expect(splitOf(side(1, 2, 2, 1), side(1, 1, 1, 0))).toMatchObject({ visits: 0, priceAndMix: -1 });
});

const count = fc.integer({ min: 0, max: 3_000_000 });
const anySide = fc.record({
  days: fc.integer({ min: 1, max: 1100 }),
  receipts: count,
  items: count,
  pence: fc.integer({ min: -1000, max: 3_000_000_000 }),
});

test("whatever the sides, the parts are whole pence that add up to the difference", () => {
  fc.assert(
    fc.property(anySide, anySide, (before, now) => {
      const parts = Object.values(splitOf(before, now));
      expect(parts.every(Number.isSafeInteger)).toBe(true);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(now.pence - before.pence);
    }),
    { numRuns: 1000 },
  );
});

test("where nothing changes but one factor, the other parts are nothing", () => {
  fc.assert(
    fc.property(anySide, fc.integer({ min: 2, max: 9 }), (before, times) => {
      fc.pre(before.receipts > 0 && before.items > 0);
      const { days, receipts, items, pence } = before;
      const grown = (to: Partial<Side>) => splitOf(before, { ...before, ...to });
      const all = { days: days * times, receipts: receipts * times, items: items * times, pence: pence * times };
      expect(grown(all)).toMatchObject({ visits: 0, itemsPerReceipt: 0, priceAndMix: 0 });
      expect(grown({ ...all, days })).toMatchObject({ days: 0, itemsPerReceipt: 0, priceAndMix: 0 });
      expect(grown({ ...all, days, receipts })).toMatchObject({ days: 0, visits: 0, priceAndMix: 0 });
      expect(grown({ pence: pence * times })).toMatchObject({ days: 0, visits: 0, itemsPerReceipt: 0 });
    }),
  );
});
