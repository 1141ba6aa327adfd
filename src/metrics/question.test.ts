import { afterEach, beforeEach, expect, test } from "vitest";
import { Scope } from "#core/scope.ts";
import { NoDataError, NotInScopeError, ParameterError } from "./errors.ts";
import { shiftDaysOf } from "./period.ts";
import { latte, openSmallChain, type SmallChain } from "./small-chain.suite.ts";

let chain: SmallChain;

beforeEach(async () => {
  chain = await openSmallChain([
    { id: 1, name: "Leeds", region: "Yorkshire and The Humber" },
    { id: 2, name: "York", region: "Yorkshire and The Humber" },
    { id: 12, name: "Bath", region: "South West" },
  ]);
  chain.deliver(1, "2026-03-01", [latte("09:00", 200)]);
  chain.deliver(12, "2026-03-03", [latte("09:00", 200)]);
  await chain.load();
});

afterEach(() => chain.dispose());

test("without dates the last day with data is meant", async () => {
  expect((await chain.ask()).period).toEqual({ from: "2026-03-03", to: "2026-03-03", days: 1 });
});

test("a period stays within the days with data", async () => {
  const { period } = await chain.ask({ from: "2026-01-01", to: "2026-12-31" });
  expect(period).toEqual({ from: "2026-03-01", to: "2026-03-03", days: 3 });
});

test("dates with no data at all are an answer of their own", async () => {
  await expect(chain.ask({ from: "2026-03-04", to: "2026-03-05" })).rejects.toBeInstanceOf(NoDataError);
  await expect(chain.ask({ from: "2025-03-04", to: "2025-03-05" })).rejects.toBeInstanceOf(NoDataError);
});

test("dates the wrong way round name the parameter", async () => {
  const refusal = await chain.ask({ from: "2026-03-03", to: "2026-03-01" }).catch((error) => error);
  expect(refusal).toBeInstanceOf(ParameterError);
  expect(refusal.parameter).toBe("from");
});

test("filters narrow the scope by region and café, and never widen it", async () => {
  expect((await chain.ask({ region: "South West" })).scope.locationIds).toEqual([12]);
  expect((await chain.ask({ cafeIds: [12, 1] })).scope.locationIds).toEqual([1, 12]);
  await expect(chain.ask({ cafeIds: [12] }, [1, 2])).rejects.toBeInstanceOf(NotInScopeError);
  await expect(chain.ask({ region: "South West" }, [1, 2])).rejects.toBeInstanceOf(NotInScopeError);
  await expect(chain.ask({ cafeIds: [99] })).rejects.toBeInstanceOf(NotInScopeError);
  await expect(chain.ask({ region: "South West", cafeIds: [1] })).rejects.toBeInstanceOf(ParameterError);
});

test("a grant matches whole ids: café 1 is not café 12", async () => {
  const question = await chain.ask({}, [12]);
  expect(await question.trust()).toMatchObject({ cafesExpected: 1, receipts: 1 });
  expect(new Scope([2, 1, 2]).asParameter()).toBe(",1,2,");
});

test("an empty scope sees nothing", async () => {
  const question = await chain.ask({}, []);
  expect(await question.trust()).toMatchObject({ cafesExpected: 0, receipts: 0, reconciledShare: null });
});

test("a counterpart keeps the weekdays and never overlaps its period", () => {
  expect([1, 7, 8, 28, 91].map((days) => shiftDaysOf(days, "week"))).toEqual([-7, -7, -14, -28, -91]);
  expect([1, 91, 364, 365].map((days) => shiftDaysOf(days, "year"))).toEqual([-364, -364, -364, -728]);
});

test("head office is whoever may see every café, whatever they ask about", async () => {
  expect((await chain.ask({ cafeIds: [1] })).isHeadOffice).toBe(true);
  expect((await chain.ask({ cafeIds: [1] }, [1, 2])).isHeadOffice).toBe(false);
});

test("one café, or all that the caller may see of a region, is one place", async () => {
  const isOne = async (...asked: Parameters<SmallChain["ask"]>) => (await chain.ask(...asked)).isOneCafeOrRegion;
  expect(await isOne({ cafeIds: [12] })).toBe(true);
  expect(await isOne({ cafeIds: [1, 2] })).toBe(true);
  expect(await isOne({ cafeIds: [1] }, [1, 2])).toBe(true);
  expect(await isOne({}, [1, 12])).toBe(false);
  expect(await isOne({})).toBe(false);
});

test("the same question about other days is remembered with it", async () => {
  const question = await chain.ask();
  const earlier = question.over({ from: "2026-03-01", to: "2026-03-01", days: 1 });
  expect((await earlier.trust()).receipts).toBe(1);
  const same = question.over({ from: "2026-03-01", to: "2026-03-01", days: 1 });
  expect(same.trust()).toBe(earlier.trust());
  expect(question.over(question.period)).toBe(question);
});
