import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import type { SmallChain } from "../small-chain.suite.ts";
import { latte, openSmallChain } from "../small-chain.suite.ts";
import type { HandCafe } from "../small-chain-rows.suite.ts";
import { league } from "./league.ts";
import { leagueAnswer } from "./schema.ts";

const leeds = { id: 1, name: "Leeds", region: "Yorkshire and The Humber" };
const york = { id: 2, name: "York", region: "Yorkshire and The Humber" };
const aberdeen = { id: 3, name: "Aberdeen", region: "Scotland" };
const ely = { id: 4, name: "Ely", region: "East of England", openedOn: "2026-03-02" };

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

const week = { from: "2026-03-02", to: "2026-03-03" };

test("a café's growth is its compared days against the same weekdays before", async () => {
  chain = await openSmallChain([leeds, york]);
  // Mon 23 and Tue 24 February, then Mon 2 and Tue 3 March.
  chain.deliver(1, "2026-02-23", [latte("09:00", 200)]);
  chain.deliver(1, "2026-02-24", [latte("09:00", 300)]);
  chain.deliver(1, "2026-03-02", [latte("09:00", 250), latte("10:00", 250)]);
  chain.deliver(1, "2026-03-03", [latte("09:00", 300)]);
  chain.deliver(2, "2026-02-23", [latte("09:00", 1000)]);
  chain.deliver(2, "2026-02-24", [latte("09:00", 1000)]);
  chain.deliver(2, "2026-03-02", [latte("09:00", 900)]);
  chain.deliver(2, "2026-03-03", [latte("09:00", 900)]);
  await chain.load();
  const answer = leagueAnswer.parse(await league.run(await chain.ask(week), {}));
  expect(answer.cafes.map(({ name, rank, change }) => ({ name, rank, change }))).toEqual([
    { name: "Leeds", rank: 1, change: { now: 800, before: 500, difference: 300, ratio: 0.6 } },
    { name: "York", rank: 2, change: { now: 1800, before: 2000, difference: -200, ratio: -0.1 } },
  ]);
  expect(answer.regions).toMatchObject([
    { region: "Yorkshire and The Humber", cafes: 2, cafesCompared: 2, daysCompared: 4, change: { difference: 100 } },
  ]);
  expect(answer.total).toMatchObject({
    receipts: 5,
    averageSpendPence: 520,
    change: { now: 2600, before: 2500, ratio: 0.04 },
  });
  expect(answer.comparison).toMatchObject({ from: "2026-02-23", to: "2026-02-24", shiftDays: -7 });
  expect(answer.leftOut).toEqual([]);
});

test("a day that one side lacks leaves both, and is listed with its pounds", async () => {
  chain = await openSmallChain([leeds]);
  chain.deliver(1, "2026-02-23", [latte("09:00", 200)]);
  chain.deliver(1, "2026-02-24", [latte("09:00", 300)]);
  chain.deliver(1, "2026-03-02", [latte("09:00", 240)]);
  // Somebody else's delivery, so that Tuesday is a day with data.
  await chain.load();
  chain.deliver(1, "2026-03-04");
  await chain.load();
  const answer = await league.run(await chain.ask({ from: "2026-03-02", to: "2026-03-03" }), {});
  expect(answer.cafes).toMatchObject([
    { name: "Leeds", daysCompared: 1, daysExpected: 2, missingDays: 1, change: { now: 240, before: 200, ratio: 0.2 } },
  ]);
  // In part, and yet one of those that the sum is of.
  const counts = { cafes: 1, cafesCompared: 1, cafesPartlyCompared: 1, comparedPence: 240 };
  expect(answer.total).toMatchObject(counts);
  expect(answer.regions).toMatchObject([counts]);
  expect(answer.leftOut).toEqual([
    {
      cafeId: 1,
      name: "Leeds",
      region: "Yorkshire and The Humber",
      reason: "not_delivered",
      detail: null,
      since: null,
      dates: ["2026-03-03"],
      comparisonDates: ["2026-02-24"],
      days: 1,
      altogether: false,
      totalPence: 0,
      beforePence: 300,
    },
  ]);
});

test("a café that has not delivered at all has no change, never -100 %", async () => {
  chain = await openSmallChain([leeds, york]);
  chain.deliver(1, "2026-02-24", [latte("09:00", 200)]);
  chain.deliver(1, "2026-03-03", [latte("09:00", 200)]);
  chain.deliver(2, "2026-02-24", [latte("09:00", 500)]);
  await chain.load();
  const answer = await league.run(await chain.ask(), {});
  expect(answer.cafes).toMatchObject([
    { name: "Leeds", rank: 1, change: { ratio: 0 } },
    { name: "York", rank: null, change: null, missingDays: 1 },
  ]);
  expect(answer.leftOut).toMatchObject([{ name: "York", reason: "not_delivered", altogether: true, beforePence: 500 }]);
});

test("a café that was not open before, was closed as planned, or has closed for good, is left out by that name", async () => {
  const shut = { ...york, closedOn: "2026-03-01" };
  chain = await openSmallChain([leeds, shut, aberdeen, ely]);
  chain.deliver(1, "2026-02-24", [latte("09:00", 200)]);
  chain.deliver(1, "2026-03-03", [latte("09:00", 210)]);
  chain.deliver(2, "2026-02-24", [latte("09:00", 400)]);
  chain.close(3, "2026-02-24", "refit");
  chain.deliver(3, "2026-02-20", [latte("09:00", 100)]);
  chain.deliver(3, "2026-03-03", [latte("09:00", 700)]);
  chain.deliver(4, "2026-03-03", [latte("09:00", 800)]);
  await chain.load();
  const answer = await league.run(await chain.ask(), {});
  expect(
    answer.leftOut.map(({ name, reason, detail, since, totalPence, beforePence }) => [
      name,
      reason,
      detail,
      since,
      totalPence,
      beforePence,
    ]),
  ).toEqual([
    ["Ely", "opened", null, "2026-03-02", 800, 0],
    ["Aberdeen", "closure_before", "refit", null, 700, 0],
    ["York", "closed_for_good", null, "2026-03-01", 0, 400],
  ]);
  expect(answer.sums).toEqual({
    comparedPence: 210,
    leftOutPence: 1500,
    totalPence: 1710,
    beforeComparedPence: 200,
    beforeLeftOutPence: 400,
    beforeTotalPence: 600,
  });
  expect(answer.trust).toMatchObject({ cafesIn: 3, cafesExpected: 3 });
});

test("a bank holiday on one side only takes the day out, by the café's own nation", async () => {
  // 3 August 2026 is a bank holiday in Scotland and nowhere else.
  chain = await openSmallChain([leeds, aberdeen]);
  for (const cafe of [1, 3]) {
    chain.deliver(cafe, "2026-07-27", [latte("09:00", 300)]);
    chain.deliver(cafe, "2026-08-03", [latte("09:00", 330)]);
  }
  await chain.load();
  const answer = await league.run(await chain.ask(), {});
  expect(answer.cafes).toMatchObject([
    { name: "Leeds", change: { difference: 30 } },
    { name: "Aberdeen", change: null },
  ]);
  expect(answer.leftOut).toMatchObject([
    { name: "Aberdeen", reason: "bank_holiday", detail: "Summer bank holiday", totalPence: 330, beforePence: 300 },
  ]);
});

test("Christmas Day against Boxing Day compares: both sides are bank holidays", async () => {
  chain = await openSmallChain([leeds]);
  chain.deliver(1, "2024-12-26", [latte("09:00", 300)]);
  chain.deliver(1, "2025-12-25", [latte("09:00", 330)]);
  await chain.load();
  const answer = await league.run(await chain.ask({ compare: "year" }), {});
  expect(answer.cafes).toMatchObject([{ name: "Leeds", change: { difference: 30 } }]);
});

test("the 13 weeks of the spark end on the period's last day and are like for like", async () => {
  chain = await openSmallChain([leeds]);
  chain.deliver(1, "2025-03-04", [latte("09:00", 300)]);
  chain.deliver(1, "2026-03-03", [latte("09:00", 330)]);
  chain.deliver(1, "2026-02-24", [latte("09:00", 999)]);
  await chain.load();
  const answer = await league.run(await chain.ask({ compare: "year" }), {});
  const spark = answer.cafes[0]?.spark ?? [];
  expect(spark).toHaveLength(13);
  expect(spark.at(-1)).toEqual({ to: "2026-03-03", nowPence: 330, beforePence: 300 });
  // 24 February 2026 has no counterpart: no figure rather than a wrong one.
  expect(spark.at(-2)).toEqual({ to: "2026-02-24", nowPence: null, beforePence: null });
});

test("compared by the week, each week of the spark is against the one before it, and the last full week is the figure", async () => {
  chain = await openSmallChain([leeds]);
  // Tuesdays. Thirteen weeks before the third of March somebody sold 500, which is nothing to any of these weeks.
  chain.deliver(1, "2025-12-02", [latte("09:00", 500)]);
  chain.deliver(1, "2026-02-17", [latte("09:00", 200)]);
  chain.deliver(1, "2026-02-24", [latte("09:00", 250)]);
  chain.deliver(1, "2026-03-03", [latte("09:00", 300)]);
  await chain.load();
  const answer = await league.run(await chain.ask({ from: "2026-02-25", to: "2026-03-03" }), {});
  const { spark = [], change } = answer.cafes[0] ?? {};
  expect(spark.slice(-3)).toEqual([
    { to: "2026-02-17", nowPence: null, beforePence: null },
    { to: "2026-02-24", nowPence: 250, beforePence: 200 },
    { to: "2026-03-03", nowPence: 300, beforePence: 250 },
  ]);
  expect(change).toMatchObject({ now: 300, before: 250 });
  // A longer period is compared with one as long before it; its weeks still are with the week before.
  const month = await league.run(await chain.ask({ from: "2026-02-04", to: "2026-03-03" }), {});
  expect(month.comparison).toBeNull();
  expect(month.total.spark).toEqual(spark);
});

test("someone who may see one café sees no other in the league", async () => {
  chain = await openSmallChain([leeds, york]);
  chain.deliver(1, "2026-03-03", [latte("09:00", 200)]);
  chain.deliver(2, "2026-03-03", [latte("09:00", 500)]);
  await chain.load();
  const answer = await league.run(await chain.ask({}, [1]), {});
  expect(JSON.stringify(answer)).not.toContain('York"');
  expect(answer.sums.totalPence).toBe(200);
});

test("whatever was delivered, compared and left out are everything, on both sides and to the penny", {
  timeout: 120_000,
}, async () => {
  const cafes: HandCafe[] = [leeds, { ...york, closedOn: "2026-02-25" }, aberdeen, ely];
  const dates = ["2026-02-22", "2026-02-23", "2026-02-24", "2026-03-01", "2026-03-02", "2026-03-03"];
  const cafeDay = fc.record({
    cafe: fc.integer({ min: 1, max: 4 }),
    date: fc.constantFrom(...dates),
    pence: fc.integer({ min: 0, max: 9999 }),
  });
  const history = fc.record({
    delivered: fc.uniqueArray(cafeDay, {
      minLength: 1,
      maxLength: 24,
      selector: ({ cafe, date }) => `${cafe} ${date}`,
    }),
    // Once a café and day, as the load writes them.
    closed: fc.uniqueArray(fc.record({ cafe: fc.integer({ min: 1, max: 4 }), date: fc.constantFrom(...dates) }), {
      maxLength: 4,
      selector: ({ cafe, date }) => `${cafe} ${date}`,
    }),
  });
  await fc.assert(
    fc.asyncProperty(history, async ({ delivered, closed }) => {
      const random = await openSmallChain(cafes);
      try {
        for (const { cafe, date, pence } of delivered)
          random.deliver(cafe, date, pence === 0 ? [] : [latte("09:00", pence)]);
        for (const { cafe, date } of closed) random.close(cafe, date, "refit");
        // So that the period is always one with data.
        random.deliver(1, "2026-03-04");
        await random.load();
        const {
          sums,
          leftOut,
          cafes: rows,
          total,
          regions,
        } = await league.run(await random.ask({ from: "2026-03-01", to: "2026-03-03" }), {});
        const between = (from: string, to: string) =>
          delivered.filter(({ date }) => date >= from && date <= to).reduce((sum, { pence }) => sum + pence, 0);
        expect(sums.totalPence).toBe(between("2026-03-01", "2026-03-03"));
        expect(sums.beforeTotalPence).toBe(between("2026-02-22", "2026-02-24"));
        expect(sums.leftOutPence).toBe(leftOut.reduce((sum, { totalPence }) => sum + totalPence, 0));
        expect(sums.beforeLeftOutPence).toBe(leftOut.reduce((sum, { beforePence }) => sum + beforePence, 0));
        expect(sums.comparedPence).toBe(rows.reduce((sum, { comparedPence }) => sum + comparedPence, 0));
        expect(total.totalPence).toBe(regions.reduce((sum, { totalPence }) => sum + totalPence, 0));
      } finally {
        await random.dispose();
      }
    }),
    { numRuns: 12 },
  );
});
