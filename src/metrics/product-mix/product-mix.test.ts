import { afterEach, expect, test } from "vitest";
import { openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import { productMix } from "./product-mix.ts";
import { productMixAnswer } from "./schema.ts";

const leeds = { id: 1, name: "Leeds", region: "Yorkshire and The Humber" };
const others = [2, 3, 4].map((id) => ({ id, name: `Bath ${id}`, region: "South West" }));

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

/** A Tuesday of Leeds with a large latte at 300 and so many caramel lattes at 100, and the same in Bath without the caramel. */
async function deliver(day: string, caramels: number): Promise<void> {
  chain?.deliver(1, day, [
    { at: "09:00", lines: [["Latte", 300, undefined, "large"], ...caramelLattes(caramels)] },
    { at: "10:00", lines: [["Tea", 100, undefined, "regular", "Tea"]] },
  ]);
}

function caramelLattes(count: number) {
  return Array.from({ length: count }, () => ["Flavoured latte", 100, "Caramel"] as const);
}

test("shares by category, size and flavour add up to one, and change in points", async () => {
  chain = await openSmallChain([leeds]);
  await deliver("2026-02-24", 0);
  await deliver("2026-03-03", 4);
  await chain.load();
  const answer = productMixAnswer.parse(await productMix.run(await chain.ask(), {}));
  // Now 300 + 4 × 100 + 100 = 800 pence in 6 items; before, 300 + 100 = 400.
  expect(answer).toMatchObject({ items: 6, totalPence: 800 });
  expect(answer.categories).toMatchObject([
    {
      name: "Drinks",
      items: 5,
      itemsShare: 5 / 6,
      totalPence: 700,
      salesShare: 7 / 8,
      change: { now: 700, before: 300 },
      salesShareChange: { now: 7 / 8, before: 3 / 4, difference: 1 / 8 },
    },
    { name: "Tea", totalPence: 100, salesShare: 1 / 8, salesShareChange: { difference: -1 / 8 } },
  ]);
  expect(answer.sizes.map(({ name, totalPence }) => [name, totalPence])).toEqual([
    ["regular", 500],
    ["large", 300],
  ]);
  // Sold alike, in the order of their names; null is without a flavour.
  expect(answer.flavours.map(({ name, totalPence }) => [name, totalPence])).toEqual([
    [null, 400],
    ["Caramel", 400],
  ]);
  for (const list of [answer.categories, answer.sizes, answer.flavours]) {
    expect(list.reduce((sum, { salesShare }) => sum + (salesShare ?? 0), 0)).toBeCloseTo(1, 12);
  }
});

test("regions have shares of their own", async () => {
  chain = await openSmallChain([leeds, ...others]);
  await deliver("2026-03-03", 0);
  chain.deliver(2, "2026-03-03", [{ at: "09:00", lines: [["Tea", 100, undefined, "regular", "Tea"]] }]);
  await chain.load();
  const { regions } = await productMix.run(await chain.ask({ compare: "none" }), {});
  expect(regions.map(({ region, category, salesShare }) => [region, category, salesShare])).toEqual([
    ["South West", "Tea", 1],
    ["Yorkshire and The Humber", "Drinks", 3 / 4],
    ["Yorkshire and The Humber", "Tea", 1 / 4],
  ]);
});

test("other cafés are a share, never pence, and only where there are three of them", async () => {
  chain = await openSmallChain([leeds, ...others]);
  await deliver("2026-03-03", 0);
  for (const id of [2, 3]) {
    chain.deliver(id, "2026-03-03", [{ at: "09:00", lines: [["Latte", 300, undefined, "large"]] }]);
  }
  await chain.load();
  const two = await productMix.run(await chain.ask({ compare: "none", cafeIds: [1] }), {});
  expect(two.categories.map(({ othersSalesShare }) => othersSalesShare)).toEqual([null, null]);
  chain.deliver(4, "2026-03-03", [{ at: "09:00", lines: [["Tea", 200, undefined, "regular", "Tea"]] }]);
  await chain.load();
  const three = await productMix.run(await chain.ask({ compare: "none", cafeIds: [1] }), {});
  expect(three.totalPence).toBe(400);
  expect(three.categories.map(({ name, othersSalesShare }) => [name, othersSalesShare])).toEqual([
    ["Drinks", 600 / 800],
    ["Tea", 200 / 800],
  ]);
});

test("of the cafés that are somebody else's, three have to have sold in the period: the rest could be subtracted", async () => {
  const york = { id: 5, name: "York", region: "Yorkshire and The Humber" };
  chain = await openSmallChain([leeds, york, ...others]);
  const tea = { at: "09:00", lines: [["Tea", 200, undefined, "regular", "Tea"]] } as const;
  await deliver("2026-03-03", 0);
  for (const id of [2, 3, 5]) chain.deliver(id, "2026-03-03", [tea]);
  chain.deliver(4, "2026-03-02", [tea]);
  await chain.load();
  const { ask } = chain;
  const shares = async (from: string, caller: number[]) => {
    const question = await ask({ from, to: "2026-03-03", compare: "none", cafeIds: [1] }, caller);
    return (await productMix.run(question, {})).categories.map(({ othersSalesShare }) => othersSalesShare);
  };
  expect(await shares("2026-03-03", [1, 5])).toEqual([null, null]);
  expect(await shares("2026-03-02", [1, 5])).toEqual([0, 1]);
  // Who sees every café that sold has nobody to find out about.
  expect(await shares("2026-03-03", [1, 2, 3, 5])).toEqual([0, 1]);
});
