import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { addDays } from "#core/day.ts";
import { openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import { deliveries } from "./deliveries.ts";

const open: SmallChain[] = [];
afterEach(async () => {
  for (const chain of open.splice(0)) await chain.dispose();
});

async function openChain(cafes: number): Promise<SmallChain> {
  const chain = await openSmallChain(
    Array.from({ length: cafes }, (_, id) => ({ id, name: `Café ${id}`, region: "Wales" })),
  );
  open.push(chain);
  return chain;
}

/** A café's Monday: not delivered, closed as planned though delivered, or so many receipts. */
type Monday = { kind: "missing" } | { kind: "closed" | "in"; receipts: number };

/** Twelve Mondays without a bank holiday, and the days between. */
const first = "2026-01-05";
const weeks = 12;
const last = addDays(first, 7 * weeks - 1);

const monday: fc.Arbitrary<Monday> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: "missing" as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("closed" as const), receipts: fc.integer({ min: 0, max: 60 }) }),
  },
  { weight: 9, arbitrary: fc.record({ kind: fc.constant("in" as const), receipts: fc.integer({ min: 0, max: 60 }) }) },
  // Around a third of what is usual.
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("in" as const), receipts: fc.integer({ min: 5, max: 15 }) }) },
);
const cafe = fc.array(monday, { minLength: weeks, maxLength: weeks });

/** The rule, told once more: what the SQL must say, in the words of its heading. */
function smallOf(mondays: readonly Monday[]): [week: number, receipts: number, usual: number][] {
  return mondays.flatMap((day, week) => {
    const before = mondays
      .slice(Math.max(0, week - 8), week)
      .flatMap((one) => (one.kind === "in" ? [one.receipts] : []));
    const mean = before.reduce((sum, receipts) => sum + receipts, 0) / before.length;
    if (day.kind !== "in" || before.length < 4 || mean < 20) return [];
    return day.receipts * 3 < mean ? [[week, day.receipts, Math.floor(mean + 0.5)]] : [];
  });
}

test("whatever cafés deliver, the days told are those under a third of the mean of the ordinary weekdays before", async () => {
  let told = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(cafe, { minLength: 10, maxLength: 20 }),
      fc.integer({ min: 0, max: weeks - 1 }),
      async (cafes, fromWeek) => {
        const chain = await openChain(cafes.length);
        // A question needs days that have data; what each is made of, comes below.
        for (const date of [first, last]) chain.deliver(0, date);
        await chain.load();
        await chain.warehouse.transact([
          { sql: "delete from location_days" },
          {
            sql: `insert into location_days
              select location_id, calendar.date, 'missing', null, null, null, 0, 0, 0, 0, 0, 0, null, false, 0, 0
              from locations
              join calendar on calendar.date between cast($first as date) and cast($last as date)`,
            params: { first, last },
          },
          ...cafes.flatMap((mondays, id) =>
            mondays.flatMap((day, week) =>
              day.kind === "missing"
                ? []
                : {
                    sql: `update location_days set state = 'in', receipts = $receipts, closure_reason = $reason
                      where location_id = $id and business_date = cast($date as date)`,
                    params: {
                      ...{ id, date: addDays(first, 7 * week), receipts: day.receipts },
                      reason: day.kind === "closed" ? "refit" : null,
                    },
                  },
            ),
          ),
        ]);
        const from = addDays(first, 7 * fromWeek);
        const question = await chain.ask({ from, to: last, compare: "none" });
        const { unusuallySmall } = await deliveries.run(question, {});
        const expected = cafes.flatMap((mondays, cafeId) =>
          smallOf(mondays).flatMap(([week, receipts, usualReceipts]) =>
            week < fromWeek ? [] : [{ cafeId, date: addDays(first, 7 * week), receipts, usualReceipts }],
          ),
        );
        const inOrder = (days: readonly { cafeId: number; date: string }[]) =>
          days.map((day) => JSON.stringify(day)).sort();
        told += expected.length;
        expect(
          inOrder(
            unusuallySmall.map(({ cafeId, date, receipts, usualReceipts }) => ({
              cafeId,
              date,
              receipts,
              usualReceipts,
            })),
          ),
        ).toEqual(inOrder(expected));
      },
    ),
    { numRuns: 6, endOnFailure: true },
  );
  expect(told).toBeGreaterThan(0);
}, 120_000);
