import { afterEach, expect, test } from "vitest";
import { latte, openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import type { HandReceipt } from "../small-chain-rows.suite.ts";
import { deliveries } from "./deliveries.ts";
import { deliveriesAnswer } from "./schema.ts";

const leeds = { id: 1, name: "Leeds", region: "Yorkshire and The Humber" };
const york = { id: 2, name: "York", region: "Yorkshire and The Humber" };

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

const hull = { id: 3, name: "Hull", region: "Yorkshire and The Humber" };
const period = { from: "2026-03-02", to: "2026-03-03", compare: "none" } as const;

test("each café is in, partly in, missing, closed or not open; empty is not missing", async () => {
  const gone = { id: 4, name: "Bath", region: "South West", closedOn: "2026-02-01" };
  const refitted = { id: 5, name: "Frome", region: "South West" };
  chain = await openSmallChain([leeds, york, hull, gone, refitted]);
  chain.deliver(1, "2026-03-02", [latte("09:00", 200), { at: "10:00", lines: [["Latte", 200]], totalPence: 250 }]);
  chain.deliver(1, "2026-03-03");
  chain.deliver(2, "2026-03-02", [latte("09:00", 200)]);
  chain.deliver(3, "2026-02-20", [latte("09:00", 200)]);
  chain.deliver(4, "2026-01-31", [latte("09:00", 200)]);
  chain.deliver(5, "2026-02-20", [latte("09:00", 200)]);
  chain.close(5, "2026-03-02", "refit");
  chain.close(5, "2026-03-03", "refit");
  await chain.load();
  const answer = deliveriesAnswer.parse(await deliveries.run(await chain.ask(period), {}));
  expect(answer.cafes.map(({ name, state, missingDates }) => [name, state, missingDates])).toEqual([
    ["Hull", "missing", ["2026-03-02", "2026-03-03"]],
    ["York", "part", ["2026-03-03"]],
    ["Leeds", "in", []],
    ["Frome", "closed", []],
    ["Bath", "not_open", []],
  ]);
  expect(answer.cafes[2]).toMatchObject({
    daysIn: 2,
    daysEmpty: 1,
    receipts: 2,
    totalPence: 450,
    reconciledReceipts: 1,
    reconciledShare: 0.5,
    deliveredAt: "2026-03-04T06:00:01.000Z",
    lastDeliveredOn: "2026-03-03",
  });
  expect(answer.cafes[0]).toMatchObject({ deliveredAt: null, lastDeliveredOn: "2026-02-20", reconciledShare: null });
  expect(answer.cafes[3]?.closedDates).toEqual([
    { date: "2026-03-02", reason: "refit" },
    { date: "2026-03-03", reason: "refit" },
  ]);
  expect(answer.trust).toMatchObject({
    cafesIn: 1,
    cafesExpected: 3,
    cafeDaysIn: 3,
    cafeDaysExpected: 6,
    missing: [
      { name: "Hull", days: 2, lastMissingOn: "2026-03-03" },
      { name: "York", days: 1, lastMissingOn: "2026-03-03" },
    ],
  });
});

test("a corrected day is restated, with the corrected figures", async () => {
  chain = await openSmallChain([leeds]);
  chain.deliver(1, "2026-03-02", [latte("09:00", 200)]);
  chain.correct(1, "2026-03-02", [latte("09:00", 250)]);
  chain.deliver(1, "2026-03-03", [latte("09:00", 100)]);
  await chain.load();
  const { cafes, trust } = await deliveries.run(await chain.ask(period), {});
  expect(cafes).toMatchObject([{ restatedDates: ["2026-03-02"], totalPence: 350 }]);
  expect(trust.restated).toEqual([{ date: "2026-03-02", cafes: 1 }]);
});

test("refused rows count for their café; those of no known café only for who may see every café", async () => {
  chain = await openSmallChain([leeds, york]);
  chain.deliver(1, "2026-03-03", [latte("09:00", 200)]);
  chain.refuse("Leeds", "2026-03-03", 1480);
  chain.refuse("Leeds", "2026-03-03", null);
  chain.refuse("Atlantis", "2026-03-03", 500);
  await chain.load();
  const everything = await deliveries.run(await chain.ask(), {});
  expect(everything.unassigned).toEqual({ rows: 1, files: 0, pence: 500 });
  expect(everything.trust).toMatchObject({ quarantinedRows: 2, quarantinedPence: 1480 });
  const own = await deliveries.run(await chain.ask({}, [1]), {});
  expect(own.unassigned).toEqual({ rows: 0, files: 0, pence: 0 });
  expect(own.cafes).toMatchObject([{ name: "Leeds", quarantinedRows: 2, quarantinedPence: 1480 }]);
});

test("what names no known café is told of the period it is of, and of every one where its day is not known either", async () => {
  chain = await openSmallChain([leeds]);
  chain.deliver(1, "2026-02-24", [latte("09:00", 200)]);
  chain.refuse("Atlantis", "2026-02-24", 500);
  chain.deliver(1, "2026-03-03", [latte("09:00", 200)]);
  chain.refuse("Atlantis", "2026-03-03", 70);
  chain.refuse(null, null, 1);
  await chain.load();
  const { ask } = chain;
  const unassigned = async (from: string, to: string) =>
    (await deliveries.run(await ask({ from, to, compare: "week" }), {})).unassigned;
  expect(await unassigned("2026-03-03", "2026-03-03")).toEqual({ rows: 2, files: 0, pence: 71 });
  expect(await unassigned("2026-02-24", "2026-02-24")).toEqual({ rows: 2, files: 0, pence: 501 });
  expect(await unassigned("2026-02-25", "2026-03-02")).toEqual({ rows: 1, files: 0, pence: 1 });
  expect(await unassigned("2026-02-24", "2026-03-03")).toEqual({ rows: 3, files: 0, pence: 571 });
});

/** So many receipts; of what, does not matter. */
const receipts = (number: number): HandReceipt[] =>
  Array.from({ length: number }, () => ({ at: "09:00", lines: [], totalPence: 200 }));

/** What a café delivered on the days before one that is judged, and on that day. */
function deliverAll(cafeId: number, days: Readonly<Record<string, number>>): void {
  for (const [date, number] of Object.entries(days)) chain?.deliver(cafeId, date, receipts(number));
}

/** The unusually small days of the period, as "Leeds 2026-03-02: 7 of 22". */
async function unusuallySmall(from: string, to: string, cafeIds?: readonly number[]): Promise<string[]> {
  if (!chain) throw new Error("Open a chain first.");
  const answer = deliveriesAnswer.parse(
    await deliveries.run(await chain.ask({ from, to, compare: "none" }, cafeIds), {}),
  );
  return answer.unusuallySmall.map((day) => `${day.name} ${day.date}: ${day.receipts} of ${day.usualReceipts}`);
}

// Mondays, like the second of March.
const fourMondays = ["2026-02-02", "2026-02-09", "2026-02-16", "2026-02-23"];
const fourTimes = (number: number) => Object.fromEntries(fourMondays.map((date) => [date, number]));

test("a delivery under a third of the usual receipts is unusually small, an empty one too; a third is not", async () => {
  const bath = { id: 4, name: "Bath", region: "South West" };
  chain = await openSmallChain([leeds, york, hull, bath]);
  // The mean is 21.5, and a third of it 7.17.
  const before = { "2026-02-02": 20, "2026-02-09": 21, "2026-02-16": 22, "2026-02-23": 23 };
  deliverAll(1, { ...before, "2026-03-02": 7 });
  deliverAll(2, { ...before, "2026-03-02": 8 });
  deliverAll(3, { ...fourTimes(21), "2026-03-02": 7 });
  deliverAll(4, { ...fourTimes(20), "2026-03-02": 0 });
  await chain.load();
  expect(await unusuallySmall("2026-03-02", "2026-03-02")).toEqual([
    "Bath 2026-03-02: 0 of 20",
    "Leeds 2026-03-02: 7 of 22",
  ]);
  expect(await unusuallySmall("2026-02-23", "2026-03-02", [1, 2])).toEqual(["Leeds 2026-03-02: 7 of 22"]);
  expect(await unusuallySmall("2026-02-23", "2026-03-01")).toEqual([]);
});

test("nothing is judged by fewer than four such weekdays in the eight weeks before, nor by a mean under 20", async () => {
  const other = (id: number, name: string) => ({ id, name, region: "South West" });
  chain = await openSmallChain([leeds, york, hull, other(4, "Bath"), other(5, "Wells"), other(6, "Frome")]);
  const three = { "2026-02-09": 30, "2026-02-16": 30, "2026-02-23": 30 };
  deliverAll(1, { ...three, "2026-03-02": 1 });
  // Nine weeks before is too long ago, eight are not.
  deliverAll(2, { "2025-12-29": 30, ...three, "2026-03-02": 1 });
  deliverAll(3, { "2026-01-05": 30, ...three, "2026-03-02": 1 });
  // Sundays say nothing of Mondays.
  deliverAll(4, { "2026-02-08": 30, "2026-02-15": 30, "2026-02-22": 30, "2026-03-01": 30, "2026-03-02": 1 });
  deliverAll(5, { ...fourTimes(20), "2026-02-23": 19, "2026-03-02": 1 });
  // A café that is missing delivered nothing, be it ever so small.
  deliverAll(6, fourTimes(30));
  await chain.load();
  expect(await unusuallySmall("2026-03-02", "2026-03-02")).toEqual(["Hull 2026-03-02: 1 of 30"]);
});

test("bank holidays and planned closures are neither judged nor usual, each nation by its own", async () => {
  const leith = { id: 4, name: "Leith", region: "Scotland" };
  chain = await openSmallChain([leeds, york, hull, leith]);
  const before = { "2026-03-09": 21, "2026-03-16": 21, "2026-03-23": 21, "2026-03-30": 21 };
  // Easter Monday is the sixth of April, but not in Scotland.
  deliverAll(1, { ...before, "2026-04-06": 1, "2026-04-13": 1 });
  deliverAll(2, { ...before, "2026-04-13": 1 });
  chain.close(2, "2026-03-30", "water");
  deliverAll(3, { ...before, "2026-04-13": 1 });
  chain.close(3, "2026-04-13", "water");
  deliverAll(4, { ...before, "2026-04-06": 1 });
  await chain.load();
  expect(await unusuallySmall("2026-04-06", "2026-04-13")).toEqual([
    "Leeds 2026-04-13: 1 of 21",
    "Leith 2026-04-06: 1 of 21",
  ]);
});
