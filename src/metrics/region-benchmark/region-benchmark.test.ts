import { afterEach, expect, test } from "vitest";
import { latte, openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import type { HandCafe } from "../small-chain-rows.suite.ts";
import { regionBenchmark } from "./region-benchmark.ts";
import { regionBenchmarkAnswer } from "./schema.ts";

const cafe = (id: number, region: string, country: string | undefined): HandCafe => ({
  id,
  name: `Café ${id}`,
  region,
  ...(country ? { country } : {}),
});
const yorkshire = (id: number) => cafe(id, "Yorkshire and The Humber", "England");
const southWest = (id: number) => cafe(id, "South West", "England");
const scotland = (id: number) => cafe(id, "Scotland", "Scotland");

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

/** Every café sells 100 on 24 February, and a penny for each of its id more on 3 March: café 7 sells 107. */
async function openChain(cafes: readonly HandCafe[]): Promise<SmallChain> {
  chain = await openSmallChain(cafes);
  for (const { id } of cafes) {
    chain.deliver(id, "2026-02-24", [latte("09:00", 100)]);
    chain.deliver(id, "2026-03-03", [latte("09:00", 100 + id)]);
  }
  await chain.load();
  return chain;
}

test("a region is measured against its other cafés, where there are three", async () => {
  const { ask } = await openChain([1, 2, 3, 4].map(yorkshire).concat(southWest(9)));
  const answer = regionBenchmarkAnswer.parse(await regionBenchmark.run(await ask({ cafeIds: [1] }), {}));
  expect(answer.regions).toMatchObject([
    {
      region: "Yorkshire and The Humber",
      own: { cafes: 1, averageSpendPence: 101, itemsPerReceipt: 1, sales: { now: 101, before: 100, ratio: 0.01 } },
      benchmark: {
        level: "region",
        name: "Yorkshire and The Humber",
        cafes: 3,
        averageSpendPence: 103,
        salesRatio: 0.03,
        receiptsRatio: 0,
        averageSpendRatio: 0.03,
        itemsPerReceiptRatio: 0,
      },
      tried: [{ level: "region", cafes: 3, enough: true }],
    },
  ]);
});

test("with too few in the region the nation stands in, then the chain, and it says so", async () => {
  const { ask } = await openChain([yorkshire(1), yorkshire(2), southWest(3), southWest(4), scotland(8), scotland(9)]);
  const question = await ask({ cafeIds: [1, 8] });
  const { regions } = await regionBenchmark.run(question, {});
  expect(regions).toMatchObject([
    {
      region: "Scotland",
      benchmark: { level: "chain", name: "Chain", cafes: 4, salesRatio: 0.045 },
      tried: [
        { level: "region", name: "Scotland", cafes: 1, enough: false },
        { level: "nation", name: "Scotland", cafes: 1, enough: false },
        { level: "chain", name: "Chain", cafes: 4, enough: true },
      ],
    },
    {
      region: "Yorkshire and The Humber",
      benchmark: { level: "nation", name: "England", cafes: 3, salesRatio: 0.03 },
      tried: [
        { cafes: 1, enough: false },
        { level: "nation", name: "England", cafes: 3, enough: true },
      ],
    },
  ]);
});

test("a café that is nowhere yet has no nation; with nobody else there is no benchmark", async () => {
  const { ask } = await openChain([cafe(1, "Unplaced", undefined), yorkshire(2), yorkshire(3)]);
  const { regions } = await regionBenchmark.run(await ask({ cafeIds: [1] }), {});
  expect(regions).toMatchObject([
    {
      benchmark: null,
      tried: [
        { level: "region", cafes: 0 },
        { level: "chain", cafes: 2, enough: false },
      ],
    },
  ]);
});

test("others that cannot be compared do not count", async () => {
  chain = await openSmallChain([1, 2, 3, 4].map(yorkshire));
  for (const id of [1, 2, 3]) chain.deliver(id, "2026-02-24", [latte("09:00", 100)]);
  for (const id of [1, 2, 3, 4]) chain.deliver(id, "2026-03-03", [latte("09:00", 100)]);
  await chain.load();
  const { regions } = await regionBenchmark.run(await chain.ask({ cafeIds: [1] }), {});
  expect(regions[0]?.tried.map(({ cafes }) => cafes)).toEqual([2, 2, 2]);
});

test("three others are too few where one of them is somebody else's: the rest could be subtracted", async () => {
  const { ask } = await openChain([1, 2, 3, 4].map(yorkshire));
  const levels = async (caller: number[]) => {
    const { regions } = await regionBenchmark.run(await ask({ cafeIds: [1] }, caller), {});
    return regions[0]?.benchmark?.level ?? null;
  };
  expect(await levels([1])).toBe("region");
  expect(await levels([1, 2, 3, 4])).toBe("region");
  expect(await levels([1, 2])).toBeNull();
  expect(await levels([1, 2, 3])).toBeNull();
});

test("a region that is shown by itself hides nobody beyond it: the rest of a nation or the chain could be subtracted", async () => {
  const { ask } = await openChain([
    ...[1, 2, 3, 4].map(yorkshire),
    southWest(5),
    southWest(6),
    scotland(7),
    scotland(8),
  ]);
  const levels = async (caller: number[]) => {
    const { regions } = await regionBenchmark.run(await ask({}, caller), {});
    return Object.fromEntries(regions.map(({ region, benchmark }) => [region, benchmark?.level ?? null]));
  };
  // Of Yorkshire three others are shown; beyond it, England has only Café 6, but the chain three more.
  expect(await levels([1, 5])).toEqual({ "Yorkshire and The Humber": "region", "South West": "chain" });
  // Beyond Yorkshire, the chain has only Café 6 and Café 7.
  expect(await levels([1, 5, 8])).toEqual({ "Yorkshire and The Humber": "region", "South West": null, Scotland: null });
  // It is no matter whether Yorkshire is in the same question.
  const alone = await regionBenchmark.run(await ask({ cafeIds: [5] }, [1, 5, 8]), {});
  expect(alone.regions[0]).toMatchObject({
    benchmark: null,
    tried: [{}, { cafes: 5, enough: false }, { enough: false }],
  });
  // Who may not ask about Yorkshire cannot subtract it.
  expect(await levels([5])).toEqual({ "South West": "nation" });
  // Where England is shown for the South West, the chain would give away Café 8.
  expect(await levels([5, 7])).toEqual({ "South West": "nation", Scotland: null });
});
