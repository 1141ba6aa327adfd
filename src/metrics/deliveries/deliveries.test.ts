import { afterEach, expect, test } from "vitest";
import { latte, openSmallChain, type SmallChain } from "../small-chain.suite.ts";
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
