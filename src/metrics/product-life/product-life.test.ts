import { afterEach, expect, test } from "vitest";
import { addDays } from "#core/day.ts";
import { openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import { productLife } from "./product-life.ts";
import { productLifeAnswer, productLifeParams } from "./schema.ts";

const leeds = { id: 1, name: "Leeds", region: "Yorkshire and The Humber" };
const york = { id: 2, name: "York", region: "Yorkshire and The Humber" };

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

const params = productLifeParams.parse({ days: "7" });
/** A Tuesday, the last of the 28 days before is a Monday. */
const last = "2026-03-31";

type Sold = readonly [name: string, from: number, until: number, each?: number];

/** Days counted back from the last: each product is sold from one to another of them, once or more often. */
function deliver(cafe: number, days: number, products: readonly Sold[], without: readonly number[] = []): void {
  for (let ago = days; ago >= 0; ago -= 1) {
    if (without.includes(ago)) continue;
    const lines = products.flatMap(([name, from, until, each = 1]) =>
      ago <= from && ago >= until ? Array.from({ length: each }, () => [name, 100] as const) : [],
    );
    chain?.deliver(cafe, addDays(last, -ago), lines.length === 0 ? [] : [{ at: "09:00", lines }]);
  }
}

test("launched is what the cafés did without for so many days, and sell since", async () => {
  chain = await openSmallChain([leeds, york]);
  deliver(1, 40, [
    ["Latte", 40, 0],
    ["Cortado", 5, 0, 2],
    ["Mocha", 20, 0],
  ]);
  deliver(2, 10, [["Cortado", 3, 0]]);
  await chain.load();
  const answer = productLifeAnswer.parse(await productLife.run(await chain.ask({ compare: "none" }), params));
  expect(answer).toMatchObject({ days: 7, since: addDays(last, -6), declining: [], allItemsChange: null, stopped: [] });
  // Six days of two in Leeds, four of one in York.
  expect(answer.launched).toEqual([
    {
      name: "Cortado",
      flavour: null,
      category: "Drinks",
      firstOn: addDays(last, -5),
      daysSince: 6,
      cafes: 2,
      items: 16,
      totalPence: 1600,
    },
  ]);
  // A longer period looks further back.
  const month = await productLife.run(await chain.ask({ from: addDays(last, -27), compare: "none" }), params);
  expect(month.launched.map(({ name }) => name)).toEqual(["Cortado", "Mocha"]);
});

test("what a café sold when it opened is not launched", async () => {
  chain = await openSmallChain([leeds, york]);
  deliver(1, 40, [["Latte", 40, 0]]);
  deliver(2, 6, [["Scone", 6, 0]]);
  await chain.load();
  const asked = { compare: "none" as const };
  expect((await productLife.run(await chain.ask({ ...asked, cafeIds: [2] }), params)).launched).toEqual([]);
  // To the chain, which had been there without it, it is new.
  expect((await productLife.run(await chain.ask(asked), params)).launched).toMatchObject([{ name: "Scone" }]);
});

test("stopped is what was not sold for so many days on which its cafés delivered", async () => {
  chain = await openSmallChain([leeds, york]);
  deliver(1, 20, [
    ["Latte", 20, 0],
    ["Mocha", 20, 8, 3],
    ["Tea", 20, 6],
  ]);
  // York sold scones until it delivered no more, ten days ago: nobody knows about scones.
  deliver(2, 20, [["Scone", 20, 10]], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  await chain.load();
  const { stopped, since } = await productLife.run(await chain.ask({ compare: "none" }), params);
  expect(since).toBe("2026-03-25");
  // Mocha was last sold on 23 March; 18 March, a week before `since`, is in the week from Monday 16.
  expect(stopped).toEqual([
    {
      name: "Mocha",
      flavour: null,
      category: "Drinks",
      firstWeek: "2026-03-09",
      lastOn: "2026-03-23",
      silentDays: 8,
      cafes: 1,
      items: 24,
      totalPence: 2400,
    },
  ]);
});

test("declining is a fall by more than a tenth and more than chance, like for like", async () => {
  chain = await openSmallChain([leeds, york]);
  const week = (name: string, before: number, now: number): Sold[] => [
    [name, 13, 7, before],
    [name, 6, 0, now],
  ];
  deliver(1, 13, [...week("Latte", 100, 95), ...week("Mocha", 20, 12), ...week("Tea", 2, 1), ...week("Scone", 10, 30)]);
  // York has no week before: its mochas are not compared.
  deliver(2, 6, [["Mocha", 6, 0, 50]]);
  await chain.load();
  const { declining, allItemsChange } = await productLife.run(await chain.ask({ from: addDays(last, -6) }), params);
  // 140 against 84: 56 fewer is more than 2 × √224. 14 teas against 7 are not more than 2 × √21; lattes fell by a twentieth.
  expect(declining).toMatchObject([
    { name: "Mocha", itemsChange: { now: 84, before: 140, ratio: -0.4 }, change: { difference: -5600 } },
  ]);
  expect(allItemsChange).toMatchObject({ now: 7 * 138, before: 7 * 132 });
});
