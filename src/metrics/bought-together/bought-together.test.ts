import { afterEach, expect, test } from "vitest";
import { latte, openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import type { HandReceipt } from "../small-chain-rows.suite.ts";
import { boughtTogether } from "./bought-together.ts";
import { boughtTogetherAnswer, boughtTogetherParams } from "./schema.ts";

const leeds = { id: 1, name: "Leeds", region: "Yorkshire and The Humber" };
const bath = { id: 2, name: "Bath", region: "South West" };

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

const params = boughtTogetherParams.parse({ fewest: "10" });

/** So many receipts of these names, at 100 pence each. */
function receipts(count: number, ...names: string[]): HandReceipt[] {
  return Array.from({ length: count }, () => ({ at: "09:00", lines: names.map((name) => [name, 100] as const) }));
}

test("support, confidence and lift are over receipts with two different products", async () => {
  chain = await openSmallChain([leeds]);
  chain.deliver(1, "2026-03-03", [
    ...receipts(120, "Latte", "Brownie"),
    ...receipts(120, "Tea", "Scone"),
    ...receipts(30, "Latte", "Scone"),
    ...receipts(30, "Tea", "Brownie"),
    // Alone, or twice the same: they say nothing of what goes with what.
    ...receipts(500, "Latte"),
    ...receipts(7, "Latte", "Latte"),
    ...receipts(9, "Tea", "Latte"),
  ]);
  await chain.load();
  const answer = boughtTogetherAnswer.parse(await boughtTogether.run(await chain.ask(), params));
  // 309 baskets; lattes in 120 + 30 + 9 of them, brownies in 150, tea in 159, scones in 150.
  expect(answer).toMatchObject({ receipts: 816, baskets: 309, fewest: 10, pairs: 4, withheld: 1 });
  expect(answer.together.map(({ name, otherName, receipts }) => [name, otherName, receipts])).toEqual([
    ["Latte", "Brownie", 120],
    ["Tea", "Scone", 120],
  ]);
  expect(answer.together[0]).toMatchObject({
    support: 120 / 309,
    confidence: 120 / 159,
    otherConfidence: 120 / 150,
    expectedReceipts: (159 * 150) / 309,
    lift: (120 * 309) / (159 * 150),
  });
  expect(answer.apart.map(({ name, otherName, lift }) => [name, otherName, lift])).toEqual([
    ["Latte", "Scone", (30 * 309) / (159 * 150)],
    ["Tea", "Brownie", (30 * 309) / (159 * 150)],
  ]);
  expect(answer.frequent.map(({ receipts }) => receipts)).toEqual([120, 120, 30, 30]);
});

test("a receipt counts once for a pair, however often it holds either, in whatever size", async () => {
  chain = await openSmallChain([leeds]);
  chain.deliver(
    1,
    "2026-03-03",
    Array.from({ length: 12 }, () => ({
      at: "09:00",
      lines: [
        ["Latte", 200],
        ["Brownie", 150],
        ["Latte", 230, undefined, "large"],
        ["Brownie", 150],
      ],
    })),
  );
  await chain.load();
  const { frequent, baskets } = await boughtTogether.run(await chain.ask(), params);
  expect(frequent).toMatchObject([{ name: "Brownie", otherName: "Latte", receipts: 12, lift: 1 }]);
  expect(baskets).toBe(12);
});

test("pairs chance explains are neither together nor apart, and are still among the frequent", async () => {
  chain = await openSmallChain([leeds]);
  chain.deliver(1, "2026-03-03", [
    ...receipts(25, "Latte", "Brownie"),
    ...receipts(25, "Latte", "Scone"),
    ...receipts(25, "Tea", "Brownie"),
    ...receipts(26, "Tea", "Scone"),
  ]);
  await chain.load();
  const { together, apart, frequent } = await boughtTogether.run(await chain.ask(), params);
  expect([together, apart]).toEqual([[], []]);
  expect(frequent[0]).toMatchObject({ name: "Scone", otherName: "Tea", receipts: 26 });
});

test("the weeks that the period touches are counted, of the caller's cafés only", async () => {
  chain = await openSmallChain([leeds, bath]);
  // Sunday, Monday, Tuesday and the Monday after.
  chain.deliver(1, "2026-03-01", receipts(100, "Latte", "Brownie"));
  chain.deliver(1, "2026-03-02", receipts(11, "Latte", "Brownie"));
  chain.deliver(1, "2026-03-03", receipts(10, "Latte", "Brownie"));
  chain.deliver(2, "2026-03-03", receipts(1000, "Latte", "Brownie"));
  chain.deliver(1, "2026-03-09", [latte("09:00", 200)]);
  await chain.load();
  const question = await chain.ask({ from: "2026-03-03", to: "2026-03-03" }, [1]);
  const { weeks, baskets, frequent } = await boughtTogether.run(question, params);
  expect(weeks).toEqual({ from: "2026-03-02", to: "2026-03-08", weeks: 1 });
  expect(baskets).toBe(21);
  expect(frequent).toMatchObject([{ receipts: 21 }]);
});

test("nobody can ask for pairs on fewer than ten receipts", () => {
  expect(boughtTogetherParams.safeParse({ fewest: "9" }).success).toBe(false);
});
