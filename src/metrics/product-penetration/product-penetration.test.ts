import { afterEach, expect, test } from "vitest";
import { openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import type { HandReceipt } from "../small-chain-rows.suite.ts";
import { productPenetration } from "./product-penetration.ts";
import { productPenetrationAnswer, productPenetrationParams } from "./schema.ts";

const leeds = { id: 1, name: "Leeds", region: "Yorkshire and The Humber" };
const york = { id: 2, name: "York", region: "Yorkshire and The Humber" };
const baths = [3, 4, 5].map((id) => ({ id, name: `Bath ${id}`, region: "South West" }));

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

const params = productPenetrationParams.parse({});

function bought(...names: string[]): HandReceipt {
  return { at: "09:00", lines: names.map((name) => [name, 100] as const) };
}

test("a product reaches a share of cafés and of receipts, altogether and in each region", async () => {
  chain = await openSmallChain([leeds, york, ...baths]);
  // The same week: York on Monday, the others on Tuesday. Bath 5 has a delivery without receipts.
  chain.deliver(2, "2026-03-02", [bought("Tea"), bought("Tea", "Tea")]);
  chain.deliver(1, "2026-03-03", [bought("Latte", "Tea"), bought("Latte")]);
  chain.deliver(3, "2026-03-03", [bought("Latte")]);
  chain.deliver(4, "2026-03-03", [bought("Latte"), bought("Latte"), bought("Scone")]);
  chain.deliver(5, "2026-03-03", []);
  await chain.load();
  const answer = productPenetrationAnswer.parse(
    await productPenetration.run(await chain.ask({ compare: "none" }), params),
  );
  expect(answer).toMatchObject({ cafes: 4, receipts: 8, weeks: { from: "2026-03-02", to: "2026-03-03", weeks: 1 } });
  expect(
    answer.products.map(({ name, cafes, cafesShare, receipts, receiptsShare }) => [
      name,
      cafes,
      cafesShare,
      receipts,
      receiptsShare,
    ]),
  ).toEqual([
    ["Latte", 3, 3 / 4, 5, 5 / 8],
    ["Tea", 2, 2 / 4, 3, 3 / 8],
    ["Scone", 1, 1 / 4, 1, 1 / 8],
  ]);
  expect(
    answer.regions.map(({ name, region, cafesShare, receiptsShare }) => [name, region, cafesShare, receiptsShare]),
  ).toEqual([
    ["Latte", "South West", 1, 3 / 4],
    ["Latte", "Yorkshire and The Humber", 1 / 2, 2 / 4],
    ["Tea", "South West", 0, 0],
    ["Tea", "Yorkshire and The Humber", 1, 3 / 4],
    ["Scone", "South West", 1 / 2, 1 / 4],
    ["Scone", "Yorkshire and The Humber", 0, 0],
  ]);
  expect(answer).toMatchObject({ notSold: [], products: [{ othersCafesShare: null }, {}, {}] });
});

test("what other cafés sell and mine do not is listed by its reach there, from three others on", async () => {
  chain = await openSmallChain([leeds, york, ...baths]);
  chain.deliver(1, "2026-03-03", [bought("Latte")]);
  chain.deliver(2, "2026-03-03", [bought("Latte"), bought("Scone")]);
  chain.deliver(3, "2026-03-03", [bought("Scone"), bought("Tea", "Scone")]);
  await chain.load();
  const mine = async () => await productPenetration.run((await chain?.ask({ cafeIds: [1] })) as never, params);
  expect(await mine()).toMatchObject({ cafes: 1, products: [{ name: "Latte", othersCafesShare: null }], notSold: [] });
  chain.deliver(4, "2026-03-03", [bought("Latte")]);
  await chain.load();
  const answer = await mine();
  expect(answer.products).toMatchObject([{ name: "Latte", othersCafesShare: 2 / 3, othersReceiptsShare: 2 / 5 }]);
  expect(answer.notSold).toEqual([
    { name: "Scone", flavour: null, category: "Drinks", othersCafesShare: 2 / 3, othersReceiptsShare: 3 / 5 },
    { name: "Tea", flavour: null, category: "Drinks", othersCafesShare: 1 / 3, othersReceiptsShare: 1 / 5 },
  ]);
});

test("of the cafés that are somebody else's, three have to have sold in these weeks: the rest could be subtracted", async () => {
  chain = await openSmallChain([leeds, york, ...baths]);
  for (const id of [1, 2, 3, 4]) chain.deliver(id, "2026-03-03", [bought("Latte")]);
  chain.deliver(5, "2026-02-24", [bought("Tea")]);
  await chain.load();
  const { ask } = chain;
  const answered = async (from: string, caller: number[]) =>
    await productPenetration.run(await ask({ from, to: "2026-03-03", cafeIds: [1] }, caller), params);
  expect(await answered("2026-03-03", [1, 2])).toMatchObject({ products: [{ othersCafesShare: null }], notSold: [] });
  expect(await answered("2026-02-24", [1, 2])).toMatchObject({ products: [{ othersCafesShare: 3 / 4 }] });
  // Who sees every café that sold has nobody to find out about.
  expect(await answered("2026-03-03", [1, 2, 3, 4])).toMatchObject({ products: [{ othersCafesShare: 1 }] });
});
