import { afterEach, beforeEach, expect, test } from "vitest";
import { type FixtureReceipt, latte, shapes } from "../till-fixtures.ts";
import { openTracker, type Tracker } from "../tracker.ts";

let tracker: Tracker;

beforeEach(async () => {
  tracker = await openTracker();
});

afterEach(async () => {
  expect(await tracker.audit()).toEqual([]);
  await tracker.close();
});

/** Lattes of one café on one day, one at each of these hours. */
const atHours = (...hours: number[]): FixtureReceipt[] =>
  hours.map((hour) => latte("Leeds", `2026-03-02 ${String(hour).padStart(2, "0")}:00`));

async function deliverAndRun(key: string, receipts: readonly FixtureReceipt[]) {
  await tracker.deliver(key, shapes.list(receipts));
  return tracker.run();
}

const overlaps = () =>
  tracker.query(`select key, overlap_share from deliveries join files using (file_id)
    where is_current and overlap_share is not null order by key`);

test("the same bytes under another key are a duplicate", async () => {
  await deliverAndRun("a.csv", atHours(9, 10));
  expect(await deliverAndRun("copy of a.csv", atHours(9, 10))).toMatchObject({
    files: { loaded: 0, duplicate: 1, superseded: 0 },
    rows: { read: 2, loaded: 0 },
    totalPence: 0,
  });
  expect(await tracker.standing()).toEqual(["a.csv: loaded, 2, 430", "copy of a.csv: duplicate, 0, 0, by a.csv"]);
});

test("a duplicate comes back when the original changes", async () => {
  await deliverAndRun("a.csv", atHours(9, 10));
  await deliverAndRun("b.csv", atHours(9, 10));
  await deliverAndRun("a.csv", atHours(15, 16));
  expect(await tracker.standing()).toEqual(["a.csv: loaded, 2, 430", "b.csv: loaded, 2, 430"]);
});

test("a duplicate arriving in the same run as its original is one", async () => {
  await tracker.deliver("b.csv", shapes.list(atHours(9)));
  await tracker.deliver("a.csv", shapes.list(atHours(9)));
  expect(await tracker.run()).toMatchObject({ files: { loaded: 1, duplicate: 1 }, totalPence: 215 });
  expect(await tracker.standing()).toEqual(["a.csv: duplicate, 0, 0, by b.csv", "b.csv: loaded, 1, 215"]);
});

test("another file with at least half of the smaller one's receipts takes its place", async () => {
  await deliverAndRun("a.csv", atHours(9, 10));
  expect(await deliverAndRun("b.csv", atHours(10, 11, 12, 13))).toMatchObject({ files: { loaded: 1, superseded: 1 } });
  expect(await tracker.standing()).toEqual(["a.csv: superseded, 0, 0, by b.csv", "b.csv: loaded, 4, 860"]);
});

test("a file that was superseded counts again when its superseder is corrected away", async () => {
  await deliverAndRun("a.csv", atHours(9, 10));
  await deliverAndRun("b.csv", atHours(9, 10, 11));
  await deliverAndRun("b.csv", atHours(14, 15));
  expect(await tracker.standing()).toEqual(["a.csv: loaded, 2, 430", "b.csv: loaded, 2, 430"]);
});

test("receipts that coincide are counted as often as both files have them", async () => {
  // Two tills, three lattes each at nine: a multiset, so three of three coincide.
  await deliverAndRun("a.csv", atHours(9, 9, 9, 10, 11, 12));
  await deliverAndRun("b.csv", atHours(9, 14, 15, 16));
  expect(await overlaps()).toEqual([
    { key: "a.csv", overlap_share: 0.25 },
    { key: "b.csv", overlap_share: 0.25 },
  ]);
  await deliverAndRun("b.csv", atHours(9, 9, 9, 14, 15, 16));
  expect(await tracker.standing()).toEqual(["a.csv: superseded, 0, 0, by b.csv", "b.csv: loaded, 6, 1290"]);
});

test("another file without common receipts is a second part of the day", async () => {
  await deliverAndRun("a.csv", atHours(9, 10));
  expect(await deliverAndRun("b.csv", atHours(11, 12))).toMatchObject({ files: { loaded: 1, superseded: 0 } });
  expect(await tracker.standing()).toEqual(["a.csv: loaded, 2, 430", "b.csv: loaded, 2, 430"]);
  expect(await overlaps()).toEqual([]);
});

test("fewer common receipts than half let both count, flagged; the flag goes with the overlap", async () => {
  await deliverAndRun("a.csv", atHours(9, 10, 11));
  await deliverAndRun("b.csv", atHours(11, 12, 13));
  const flagged = await overlaps();
  expect(flagged).toHaveLength(2);
  expect(flagged[0]?.overlap_share).toBeCloseTo(1 / 3, 9);
  await deliverAndRun("b.csv", atHours(12, 13, 14));
  expect(await overlaps()).toEqual([]);
  await deliverAndRun("b.csv", atHours(11, 12, 13));
  expect(await overlaps()).toHaveLength(2);
  await deliverAndRun("b.csv", [latte("Leeds", "2026-03-03 09:00")]);
  expect(await overlaps()).toEqual([]);
});

test("a receipt coincides only with the same basket, total and payment at the same time", async () => {
  const [receipt] = atHours(9);
  if (receipt === undefined) throw new Error("no receipt");
  const others: FixtureReceipt[] = [
    { ...receipt, payment: "CASH" },
    { ...receipt, paidPence: 216 },
    { ...receipt, lines: [{ size: "Regular", name: "Cappuccino", pence: 215 }] },
    { ...receipt, at: "2026-03-02 09:01" },
    { ...receipt, cafe: "Longridge" },
    { ...receipt, at: "2026-03-03 09:00" },
  ];
  await deliverAndRun("a.csv", [receipt]);
  for (const [index, other] of others.entries()) await deliverAndRun(`b${index}.csv`, [other]);
  expect(await tracker.query("select count(*) as n from transactions")).toEqual([{ n: 7 }]);
  expect(await overlaps()).toEqual([]);
});

test("a file of several days is superseded only for the day that another file brings", async () => {
  const tuesday = latte("Leeds", "2026-03-03 09:00");
  await deliverAndRun("week.csv", [...atHours(9, 10), tuesday]);
  await deliverAndRun("monday.csv", atHours(9, 10, 11));
  expect(await tracker.standing()).toEqual(["monday.csv: loaded, 3, 645", "week.csv: loaded, 1, 215"]);
  expect(
    await tracker.query(`select business_date, counted from deliveries join files using (file_id)
      where key = 'week.csv' order by business_date`),
  ).toEqual([
    { business_date: "2026-03-02", counted: false },
    { business_date: "2026-03-03", counted: true },
  ]);
});

test("of three versions of a day under three keys only the newest counts", async () => {
  await deliverAndRun("a.csv", atHours(9, 10));
  await deliverAndRun("b.csv", atHours(9, 10, 11));
  await deliverAndRun("c.csv", atHours(9, 10, 11, 12));
  expect(await tracker.standing()).toEqual([
    "a.csv: superseded, 0, 0, by b.csv",
    "b.csv: superseded, 0, 0, by c.csv",
    "c.csv: loaded, 4, 860",
  ]);
});

test("touching the older of two files does not make it the newer", async () => {
  await deliverAndRun("a.csv", atHours(9, 10));
  await deliverAndRun("b.csv", atHours(9, 10, 11));
  const before = await tracker.digest();
  await tracker.touch("a.csv");
  await tracker.run();
  expect(await tracker.digest()).toEqual(before);
});
