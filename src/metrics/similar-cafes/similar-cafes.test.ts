import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { ParameterError } from "../errors.ts";
import { latte, openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import type { HandReceipt } from "../small-chain-rows.suite.ts";
import { distanceOf, type Profile } from "./distance.ts";
import { similarCafesAnswer, similarCafesParams } from "./schema.ts";
import { similarCafes } from "./similar-cafes.ts";

const cafes = [1, 2, 3, 4, 5].map((id) => ({ id, name: `Café ${id}`, region: "South West" }));
const params = similarCafesParams.parse({});

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

const dates = ["2026-02-24", "2026-02-25", "2026-02-26", "2026-02-27", "2026-02-28", "2026-03-01", "2026-03-03"];
const many = (times: number, receipt: HandReceipt) => Array.from({ length: times }, () => receipt);

/** A café's week, every day the same. */
function fill(cafeId: number, receipts: HandReceipt[], days = dates) {
  for (const date of days) chain?.deliver(cafeId, date, receipts);
}

test("the most alike come first, with their distance and what it is made of", async () => {
  chain = await openSmallChain(cafes);
  fill(1, [...many(2, latte("09:00", 200)), ...many(2, latte("12:00", 200))]);
  // As many, all of them in the morning: half the receipts would have to move.
  fill(2, many(4, latte("09:00", 220)));
  // Twice as many, at the same times.
  fill(3, [...many(4, latte("09:00", 200)), ...many(4, latte("12:00", 200))]);
  // Just like it.
  fill(4, [...many(2, latte("09:00", 200)), ...many(2, latte("12:00", 200))]);
  // Too few days to say.
  fill(5, many(4, latte("09:00", 200)), dates.slice(0, 6));
  await chain.load();
  const answer = similarCafesAnswer.parse(await similarCafes.run(await chain.ask({ cafeIds: [1] }), params));
  expect(answer.basis).toEqual({ from: "2026-02-24", to: "2026-03-03", days: 8 });
  expect(answer.criteria.map(({ criterion }) => criterion)).toEqual(["volume", "mix", "daypart"]);
  expect(answer.cafe).toMatchObject({ cafeId: 1, receiptsADay: 4, averageSpendPence: 200, sales: { ratio: 0 } });
  expect(answer.similar).toMatchObject([
    { cafeId: 4, rank: 1, distance: 0, volumeDistance: 0, mixDistance: 0, daypartDistance: 0, receiptsADay: 4 },
    { cafeId: 2, rank: 2, distance: 0.5 / 3, volumeDistance: 0, daypartDistance: 0.5, averageSpendPence: 220 },
    { cafeId: 3, rank: 3, distance: 0.5 / 3, volumeDistance: 0.5, daypartDistance: 0, receiptsADay: 8 },
  ]);
  // (4 × 220 + 8 × 200 + 4 × 200) / 16
  expect(answer.peers).toEqual({ cafes: 3, farthest: 0.5 / 3, salesRatio: 0, averageSpendPence: 205 });
});

test("cafés the caller may not see are never listed, and are peers only where there are three", async () => {
  chain = await openSmallChain(cafes);
  for (const { id } of cafes) fill(id, many(id, latte("09:00", 200)));
  await chain.load();
  const seenBy = async (caller: number[]) => {
    const answer = await similarCafes.run((await chain?.ask({ cafeIds: [1] }, caller)) as never, params);
    return [answer.similar.map(({ cafeId }) => cafeId), answer.peers?.cafes ?? null];
  };
  expect(await seenBy([1])).toEqual([[], 4]);
  expect(await seenBy([1, 3])).toEqual([[3], 4]);
  expect(await seenBy([1, 2, 3])).toEqual([[2, 3], null]);
  expect(await seenBy([1, 2, 3, 4, 5])).toEqual([[2, 3, 4, 5], 4]);
});

test("a café with too few days is like none, and likeness is asked of one café", async () => {
  chain = await openSmallChain(cafes);
  fill(1, [latte("09:00", 200)], dates.slice(-2));
  await chain.load();
  expect(await similarCafes.run(await chain.ask({ cafeIds: [1] }), params)).toMatchObject({
    cafe: null,
    similar: [],
    peers: null,
  });
  await expect(similarCafes.run(await chain.ask(), params)).rejects.toBeInstanceOf(ParameterError);
});

test("mix counts items by category, wherever a product is named", () => {
  const profile = (mix: Record<string, number>): Profile => ({
    days: 10,
    receipts: 100,
    mix: new Map(Object.entries(mix)),
    dayparts: new Map([["0", 100]]),
  });
  const { mix, distance } = distanceOf(profile({ Coffee: 3, Tea: 1 }), profile({ Coffee: 30, Food: 10 }));
  expect([mix, distance]).toEqual([0.25, 0.25 / 3]);
  expect(distanceOf(profile({}), profile({ Tea: 1 })).mix).toBe(1);
});

const amounts = fc
  .dictionary(fc.constantFrom("a", "b", "c", "d"), fc.integer({ min: 1, max: 1000 }), { minKeys: 1 })
  .map((record) => new Map(Object.entries(record)));
const anyProfile: fc.Arbitrary<Profile> = fc.record({
  days: fc.integer({ min: 7, max: 91 }),
  receipts: fc.integer({ min: 0, max: 50_000 }),
  mix: amounts,
  dayparts: amounts,
});

test("a distance is between 0 and 1, the same both ways, and 0 from itself", () => {
  fc.assert(
    fc.property(anyProfile, anyProfile, (one, other) => {
      const { distance } = distanceOf(one, other);
      expect(distance).toBeGreaterThanOrEqual(0);
      expect(distance).toBeLessThanOrEqual(1);
      expect(distanceOf(other, one).distance).toBe(distance);
      expect(distanceOf(one, one).distance).toBe(0);
    }),
  );
});
