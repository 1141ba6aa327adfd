import { afterEach, beforeEach, expect, test } from "vitest";
import { latte, shapes } from "../till-fixtures.ts";
import { openTracker, type Tracker } from "../tracker.ts";
import { forgetPerson, knownKeys } from "./people.ts";

const [card, other] = ["4000000000000002", "5555555555554444"];

let tracker: Tracker;

beforeEach(async () => {
  tracker = await openTracker({ keys: knownKeys() });
});

afterEach(() => tracker.close());

const file = (...receipts: (readonly [day: string, card: string])[]) =>
  shapes.list(receipts.map(([day, number], index) => latte("Leeds", `2026-03-0${day} 1${index}:00`, number)));

/** Each day's receipts of known customers, and how many of them are of customers on their first day. */
async function known(): Promise<string[]> {
  const rows = await tracker.query<{ date: string; receipts: number; first_receipts: number }>(
    `select cast(sold.business_date as varchar) as date, sold.identified_receipts as receipts, coalesce(first.receipts, 0) as first_receipts
     from daily_sales as sold
     left join daily_first_visits as first
       on first.location_id = sold.location_id and first.business_date = sold.business_date
     order by sold.business_date`,
  );
  expect(await tracker.audit()).toEqual([]);
  return rows.map(({ date, receipts, first_receipts }) => `${date.slice(-1)}: ${first_receipts} of ${receipts}`);
}

test("a first day moves back when an older file comes late, and every day says so", async () => {
  await tracker.deliver("5.csv", file(["5", card], ["5", card], ["5", other]));
  await tracker.run();
  expect(await known()).toEqual(["5: 3 of 3"]);
  await tracker.deliver("3.csv", file(["3", card]));
  await tracker.run();
  expect(await known()).toEqual(["3: 1 of 1", "5: 1 of 3"]);
});

test("it moves on when a corrected file no longer has the receipt, to a day that this load does not touch", async () => {
  await tracker.deliver("3.csv", file(["3", card], ["3", other]));
  await tracker.deliver("4.csv", file(["4", card]));
  await tracker.deliver("6.csv", file(["6", card]));
  await tracker.run();
  expect(await known()).toEqual(["3: 2 of 2", "4: 0 of 1", "6: 0 of 1"]);
  await tracker.deliver("3.csv", file(["3", other]));
  await tracker.run();
  expect(await known()).toEqual(["3: 1 of 1", "4: 1 of 1", "6: 0 of 1"]);
});

test("who is forgotten is known on no day, and nobody else changes", async () => {
  await tracker.deliver("3.csv", file(["3", card], ["3", other]));
  await tracker.deliver("4.csv", file(["4", card], ["4", other]));
  await tracker.run();
  await forgetPerson(tracker.context, { card });
  expect(await known()).toEqual(["3: 1 of 1", "4: 0 of 1"]);
});
