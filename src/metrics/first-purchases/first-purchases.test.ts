import { afterEach, expect, test } from "vitest";
import { addDays } from "#core/day.ts";
import { NoDataError } from "../errors.ts";
import { latte, openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import { firstPurchases } from "./first-purchases.ts";
import { firstPurchasesAnswer } from "./schema.ts";

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

const cafes = [
  { id: 1, name: "Leeds", region: "Yorkshire and The Humber" },
  { id: 2, name: "York", region: "Yorkshire and The Humber" },
];
const params = { names: "no", limit: 20 } as const;

test("what newcomers bought on their first day, each customer once a product", async () => {
  chain = await openSmallChain(cafes);
  chain.deliver(1, "2025-12-01", [latte("09:00", 200, 1)]);
  const mocha = {
    at: "10:00",
    lines: [
      ["Mocha", 270],
      ["Mocha", 270],
      ["Latte", 200],
    ] as const,
  };
  chain.deliver(1, "2026-02-23", [
    latte("09:00", 200, 1),
    latte("09:30", 200, 2),
    { ...mocha, customer: 2 },
    { ...mocha, customer: 3 },
  ]);
  // Not the first day, and not known by a card.
  chain.deliver(1, "2026-02-24", [
    { at: "09:00", lines: [["Tea", 150]], customer: 2 },
    { ...mocha, named: 9 },
  ]);
  chain.deliver(2, "2026-03-01", [{ at: "09:00", lines: [["Tea", 150]], customer: 4 }]);
  await chain.load();
  const answer = firstPurchasesAnswer.parse(await firstPurchases.run(await chain.ask(), params));
  expect(answer.customers).toBe(3);
  expect(answer.products.map(({ name, customers, share }) => [name, customers, share])).toEqual([
    ["Latte", 2, 2 / 3],
    ["Mocha", 2, 2 / 3],
    ["Tea", 1, 1 / 3],
  ]);
  const named = await firstPurchases.run(await chain.ask(), { ...params, names: "yes", limit: 1 });
  expect(named).toMatchObject({ customers: 4, products: [{ name: "Latte", customers: 3 }] });
});

test("below head office only products of ten newcomers or more, and not before all 13 weeks can tell them", async () => {
  chain = await openSmallChain(cafes);
  const first = "2025-09-01";
  chain.deliver(1, first);
  for (let week = 4; week < 18; week += 1) {
    const bought = [["Latte", 200]] as const;
    chain.deliver(1, addDays(first, 7 * week), [
      { at: "09:00", lines: bought, customer: 10 * week },
      { at: "09:00", lines: week % 7 === 0 ? [["Mocha", 270]] : [["Tea", 150]], customer: 10 * week + 1 },
    ]);
  }
  chain.deliver(1, addDays(first, 7 * 18 - 1));
  await chain.load();
  const answer = await firstPurchases.run(await chain.ask({}, [1]), params);
  expect(answer.customers).toBe(26);
  expect(answer.products.map(({ name, customers }) => [name, customers])).toEqual([
    ["Latte", 13],
    ["Tea", 11],
  ]);
  const early = await chain.ask({ to: addDays(first, 7 * 15 - 1) }, [1]);
  await expect(firstPurchases.run(early, params)).rejects.toBeInstanceOf(NoDataError);
});
