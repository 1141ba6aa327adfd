import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addDays } from "#core/day.ts";
import { latte, shapes } from "../till-fixtures.ts";
import { openTracker, type Tracker } from "../tracker.ts";
import { forgetPerson, knownKeys } from "./people.ts";

// Customers are counted when 13 weeks are over, and again when anything in them changes. After every load the audit holds what is kept
// against the receipts; what is written here is what must change, and when.

const [card, other] = ["4000000000000002", "5555555555554444"];

let tracker: Tracker;

beforeEach(async () => {
  tracker = await openTracker({ keys: knownKeys() });
});

afterEach(() => tracker.close());

/** Delivers a café's day: a receipt of each card. */
const came = (cafe: string, date: string, ...cards: string[]) =>
  tracker.deliver(
    `${date}-${cafe}.csv`,
    shapes.list(cards.map((each, index) => latte(cafe, `${date} 09:0${index}`, each))),
  );

/** The last weeks that are counted, with how many customers came in the 13 weeks and how many of them are new; what is kept is right. */
async function counted(cafe = "Leeds"): Promise<string[]> {
  const rows = await tracker.query<{ week: string; customers: number; fresh: number }>(
    `select
       cast(week_start as varchar) as week,
       cast(sum(customers) as integer) as customers,
       cast(sum(case when is_new then customers else 0 end) as integer) as fresh
     from weekly_segments
     join locations on locations.location_id = weekly_segments.location_id
     where locations.name = '${cafe}'
     group by week_start
     order by week_start`,
  );
  expect(await tracker.audit()).toEqual([]);
  return rows.map(({ week, customers, fresh }) => `${week}: ${customers}, ${fresh} new`);
}

test("a week is counted once it is over, for every café when any of them has delivered", async () => {
  await came("Leeds", "2026-03-02", card);
  await came("Leeds", "2026-03-07", other);
  await tracker.run();
  expect(await counted()).toEqual([]);
  await came("York", "2026-03-08", card);
  await tracker.run();
  expect(await counted()).toEqual(["2026-03-02: 2, 2 new"]);
  expect(await counted("York")).toEqual(["2026-03-02: 1, 1 new"]);
  await came("York", "2026-03-12", card);
  await tracker.run();
  expect(await counted()).toEqual(["2026-03-02: 2, 2 new"]);
});

test("a first day that moves back makes nobody new in weeks that end long after the late file's", async () => {
  await came("Leeds", "2026-01-05", card);
  await came("Leeds", "2026-01-18", other);
  await tracker.run();
  expect(await counted()).toEqual(["2026-01-05: 1, 1 new", "2026-01-12: 2, 2 new"]);
  // 20 weeks earlier: none of the 13 weeks that were counted has that day.
  await came("Leeds", "2025-08-18", card);
  await tracker.run();
  expect((await counted()).slice(-2)).toEqual(["2026-01-05: 1, 0 new", "2026-01-12: 2, 1 new"]);
  // A correction takes the receipt away again.
  await came("Leeds", "2025-08-18");
  await tracker.run();
  expect((await counted()).slice(-2)).toEqual(["2026-01-05: 1, 1 new", "2026-01-12: 2, 2 new"]);
});

test("a newest day that is withdrawn takes its week along, and brings it back", async () => {
  await came("Leeds", "2026-02-22", card);
  await came("York", "2026-03-01", card);
  await tracker.run();
  expect(await counted()).toEqual(["2026-02-16: 1, 1 new", "2026-02-23: 1, 1 new"]);
  await tracker.deliver("2026-03-01-York.csv", shapes.list([latte("York", "2026-02-27 09:00", card)]));
  await tracker.run();
  expect(await counted()).toEqual(["2026-02-16: 1, 1 new"]);
  await came("York", "2026-03-08", card);
  await tracker.run();
  expect((await counted()).slice(-2)).toEqual(["2026-02-23: 1, 1 new", "2026-03-02: 1, 1 new"]);
});

test("who is forgotten is in no week, and whoever came to a café under its two names is one there", async () => {
  await came("Leeds", "2025-12-21", card, other);
  await came("Leds", "2025-12-28", card);
  await came("Leeds", "2026-01-04", other);
  await tracker.run();
  expect((await counted()).at(-1)).toBe("2025-12-29: 2, 2 new");
  expect((await counted("Leds")).at(-1)).toBe("2025-12-29: 1, 1 new");
  await tracker.writeBook({ cafes: { Leeds: { aliases: ["Leds"] } } });
  await tracker.applyBook();
  expect(await counted("Leds")).toEqual([]);
  expect((await counted()).at(-1)).toBe("2025-12-29: 2, 2 new");
  await forgetPerson(tracker.context, { card: other });
  expect((await counted()).at(-1)).toBe("2025-12-29: 1, 1 new");
});

const first = "2025-08-25";
const delivery = fc.record({
  cafe: fc.constantFrom("Leeds", "Leds", "York"),
  // 30 weeks, which end on a Sunday, over New Year.
  day: fc.oneof(fc.integer({ min: 0, max: 209 }), fc.constantFrom(6, 90, 97, 174, 209)),
  cards: fc.array(fc.constantFrom(card, other, "4111111111111111", "4012888888881881"), { maxLength: 5 }),
  pence: fc.integer({ min: 1, max: 999 }),
});
const step = fc.oneof(
  { weight: 5, arbitrary: fc.array(delivery, { minLength: 1, maxLength: 25, size: "max" }) },
  { weight: 1, arbitrary: fc.constantFrom("merge" as const, "forget" as const) },
);

test("weeks are what the receipts say, in whatever order days, corrections, merges and forgetting come", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
      const history = await openTracker({ keys: knownKeys() });
      try {
        for (const next of steps) {
          if (next === "merge") {
            await history.writeBook({ cafes: { Leeds: { aliases: ["Leds"] } } });
            await history.applyBook();
          } else if (next === "forget") await forgetPerson(history.context, { card: other });
          else {
            for (const { cafe, day, cards, pence } of next) {
              const date = addDays(first, day);
              const receipts = cards.map((each, index) => ({
                ...latte(cafe, `${date} 09:0${index}`, each),
                lines: [{ size: "Regular" as const, name: "Latte", pence }],
              }));
              await history.deliver(`${date}-${cafe}.csv`, shapes.list(receipts));
            }
            await history.run();
          }
          expect(await history.audit()).toEqual([]);
        }
        // Counted all at once, by the next load, they are what they were.
        const before = await history.contents("weekly_segments");
        await history.warehouse.transact([{ sql: "delete from weekly_segments" }]);
        await history.writeBook({ closures: [{ from: "2026-12-25", to: "2026-12-25", reason: "Christmas Day" }] });
        await history.applyBook();
        expect(await history.contents("weekly_segments")).toEqual(before);
      } finally {
        await history.close();
      }
    }),
    { numRuns: Number(process.env.INFINITY_HISTORIES ?? 4) },
  );
}, 600_000);
