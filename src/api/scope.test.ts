import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { addDays } from "#core/day.ts";
import { InfinityError } from "#core/errors.ts";
import { trust as trustOfAnswer } from "#metrics/answer.ts";
import { NotInScopeError } from "#metrics/errors.ts";
import type { Metric } from "#metrics/metric.ts";
import { metrics } from "#metrics/registry.ts";
import { openSmallChain, type SmallChain } from "#metrics/small-chain.suite.ts";
import type { HandReceipt } from "#metrics/small-chain-rows.suite.ts";
import { routes } from "./contract/routes.ts";

// Every metric there is, asked by somebody who may see two cafés of a chain of six. What the other four sell is marked, so that any
// of it would be recognised in an answer.

const mine = [1, 2];
const strangers = [90_001, 90_002, 90_003, 90_004];
const day = "2026-03-03";
/** That day and nineteen such weekdays before: customers are asked of 13 whole weeks, newcomers of weeks with four before them. */
const days = Array.from({ length: 20 }, (_, index) => addDays(day, 7 * (index - 19)));
/** The price of the one thing that café sells: nobody else's, nor a sum of anybody's. */
const priceOf = (cafeId: number) => (mine.includes(cafeId) ? 410_000 : 700_000) + (cafeId % 1000) * 137;

let chain: SmallChain;

beforeAll(async () => {
  const cafe = (id: number, name: string) => ({ id, name, region: "South West", country: "England" });
  chain = await openSmallChain([
    ...mine.map((id) => cafe(id, `Mine ${id}`)),
    ...strangers.map((id) => cafe(id, `Strange ${id}`)),
  ]);
  for (const id of [...mine, ...strangers]) {
    const product = mine.includes(id) ? "Latte" : `Strange brew ${id}`;
    const lines: HandReceipt["lines"] = [[product, priceOf(id)]];
    for (const date of days) chain.deliver(id, date, [{ at: "09:00", lines, customer: id }]);
  }
  await chain.load();
});

afterAll(() => chain.dispose());

/** What a metric needs to be asked beside the common parameters, of that café. */
const needed = (cafeId: number): Record<string, object> => ({
  dayReceipts: { cafe: String(cafeId), date: day },
  receipt: { receipt: String(receiptOf(cafeId)) },
  similarCafes: { cafe: String(cafeId) },
});

/** Receipts are numbered as they were delivered. */
const receiptOf = (cafeId: number) => [...mine, ...strangers].indexOf(cafeId) * days.length + days.length;

const names = Object.keys(metrics) as (keyof typeof metrics)[];

async function answer(name: keyof typeof metrics, caller: readonly number[], cafeId: number): Promise<object> {
  const own = needed(cafeId)[name] ?? {};
  const query = (routes[name].request.query as z.ZodType<Record<string, unknown>>).parse(own);
  const cafeIds = "cafe" in own ? [cafeId] : undefined;
  const question = await chain.ask({ from: day, to: day, compare: "week", cafeIds }, caller);
  return await (metrics[name] as Metric<unknown, object>).run(question, query);
}

const marks = [...strangers.flatMap((id) => [String(id), String(priceOf(id))]), "Strange"];
const marksIn = (found: object) => marks.filter((mark) => JSON.stringify(found).includes(mark));

test.each(names)("%s says nothing of a café outside the scope", async (name) => {
  const found = await answer(name, mine, 1);
  expect(marksIn(found)).toEqual([]);
  // And would be caught if it did.
  expect(found).not.toEqual(await answer(name, [...mine, ...strangers], strangers[0] ?? 0));
});

test.each(names)("%s asked for a café outside the scope answers as if there were none", async (name) => {
  const cafeIds = [strangers[0] ?? 0];
  await expect(chain.ask({ cafeIds }, mine)).rejects.toBeInstanceOf(NotInScopeError);
  if (needed(1)[name]) await expect(answer(name, mine, strangers[0] ?? 0)).rejects.toBeInstanceOf(NotInScopeError);
});

test.each(names)("%s with nobody in the scope gives nothing of anybody", async (name) => {
  const found = await answer(name, [], 1).catch((error: unknown) => error);
  if (found instanceof InfinityError) return;
  const everybody = [...marks, ...mine.map((id) => String(priceOf(id))), "Mine", "Latte"];
  const text = JSON.stringify(found);
  expect(everybody.filter((mark) => text.includes(mark))).toEqual([]);
});

test.each(names)("%s says how far it can be trusted, over the caller's cafés alone", async (name) => {
  const { trust } = (await answer(name, mine, 1)) as { trust: unknown };
  // A metric may answer for more days than one; for no more cafés.
  const { cafesExpected, reconciledShare } = trustOfAnswer.parse(trust);
  expect(cafesExpected).toBe(needed(1)[name] ? 1 : 2);
  expect(reconciledShare).toBe(1);
});
