import { afterEach, expect, test } from "vitest";
import { latte, openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import { salesByHour } from "./sales-by-hour.ts";
import { salesByHourAnswer } from "./schema.ts";

const leeds = { id: 1, name: "Leeds", region: "Yorkshire and The Humber" };
const york = { id: 2, name: "York", region: "Yorkshire and The Humber" };

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

const many = (at: string, times: number) => Array.from({ length: times }, () => latte(at, 200));

test("usual is each café's mean over the days it delivered, summed over cafés", async () => {
  chain = await openSmallChain([leeds, york]);
  // Leeds delivered two Tuesdays before, York one: its missing one must not pull the usual down.
  chain.deliver(1, "2026-02-17", many("12:10", 2));
  chain.deliver(1, "2026-02-24", [...many("12:10", 4), ...many("14:00", 2)]);
  chain.deliver(2, "2026-02-17", many("12:10", 5));
  chain.deliver(1, "2026-03-03", [...many("12:10", 30), ...many("14:00", 1)]);
  chain.deliver(2, "2026-03-03", many("12:10", 5));
  await chain.load();
  const answer = salesByHourAnswer.parse(await salesByHour.run(await chain.ask(), {}));
  expect(answer.usual).toMatchObject({ from: "2026-02-17", to: "2026-03-02" });
  expect(answer.hours).toEqual([12, 13, 14]);
  expect(answer.cells.filter(({ weekday }) => weekday === 2)).toEqual([
    {
      weekday: 2,
      hour: 12,
      usual: 8,
      usualPerCafe: 4,
      usualPence: 1600,
      period: 35,
      periodPerCafe: 17.5,
      periodPence: 7000,
    },
    { weekday: 2, hour: 13, usual: 0, usualPerCafe: 0, usualPence: 0, period: 0, periodPerCafe: 0, periodPence: 0 },
    {
      weekday: 2,
      hour: 14,
      usual: 1,
      usualPerCafe: 0.5,
      usualPence: 200,
      period: 1,
      periodPerCafe: 0.5,
      periodPence: 200,
    },
  ]);
  expect(answer.weekdays[1]).toMatchObject({ weekday: 2, usual: 9, period: 36 });
  expect(answer.weekdays[2]).toMatchObject({ weekday: 3, usual: null, period: null });
  expect(answer.busiest).toEqual({ weekday: 2, hour: 12 });
  expect(answer.oddest).toMatchObject({ weekday: 2, hour: 12, usual: 8, period: 35 });
});

test("the oddest hour is one that many receipts make odd, not one in which a few are many", async () => {
  chain = await openSmallChain([leeds]);
  for (const date of ["2026-02-17", "2026-02-24"]) chain.deliver(1, date, [...many("12:10", 36), ...many("17:00", 1)]);
  chain.deliver(1, "2026-03-03", [...many("12:10", 18), ...many("17:00", 6)]);
  await chain.load();
  // Five standard errors from usual at five o'clock, and three at noon.
  const { oddest } = salesByHourAnswer.parse(await salesByHour.run(await chain.ask(), {}));
  expect(oddest).toMatchObject({ hour: 12, usual: 36, period: 18, ratio: -0.5 });
});

test("on the first day of the data nothing is usual", async () => {
  chain = await openSmallChain([leeds]);
  chain.deliver(1, "2026-03-03", many("12:10", 2));
  await chain.load();
  const answer = await salesByHour.run(await chain.ask(), {});
  expect(answer).toMatchObject({ usual: null, busiest: null, oddest: null });
  expect(answer.cells.filter(({ period }) => period !== null)).toEqual([
    {
      weekday: 2,
      hour: 12,
      usual: null,
      usualPerCafe: null,
      usualPence: null,
      period: 2,
      periodPerCafe: 2,
      periodPence: 400,
    },
  ]);
});

test("a café with an empty day has no hours, and no error", async () => {
  chain = await openSmallChain([leeds]);
  chain.deliver(1, "2026-03-03");
  await chain.load();
  expect(await salesByHour.run(await chain.ask(), {})).toMatchObject({ hours: [], cells: [] });
});
