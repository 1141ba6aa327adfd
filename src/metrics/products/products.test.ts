import { afterEach, expect, test } from "vitest";
import { latte, openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import { products } from "./products.ts";
import { productsAnswer, productsParams } from "./schema.ts";

const leeds = { id: 1, name: "Leeds", region: "Yorkshire and The Humber" };
const york = { id: 2, name: "York", region: "Yorkshire and The Humber" };

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

const params = productsParams.parse({});

test("products rank by sales, sizes together, names as the till wrote them", async () => {
  chain = await openSmallChain([leeds]);
  chain.deliver(1, "2026-03-03", [
    {
      at: "09:00",
      lines: [
        ["Latte", 215],
        ["Latte", 245, undefined, "large"],
      ],
    },
    {
      at: "10:00",
      lines: [
        ["Flavoured latte", 255, "Hazelnut"],
        ["Hot chocolate", 220],
        ["Hot Chocolate", 140],
      ],
    },
  ]);
  await chain.load();
  const answer = productsAnswer.parse(await products.run(await chain.ask({ compare: "none" }), params));
  expect(answer.top.map(({ name, flavour, items, totalPence }) => [name, flavour, items, totalPence])).toEqual([
    ["Latte", null, 2, 460],
    ["Flavoured latte", "Hazelnut", 1, 255],
    ["Hot chocolate", null, 1, 220],
    ["Hot Chocolate", null, 1, 140],
  ]);
  expect(answer).toMatchObject({ products: 4, totalPence: 1075, items: 5, rising: [], falling: [] });
  expect(answer.top[0]).toMatchObject({ share: 460 / 1075, change: null });
});

test("rises and falls are like for like, and include what is new and what is gone", async () => {
  chain = await openSmallChain([leeds, york]);
  chain.deliver(1, "2026-02-24", [
    {
      at: "09:00",
      lines: [
        ["Latte", 200],
        ["Frappes", 300, "Coffee"],
        ["Mocha", 250],
      ],
    },
  ]);
  chain.deliver(1, "2026-03-03", [
    {
      at: "09:00",
      lines: [
        ["Latte", 200],
        ["Latte", 200],
        ["Mocha", 230],
        ["Cortado", 190],
      ],
    },
  ]);
  // York has no counterpart: its lattes are in the total, not in the change.
  chain.deliver(2, "2026-03-03", [latte("09:00", 200)]);
  await chain.load();
  const { top, rising, falling } = await products.run(await chain.ask(), params);
  expect(top[0]).toMatchObject({
    name: "Latte",
    totalPence: 600,
    change: { now: 400, before: 200 },
    itemsChange: { difference: 1 },
  });
  expect(rising.map(({ name, change }) => [name, change?.difference, change?.ratio])).toEqual([
    ["Latte", 200, 1],
    ["Cortado", 190, null],
  ]);
  expect(falling.map(({ name, flavour, items, change }) => [name, flavour, items, change?.difference])).toEqual([
    ["Frappes", "Coffee", 0, -300],
    ["Mocha", null, 1, -20],
  ]);
});

test("the limit holds for each list", async () => {
  chain = await openSmallChain([leeds]);
  chain.deliver(1, "2026-03-03", [
    {
      at: "09:00",
      lines: [
        ["Latte", 200],
        ["Mocha", 230],
      ],
    },
  ]);
  await chain.load();
  expect((await products.run(await chain.ask(), productsParams.parse({ limit: "1" }))).top).toHaveLength(1);
});
