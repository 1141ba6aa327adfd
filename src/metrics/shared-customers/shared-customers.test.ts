import { afterEach, expect, test } from "vitest";
import { latte, openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import { sharedCustomersAnswer } from "./schema.ts";
import { sharedCustomers } from "./shared-customers.ts";

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

const cafes = [
  { id: 1, name: "Leeds", region: "Yorkshire and The Humber" },
  { id: 2, name: "York", region: "Yorkshire and The Humber" },
  { id: 3, name: "Bath", region: "South West" },
];
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

async function open(customersOf: Record<number, number[]>): Promise<SmallChain> {
  chain = await openSmallChain(cafes);
  for (const [cafe, customers] of Object.entries(customersOf)) {
    const receipts = customers.map((customer) => latte("09:00", 200, customer));
    // The first and the last of the 13 weeks to Sunday 1 March 2026.
    chain.deliver(Number(cafe), "2025-12-01", receipts);
    chain.deliver(Number(cafe), "2026-03-01", receipts);
  }
  await chain.load();
  return chain;
}

test("pairs of cafés with the customers they share, most first", async () => {
  const small = await open({ 1: [1, 2, 3, 4], 2: [3, 4, 5], 3: [4] });
  const answer = sharedCustomersAnswer.parse(await sharedCustomers.run(await small.ask({ cafeIds: [1] }), {}));
  expect(answer).toMatchObject({ customers: 4, shared: 2, sharedShare: 0.5 });
  expect(answer.pairs.map(({ cafe, other, customers, share }) => [cafe.name, other.name, customers, share])).toEqual([
    ["Leeds", "York", 2, 0.5],
    ["Leeds", "Bath", 1, 0.25],
  ]);
  const all = await sharedCustomers.run(await small.ask(), {});
  expect(all).toMatchObject({ customers: 5, shared: 2 });
  expect(all.pairs).toHaveLength(6);
});

test("below head office a café's pairs are with the caller's own cafés, and of ten customers or more", async () => {
  const small = await open({ 1: numbers(1, 40), 2: numbers(30, 60), 3: numbers(1, 40) });
  const own = await sharedCustomers.run(await small.ask({ cafeIds: [1] }, [1, 2]), {});
  expect(own).toMatchObject({ customers: 40, shared: 11 });
  expect(own.pairs.map(({ other, customers }) => [other.name, customers])).toEqual([["York", 11]]);
});

test("fewer than ten shared customers, or fewer than ten others, are not told", async () => {
  const small = await open({ 1: numbers(1, 40), 2: numbers(32, 70), 3: numbers(1, 40) });
  const few = await sharedCustomers.run(await small.ask({ cafeIds: [1] }, [1, 2]), {});
  expect(few).toMatchObject({ customers: 40, shared: null, pairs: [] });
  const all = await sharedCustomers.run(await small.ask({ cafeIds: [3] }, [1, 3]), {});
  expect(all).toMatchObject({ customers: 40, shared: null, pairs: [] });
});
