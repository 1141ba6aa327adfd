import { afterEach, expect, test } from "vitest";
import { addDays } from "#core/day.ts";
import { openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import { productPrices } from "./product-prices.ts";
import { productPricesAnswer, productPricesParams } from "./schema.ts";

const leeds = { id: 1, name: "Leeds", region: "Yorkshire and The Humber" };
const york = { id: 2, name: "York", region: "Yorkshire and The Humber" };

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

const params = productPricesParams.parse({});
const first = "2026-03-02";
const day = (number: number) => addDays(first, number);

/** A day of so many lattes at a price, and ten teas at 100. */
function sell(cafe: number, date: string, lattes: number, pence: number): void {
  chain?.deliver(cafe, date, [
    { at: "09:00", lines: Array.from({ length: lattes }, () => ["Latte", pence] as const) },
    { at: "10:00", lines: Array.from({ length: 10 }, () => ["Tea", 100] as const) },
  ]);
}

test("price points say how much was sold at each price, where and when", async () => {
  chain = await openSmallChain([leeds, york]);
  sell(1, day(0), 6, 200);
  sell(1, day(1), 4, 210);
  sell(2, day(1), 2, 200);
  await chain.load();
  const asked = { from: day(0), to: day(1), compare: "none" as const };
  const { points, changes } = productPricesAnswer.parse(await productPrices.run(await chain.ask(asked), params));
  // 8 × 200 + 4 × 210 = 2,440 pence of lattes; 30 teas at 100 are more.
  expect(points.map(({ name, pricePence, items, totalPence }) => [name, pricePence, items, totalPence])).toEqual([
    ["Tea", 100, 30, 3000],
    ["Latte", 200, 8, 1600],
    ["Latte", 210, 4, 840],
  ]);
  expect(points[1]).toMatchObject({
    size: "regular",
    itemsShare: 8 / 12,
    cafes: 2,
    itemsPerCafeDay: 4,
    firstOn: day(0),
    lastOn: day(1),
  });
  expect(changes).toEqual([]);
});

test("a rise is found on its day, with volume a café and day and the share of all items on either side", async () => {
  chain = await openSmallChain([leeds, york]);
  // Three weeks at 200, then sixteen days at 220, which are two whole weeks.
  for (let number = 0; number < 37; number += 1) sell(1, day(number), number < 21 ? 20 : 15, number < 21 ? 200 : 220);
  // York is there for the new price only; its lattes are over two cafés then.
  for (let number = 21; number < 37; number += 1) sell(2, day(number), 5, 220);
  await chain.load();
  const { changes, since } = await productPrices.run(await chain.ask({ compare: "none" }), params);
  expect(since).toBe(day(9));
  expect(changes).toMatchObject([
    {
      name: "Latte",
      on: day(21),
      beforePence: 200,
      pricePence: 220,
      priceRatio: 0.1,
      weeksCompared: 2,
      volumeChange: { now: 10, before: 20, ratio: -0.5 },
      itemsShareChange: { now: 20 / 40, before: 20 / 30 },
    },
  ]);
});

test("a weekend's offer is no change of price, and a change in its first week is not yet one", async () => {
  chain = await openSmallChain([leeds]);
  const priceOn = (number: number) => (number >= 10 && number < 12 ? 150 : number < 30 ? 200 : 210);
  for (let number = 0; number < 36; number += 1) sell(1, day(number), 10, priceOn(number));
  await chain.load();
  expect((await productPrices.run(await chain.ask({ compare: "none" }), params)).changes).toEqual([]);
  sell(1, day(36), 10, 210);
  await chain.load();
  expect((await productPrices.run(await chain.ask({ compare: "none" }), params)).changes).toMatchObject([
    { on: day(30), beforePence: 200, weeksCompared: 1, volumeChange: { ratio: 0 } },
  ]);
});

test("the usual price is the one most is sold at: one café's own price changes nothing for the rest", async () => {
  chain = await openSmallChain([leeds, york]);
  for (let number = 0; number < 28; number += 1) {
    sell(1, day(number), 10, 200);
    sell(2, day(number), 5, number < 14 ? 200 : 180);
  }
  await chain.load();
  expect((await productPrices.run(await chain.ask({ compare: "none" }), params)).changes).toEqual([]);
  expect((await productPrices.run(await chain.ask({ compare: "none", cafeIds: [2] }), params)).changes).toMatchObject([
    { on: day(14), beforePence: 200, pricePence: 180, weeksCompared: 2 },
  ]);
});
