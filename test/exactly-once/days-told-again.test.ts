import { afterEach, beforeEach, expect, test } from "vitest";
import { latte, shapes } from "../till-fixtures.ts";
import { openTracker, type Tracker } from "../tracker.ts";

// A load tells again only the days that it changes: those of its own receipts, and others as well. The audits compare every day with what
// deliveries and refused rows say.

let tracker: Tracker;

beforeEach(async () => {
  tracker = await openTracker();
});

afterEach(async () => {
  expect(await tracker.audit()).toEqual([]);
  await tracker.close();
});

async function deliverAndRun(...files: readonly (readonly [key: string, text: string])[]): Promise<void> {
  for (const [key, text] of files) await tracker.deliver(key, text);
  await tracker.run();
}

const sold = (cafe: string, ...days: number[]) => shapes.list(days.map((day) => latte(cafe, `2026-03-0${day} 09:00`)));
const refused = (cafe: string, day: number) => sold(cafe, day).replace("CARD", "SHELLS");

/** The days of a café, each as `day: state, refused rows`. */
async function daysOf(cafe: string): Promise<string[]> {
  const days = await tracker.query<{ told: string }>(
    `select strftime(business_date, '%-d: ') || state || ', ' || refused_rows as told
     from location_days join locations using (location_id)
     where name = '${cafe}' order by business_date`,
  );
  return days.map(({ told }) => told);
}

test("a file that comes late opens its café earlier, and the days in between are missing", async () => {
  await deliverAndRun(["york.csv", sold("York", 1, 2, 3, 4, 5)], ["leeds-5.csv", sold("Leeds", 5)]);
  expect(await daysOf("Leeds")).toEqual([
    "1: not_open, 0",
    "2: not_open, 0",
    "3: not_open, 0",
    "4: not_open, 0",
    "5: in, 0",
  ]);
  await deliverAndRun(["leeds-2.csv", sold("Leeds", 2)]);
  expect(await daysOf("Leeds")).toEqual(["1: not_open, 0", "2: in, 0", "3: missing, 0", "4: missing, 0", "5: in, 0"]);
});

test("days that a correction takes away at the end are told of no longer", async () => {
  await deliverAndRun(
    ["york.csv", sold("York", 1, 2)],
    ["leeds-1.csv", sold("Leeds", 1)],
    ["leeds.csv", sold("Leeds", 5)],
  );
  expect(await daysOf("York")).toHaveLength(5);
  await deliverAndRun(["leeds.csv", sold("Leeds", 2)]);
  expect(await daysOf("York")).toEqual(["1: in, 0", "2: in, 0"]);
});

test("days on which nobody delivered are told of once a later one comes, and those before an earlier one", async () => {
  await deliverAndRun(["york-3.csv", sold("York", 3)], ["leeds.csv", sold("Leeds", 3)]);
  await deliverAndRun(["york-6.csv", sold("York", 6)]);
  expect(await daysOf("Leeds")).toEqual(["3: in, 0", "4: missing, 0", "5: missing, 0", "6: missing, 0"]);
  await deliverAndRun(["york-1.csv", sold("York", 1)]);
  expect((await daysOf("Leeds")).slice(0, 3)).toEqual(["1: not_open, 0", "2: not_open, 0", "3: in, 0"]);
});

test("a refused row that a correction takes away leaves its day, whatever the day of the others", async () => {
  await deliverAndRun(["york.csv", sold("York", 1, 2, 3)], ["leeds.csv", sold("Leeds", 1) + refused("Leeds", 3)]);
  expect(await daysOf("Leeds")).toEqual(["1: in, 0", "2: missing, 0", "3: missing, 1"]);
  await deliverAndRun(["leeds.csv", sold("Leeds", 1)]);
  expect(await daysOf("Leeds")).toEqual(["1: in, 0", "2: missing, 0", "3: missing, 0"]);
});

test("a refused file that a readable one of another day replaces leaves its day", async () => {
  const key = "leeds_03-03-2026_18-00-00.csv";
  await deliverAndRun(["york.csv", sold("York", 1, 2, 3)], ["leeds.csv", sold("Leeds", 1)], [key, "not,a,till\n"]);
  expect(await daysOf("Leeds")).toEqual(["1: in, 0", "2: missing, 0", "3: missing, 1"]);
  await deliverAndRun([key, sold("Leeds", 2)]);
  expect(await daysOf("Leeds")).toEqual(["1: in, 0", "2: in, 0", "3: missing, 0"]);
});
