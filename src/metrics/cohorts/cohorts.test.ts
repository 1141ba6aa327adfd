import { afterEach, expect, test } from "vitest";
import { latte, openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import { cohorts } from "./cohorts.ts";
import { cohortsAnswer } from "./schema.ts";

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

// Data from 29 October 2025: newcomers can be told from 26 November, so December is the first whole month.
async function winter(): Promise<SmallChain> {
  chain = await openSmallChain([
    { id: 1, name: "Leeds", region: "Yorkshire and The Humber" },
    { id: 2, name: "York", region: "Yorkshire and The Humber" },
  ]);
  chain.deliver(1, "2025-10-29", [latte("09:00", 200, 1)]);
  chain.deliver(1, "2025-12-01", [latte("09:00", 200, 1), latte("10:00", 200, 2), latte("11:00", 200, 3)]);
  chain.deliver(2, "2025-12-31", [latte("09:00", 200, 4)]);
  chain.deliver(1, "2026-01-01", [latte("09:00", 200, 2), latte("09:30", 200, 5)]);
  chain.deliver(2, "2026-01-31", [latte("09:00", 200, 3), latte("10:00", 200, 4)]);
  chain.deliver(2, "2026-02-28", [
    latte("09:00", 200, 2),
    latte("10:00", 200, 5),
    { ...latte("11:00", 100), named: 9 },
  ]);
  chain.deliver(1, "2026-03-01", [latte("09:00", 200, 4)]);
  await chain.load();
  return chain;
}

test("a month's newcomers, and who of them came in each later month, over New Year and all cafés", async () => {
  const small = await winter();
  const answer = cohortsAnswer.parse(await cohorts.run(await small.ask(), { names: "no", grain: "month" }));
  expect(answer.cohorts).toEqual([
    {
      firstVisit: "2025-12-01",
      customers: 3,
      returned: [
        { later: 1, customers: 3, share: 1 },
        { later: 2, customers: 1, share: 1 / 3 },
      ],
    },
    { firstVisit: "2026-01-01", customers: 1, returned: [{ later: 1, customers: 1, share: 1 }] },
    { firstVisit: "2026-02-01", customers: 0, returned: [] },
  ]);
  expect(answer).toMatchObject({ newKnownFrom: "2025-11-26", period: { from: "2025-12-01", to: "2026-02-28" } });
  expect(answer.cells).toHaveLength(3);
});

test("a month that is not over is no cohort and no cell", async () => {
  const small = await winter();
  const answer = await cohorts.run(await small.ask({ to: "2026-02-27" }), { names: "no", grain: "month" });
  expect(answer.cohorts.map(({ firstVisit, returned }) => [firstVisit, returned.length])).toEqual([
    ["2025-12-01", 1],
    ["2026-01-01", 0],
  ]);
});

test("by week the same, in the last 13 whole weeks", async () => {
  const small = await winter();
  const answer = await cohorts.run(await small.ask(), { names: "yes", grain: "week" });
  expect(answer.cohorts).toHaveLength(13);
  const told = answer.cells
    .filter(({ returned }) => returned)
    .map(({ firstVisit, later, returned }) => [firstVisit, later, returned]);
  expect(told).toEqual([
    // Customers 2 and 3: 2 again on New Year's Day and in the last week, 3 in between.
    ["2025-12-01", 4, 1],
    ["2025-12-01", 8, 1],
    ["2025-12-01", 12, 1],
    // Customer 4, first on New Year's Eve, and 5, first on the day after; 4 again in week 4 and 8, and 5 in week 8.
    ["2025-12-29", 4, 1],
    ["2025-12-29", 8, 2],
  ]);
  expect(answer.cohorts[0]).toMatchObject({ firstVisit: "2025-12-01", customers: 2 });
  expect(answer.cohorts.at(-1)).toMatchObject({ firstVisit: "2026-02-23", customers: 1 });
});
