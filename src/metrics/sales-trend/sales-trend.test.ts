import { afterEach, expect, test } from "vitest";
import { latte, openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import { salesTrend } from "./sales-trend.ts";
import { salesTrendAnswer, salesTrendParams } from "./schema.ts";

const leeds = { id: 1, name: "Leeds", region: "Yorkshire and The Humber" };
const york = { id: 2, name: "York", region: "Yorkshire and The Humber" };

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

test("days come oldest first, with their counterparts, and a day nobody delivered is unknown", async () => {
  chain = await openSmallChain([leeds]);
  chain.deliver(1, "2026-02-20", [latte("09:00", 100)]);
  chain.deliver(1, "2026-02-22", [latte("09:00", 150)]);
  chain.deliver(1, "2026-02-27", [latte("09:00", 110)]);
  chain.deliver(1, "2026-02-28", [latte("09:00", 500)]);
  await chain.load();
  const answer = salesTrendAnswer.parse(await salesTrend.run(await chain.ask(), salesTrendParams.parse({ last: "3" })));
  expect(answer.points).toMatchObject([
    {
      from: "2026-02-26",
      totalPence: null,
      comparisonFrom: "2026-02-19",
      comparisonPence: null,
      cafeDaysIn: 0,
      cafeDaysExpected: 1,
    },
    {
      from: "2026-02-27",
      totalPence: 110,
      comparisonPence: 100,
      nowComparedPence: 110,
      beforeComparedPence: 100,
      index: 1.1,
    },
    { from: "2026-02-28", totalPence: 500, comparisonPence: null, nowComparedPence: null, index: null, cafeDaysIn: 1 },
  ]);
  expect(answer.totalPence).toBe(610);
  expect(answer.total).toMatchObject({ now: 110, before: 100 });
});

test("weeks are blocks of seven days that end on the last day's weekday, indexed on the year before", async () => {
  chain = await openSmallChain([leeds, york]);
  chain.deliver(1, "2025-02-18", [latte("09:00", 100)]);
  chain.deliver(1, "2025-03-03", [latte("09:00", 100)]);
  chain.deliver(1, "2026-02-17", [latte("09:00", 130)]);
  chain.deliver(1, "2026-03-02", [latte("09:00", 120)]);
  chain.deliver(1, "2026-03-03", [latte("09:00", 40)]);
  chain.deliver(2, "2025-03-03", [latte("09:00", 100)]);
  chain.deliver(2, "2026-03-02", [latte("09:00", 60)]);
  await chain.load();
  const params = salesTrendParams.parse({ grain: "week", last: "2" });
  const answer = await salesTrend.run(await chain.ask({ compare: "year", cafeIds: [1] }), params);
  expect(answer.points).toMatchObject([
    { from: "2026-02-18", to: "2026-02-24", totalPence: null, index: null },
    // 120 against 100; Tuesday's 40 has no counterpart. The chain: 180 against 200.
    { from: "2026-02-25", to: "2026-03-03", totalPence: 160, index: 1.2, chainIndex: 0.9 },
  ]);
  // Who may see Leeds alone could work York out from the chain's.
  const alone = await salesTrend.run(await chain.ask({ compare: "year" }, [1]), params);
  expect(alone.points[1]).toMatchObject({ index: 1.2, chainIndex: null });
});

test("it shows at least the period, and nothing from before the data begins", async () => {
  chain = await openSmallChain([leeds]);
  for (const day of ["01", "02", "03"]) chain.deliver(1, `2026-03-${day}`, [latte("09:00", 100)]);
  await chain.load();
  const period = { from: "2026-03-01", to: "2026-03-03", compare: "none" } as const;
  expect((await salesTrend.run(await chain.ask(period), salesTrendParams.parse({ last: "1" }))).points).toHaveLength(3);
  const whole = await salesTrend.run(await chain.ask({ compare: "none" }), salesTrendParams.parse({}));
  expect(whole.points).toHaveLength(3);
  expect(whole.points[0]).toMatchObject({ comparisonFrom: null, comparisonPence: null, index: null });
  expect(whole.comparison).toBeNull();
});

test("of the cafés that are somebody else's, three or none are in the chain's index of each point", async () => {
  const baths = [3, 4, 5].map((id) => ({ id, name: `Bath ${id}`, region: "South West" }));
  chain = await openSmallChain([leeds, york, ...baths]);
  for (const id of [1, 2, 3, 4, 5]) chain.deliver(id, "2026-02-24", [latte("09:00", 100)]);
  for (const id of [1, 2]) chain.deliver(id, "2026-02-22", [latte("09:00", 100)]);
  for (const id of [1, 2, 3]) chain.deliver(id, "2026-02-23", [latte("09:00", 100)]);
  for (const id of [1, 2, 3]) chain.deliver(id, "2026-03-01", [latte("09:00", 110)]);
  for (const id of [1, 2, 3, 4]) chain.deliver(id, "2026-03-02", [latte("09:00", 120)]);
  for (const id of [1, 2, 3, 4, 5]) chain.deliver(id, "2026-03-03", [latte("09:00", 130)]);
  await chain.load();
  const { ask } = chain;
  const indexes = async (caller: number[], own: object) => {
    const { points } = await salesTrend.run(await ask({ cafeIds: [1] }, caller), salesTrendParams.parse(own));
    return points.map(({ to, chainIndex }) => [to, chainIndex]);
  };
  // On the first nobody else's can be compared, on the second one can: whoever knows Leeds and York would know Bath 3.
  expect(await indexes([1, 2], { last: "3" })).toEqual([
    ["2026-03-01", 1.1],
    ["2026-03-02", null],
    ["2026-03-03", 1.3],
  ]);
  expect(await indexes([1, 2, 3], { last: "3" })).toEqual([
    ["2026-03-01", 1.1],
    ["2026-03-02", 1.2],
    ["2026-03-03", null],
  ]);
  // In a week a café counts once, however many of its days are compared.
  expect(await indexes([1, 2], { grain: "week", last: "1" })).toEqual([["2026-03-03", 1230 / 1000]]);
  expect(await indexes([1, 2, 3], { grain: "week", last: "1" })).toEqual([["2026-03-03", null]]);
});
