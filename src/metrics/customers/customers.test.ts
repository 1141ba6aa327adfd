import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { addDays } from "#core/day.ts";
import { latte, openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import { customers } from "./customers.ts";
import { customersAnswer } from "./schema.ts";

const leeds = { id: 1, name: "Leeds", region: "Yorkshire and The Humber" };
const york = { id: 2, name: "York", region: "Yorkshire and The Humber" };

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

// Data from Monday 1 December 2025: newcomers can be told from Monday 29 December on.
async function twoCafes(): Promise<SmallChain> {
  chain = await openSmallChain([leeds, york]);
  chain.deliver(1, "2025-12-01", [latte("09:00", 200, 1)]);
  chain.deliver(2, "2025-12-01", [latte("09:00", 200, 2)]);
  // The week from Monday 29 December, in which the year changes.
  chain.deliver(1, "2025-12-30", [latte("09:00", 300, 1), latte("10:00", 100, 3), latte("11:00", 100)]);
  chain.deliver(1, "2026-01-02", [
    { ...latte("09:00", 300, 3), cash: true },
    { ...latte("10:00", 150), named: 9 },
  ]);
  chain.deliver(2, "2026-01-04", [latte("09:00", 250, 3)]);
  // The week from Monday 5 January.
  chain.deliver(1, "2026-01-05", [{ ...latte("09:00", 200, 4), cash: true }, latte("10:00", 200, 1)]);
  chain.deliver(2, "2026-01-11", [latte("09:00", 200, 1), latte("10:00", 400)]);
  chain.deliver(1, "2026-01-13");
  await chain.load();
  return chain;
}

test("a week counts each customer once, over cafés and over New Year, and tells newcomers from those who return", async () => {
  const small = await twoCafes();
  const question = await small.ask({ from: "2025-12-29", to: "2026-01-11", compare: "none" });
  const answer = customersAnswer.parse(await customers.run(question, { names: "no" }));
  expect(answer).toMatchObject({
    period: { from: "2025-12-29", to: "2026-01-11", days: 14 },
    receipts: 10,
    identifiedReceipts: 7,
    receiptsShare: 0.7,
    totalPence: 2200,
    identifiedPence: 1550,
    customers: 3,
    newCustomers: 2,
    returning: 1,
    namedCustomers: 1,
    newKnownFrom: "2025-12-29",
  });
  expect(answer.weeks).toEqual([
    { weekStart: "2025-12-29", customers: 2, newCustomers: 1, returning: 1, receiptsShare: 4 / 6 },
    { weekStart: "2026-01-05", customers: 2, newCustomers: 1, returning: 1, receiptsShare: 3 / 4 },
  ]);
});

test("customers known only by a name are added on demand, and unknown ones never", async () => {
  const small = await twoCafes();
  const question = await small.ask({ from: "2025-12-29", to: "2026-01-11", compare: "none" });
  const answer = await customers.run(question, { names: "yes" });
  expect(answer).toMatchObject({ customers: 4, newCustomers: 3, namedCustomers: 1 });
  expect(answer.weeks[0]).toMatchObject({ customers: 3, newCustomers: 2 });
});

test("new means new to the cafés asked about", async () => {
  const small = await twoCafes();
  const question = await small.ask({ from: "2025-12-29", to: "2026-01-11", compare: "none", cafeIds: [2] });
  expect(await customers.run(question, { names: "no" })).toMatchObject({ customers: 2, newCustomers: 2, returning: 0 });
});

test("days are answered in whole weeks: those of the period, or else the last before its end", async () => {
  const small = await twoCafes();
  const weeksOf = async (from: string, to: string) =>
    (await customers.run(await small.ask({ from, to }), { names: "no" })).weeks.map(({ weekStart }) => weekStart);
  expect(await weeksOf("2026-01-01", "2026-01-12")).toEqual(["2026-01-05"]);
  expect(await weeksOf("2026-01-13", "2026-01-13")).toEqual(["2026-01-05"]);
});

test("in the first 28 days of the data nobody can be told to be new", async () => {
  const small = await twoCafes();
  const answer = await customers.run(await small.ask({ from: "2025-12-22", to: "2026-01-04" }), { names: "no" });
  expect(answer).toMatchObject({ newCustomers: null, returning: null, newChange: null });
  expect(answer.weeks.map(({ newCustomers }) => newCustomers)).toEqual([null, 1]);
});

test("weeks tell the same as the receipts do, of any cafés: whoever comes to several is one, over New Year too", async () => {
  const cafes = [leeds, york, { id: 3, name: "Hull", region: leeds.region }];
  chain = await openSmallChain(cafes);
  const [first, days] = ["2025-12-01", 70];
  const [visits = []] = fc.sample(
    fc.array(
      fc.record({
        day: fc.integer({ min: 0, max: days - 1 }),
        cafe: fc.integer({ min: 1, max: 3 }),
        // Those of a name belong to one café; few of the others go to one only.
        customer: fc.integer({ min: 1, max: 40 }),
      }),
      { minLength: 300, maxLength: 300 },
    ),
    { numRuns: 1, seed: 7 },
  );
  const came = visits.map((visit) => ({ ...visit, isCard: visit.customer > 12, cafe: cafeOf(visit) }));
  for (const { id } of cafes) {
    for (let day = 0; day < days; day += 1) {
      const receipts = came
        .filter((visit) => visit.cafe === id && visit.day === day)
        .map(({ customer, isCard }) =>
          isCard ? latte("09:00", 300, customer) : { ...latte("09:00", 300), named: customer },
        );
      chain.deliver(id, addDays(first, day), receipts);
    }
  }
  await chain.load();
  for (const cafeIds of [[1], [2, 3], [1, 2, 3]]) {
    for (const names of ["yes", "no"] as const) {
      const question = await chain.ask({ from: first, to: addDays(first, days - 1), compare: "none", cafeIds });
      const { weeks } = await customers.run(question, { names });
      const expected = Array.from({ length: days / 7 }, (_, week) => {
        const ofWeek = came.filter(
          ({ day, cafe, isCard }) =>
            Math.floor(day / 7) === week && cafeIds.includes(cafe) && (isCard || names === "yes"),
        );
        return new Set(ofWeek.map(({ customer }) => customer)).size;
      });
      expect(weeks.map((week) => week.customers)).toEqual(expected);
    }
  }
});

/** A name means somebody at one café only. */
function cafeOf({ customer, cafe }: { customer: number; cafe: number }): number {
  return customer > 12 ? cafe : (customer % 3) + 1;
}
