import { afterEach, beforeEach, expect, test } from "vitest";
import type { LoadMessage, TransformMessage } from "#core/messages.ts";
import { latte, row, shapes } from "../till-fixtures.ts";
import { openTracker, type Tracker } from "../tracker.ts";

let tracker: Tracker;

beforeEach(async () => {
  tracker = await openTracker();
});

afterEach(async () => {
  expect(await tracker.audit()).toEqual([]);
  await tracker.close();
});

const key = "2026/03/02/leeds.csv";
const monday = [
  latte("Leeds", "2026-03-02 09:00"),
  latte("Leeds", "2026-03-02 09:00"),
  latte("Leeds", "2026-03-02 10:30", "5555555555554444"),
];
const first = shapes.list(monday);
const corrected = shapes.list([...monday.slice(0, 2), latte("Leeds", "2026-03-03 08:00", "4111111111111111")]);

async function deliverAndRun(content: string | Buffer, at = key) {
  await tracker.deliver(at, content);
  return tracker.run();
}

test("identical receipts in one file are separate sales", async () => {
  expect(await deliverAndRun(first)).toMatchObject({ files: { loaded: 1 }, rows: { loaded: 3 }, totalPence: 645 });
});

test("an unchanged file is not read again", async () => {
  await deliverAndRun(first);
  const before = await tracker.digest();
  const transform = async () => {
    throw new Error("nothing was to be transformed");
  };
  const summary = await tracker.run({ transform });
  expect(summary).toMatchObject({ status: "completed", files: { discovered: 1, loaded: 0, unchanged: 1 } });
  expect(summary).toMatchObject({ rows: { read: 0, loaded: 0 }, items: 0, totalPence: 0 });
  expect(await tracker.digest()).toEqual(before);
});

test("the same bytes with a new time are looked at once and change nothing", async () => {
  await deliverAndRun(first);
  const before = await tracker.digest();
  await tracker.touch(key);
  expect(await tracker.run()).toMatchObject({ files: { loaded: 0, unchanged: 1 }, rows: { read: 0 } });
  expect(await tracker.digest()).toEqual(before);
  const transform = async () => {
    throw new Error("the new time was to be remembered");
  };
  expect(await tracker.run({ transform })).toMatchObject({ files: { unchanged: 1 } });
});

test("a corrected file replaces all that its older version gave", async () => {
  await deliverAndRun(first);
  expect(await deliverAndRun(corrected)).toMatchObject({ files: { loaded: 1, superseded: 1 }, rows: { loaded: 3 } });
  expect(await tracker.standing()).toEqual([`${key}: loaded, 3, 645`]);
  expect(await tracker.query("select business_date, receipts from daily_sales order by business_date")).toEqual([
    { business_date: "2026-03-02", receipts: 2 },
    { business_date: "2026-03-03", receipts: 1 },
  ]);
});

test("a file that goes back to what it was ends as it was", async () => {
  await deliverAndRun(first);
  const before = await tracker.digest();
  await deliverAndRun(corrected);
  expect(await tracker.digest()).not.toEqual(before);
  expect(await deliverAndRun(first)).toMatchObject({ files: { loaded: 1 } });
  expect(await tracker.digest()).toEqual(before);
});

test("an older version whose message comes after the newer one's changes nothing", async () => {
  await deliverAndRun(first, "other.csv");
  const held: LoadMessage[] = [];
  const transform = async (message: TransformMessage) => {
    const loadMessage = await tracker.context.transform(message);
    held.push(loadMessage);
    return loadMessage;
  };
  await tracker.deliver(key, first);
  await tracker.run({ transform });
  await deliverAndRun(corrected);
  const newer = await tracker.digest();
  await tracker.loadQueue.send(held);
  await tracker.run();
  expect(await tracker.digest()).toEqual(newer);
  expect(await tracker.loadQueue.depth()).toEqual({ waiting: 0, inFlight: 0, dead: 0 });
});

test("a new version that is refused leaves the last good one, and its own refused rows, in place", async () => {
  const withBadRow = first + row(["02/03/2026 11:00", "Leeds", "Pat Sample", "Latte - 2.15", "NaN", "CARD", ""]);
  await deliverAndRun(withBadRow);
  expect(await tracker.query("select reason from quarantine")).toEqual([{ reason: "row_total_unreadable" }]);
  expect(await deliverAndRun("what,is,this\n")).toMatchObject({ files: { loaded: 0, quarantined: 1 } });
  expect(await tracker.standing()).toEqual([`${key}: loaded, 3, 645`, `${key}: quarantined, 0, 0`]);
  expect(await tracker.query("select reason from quarantine order by reason")).toEqual([
    { reason: "file_unknown_layout" },
    { reason: "row_total_unreadable" },
  ]);
});

test("a refused file that is corrected is refused no longer", async () => {
  await deliverAndRun("what,is,this\n");
  expect(await deliverAndRun(first)).toMatchObject({ files: { loaded: 1, superseded: 0, quarantined: 0 } });
  expect(await tracker.query("select * from quarantine")).toEqual([]);
  expect(await tracker.query("select status, count(*) as n from files group by status order by status")).toEqual([
    { status: "loaded", n: 1 },
    { status: "superseded", n: 1 },
  ]);
});

test("a file refused twice is refused once in the end", async () => {
  await deliverAndRun("what,is,this\n");
  await deliverAndRun("what,is,that,then\n");
  expect(await tracker.query("select count(*) as n from quarantine")).toEqual([{ n: 1 }]);
});

test("a corrected file takes its customers' visits with it", async () => {
  await deliverAndRun(first);
  await deliverAndRun(corrected);
  const seen = "select first_seen_on, last_seen_on from customers where first_seen_on is not null order by 1, 2";
  expect(await tracker.query(seen)).toEqual([
    { first_seen_on: "2026-03-02", last_seen_on: "2026-03-02" },
    { first_seen_on: "2026-03-03", last_seen_on: "2026-03-03" },
  ]);
});

test("who buys at a second café is marked at both, until a correction takes that away", async () => {
  const marks = () =>
    tracker.query(`select name, is_shared from customer_years join locations using (location_id)
      where receipts = 2 or name = 'York' order by name`);
  await deliverAndRun(first);
  expect(await marks()).toEqual([{ name: "Leeds", is_shared: false }]);
  await deliverAndRun(shapes.list([latte("York", "2026-03-03 09:00")]), "2026/03/03/york.csv");
  expect(await marks()).toEqual([
    { name: "Leeds", is_shared: true },
    { name: "York", is_shared: true },
  ]);
  await deliverAndRun(shapes.list([latte("York", "2026-03-03 09:00", "4111111111111111")]), "2026/03/03/york.csv");
  expect(await marks()).toEqual([
    { name: "Leeds", is_shared: false },
    { name: "York", is_shared: false },
  ]);
});

test("an empty file and a header alone are deliveries without receipts, not missing ones", async () => {
  await deliverAndRun(first);
  await deliverAndRun("", "2026/03/03/leeds.csv");
  expect(await deliverAndRun(shapes.listWithHeader([]), "2026-03-04-Leeds.csv")).toMatchObject({
    files: { loaded: 1, duplicate: 0, quarantined: 0 },
    rows: { read: 0 },
  });
  expect(await tracker.query("select business_date, receipts, counted from deliveries order by business_date")).toEqual(
    [
      { business_date: "2026-03-02", receipts: 3, counted: true },
      { business_date: "2026-03-03", receipts: 0, counted: true },
      { business_date: "2026-03-04", receipts: 0, counted: true },
    ],
  );
});

test("two empty files for one day are no duplicates of each other", async () => {
  await deliverAndRun(first);
  await deliverAndRun("", "2026/03/03/leeds.csv");
  await deliverAndRun("", "2026-03-03-Leeds.csv");
  expect(await tracker.query("select status from files")).toEqual([
    { status: "loaded" },
    { status: "loaded" },
    { status: "loaded" },
  ]);
});

test("an empty file delivers for its café also when the café is heard of only later", async () => {
  await deliverAndRun("", "2026/03/01/leeds.csv");
  await deliverAndRun(first);
  expect(await tracker.query("select business_date, receipts from deliveries order by business_date")).toEqual([
    { business_date: "2026-03-01", receipts: 0 },
    { business_date: "2026-03-02", receipts: 3 },
  ]);
});

test("a file that becomes empty takes its receipts out", async () => {
  await deliverAndRun(first);
  await deliverAndRun("");
  expect(await tracker.query("select count(*) as n from transactions")).toEqual([{ n: 0 }]);
  expect(await tracker.query("select count(*) as n from daily_sales")).toEqual([{ n: 0 }]);
  expect(await tracker.query("select * from customers where first_seen_on is not null")).toEqual([]);
});
