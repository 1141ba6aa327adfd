import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { change } from "../change/change.ts";
import { NoDataError, ParameterError } from "../errors.ts";
import { latte, openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import type { HandReceipt } from "../small-chain-rows.suite.ts";
import { type WhatChangedAnswer, whatChangedAnswer, whatChangedParams } from "./schema.ts";
import { whatChanged } from "./what-changed.ts";

const leeds = { id: 1, name: "Leeds", region: "Yorkshire and The Humber" };
const york = { id: 2, name: "York", region: "Yorkshire and The Humber" };
const bath = { id: 3, name: "Bath", region: "South West" };

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

const params = (own: object = {}) => whatChangedParams.parse(own);
const partsOf = ({ days, visits, itemsPerReceipt, priceAndMix }: WhatChangedAnswer["lines"][number]) => [
  days,
  visits,
  itemsPerReceipt,
  priceAndMix,
];

test("two periods of any length: days delivered are a part of their own, and a café in one of them is a line of its own", async () => {
  chain = await openSmallChain([leeds, york, bath]);
  // Leeds: two days in January, three in March. York only in January, Bath only in March.
  chain.deliver(1, "2026-01-05", [latte("09:00", 200), latte("10:00", 200)]);
  chain.deliver(1, "2026-01-06", [latte("09:00", 200), latte("10:00", 200)]);
  chain.deliver(2, "2026-01-05", [latte("09:00", 500)]);
  chain.deliver(1, "2026-03-01", [latte("09:00", 210), latte("10:00", 210), latte("11:00", 210)]);
  chain.deliver(1, "2026-03-02", [latte("09:00", 210), latte("10:00", 210)]);
  chain.deliver(1, "2026-03-03", [latte("09:00", 210)]);
  chain.deliver(3, "2026-03-03", [latte("09:00", 90)]);
  await chain.load();
  const question = await chain.ask({ from: "2026-03-01", to: "2026-03-03" });
  const answer = whatChangedAnswer.parse(
    await whatChanged.run(question, params({ beforeFrom: "2026-01-05", beforeTo: "2026-01-06" })),
  );
  expect(answer).toMatchObject({ pairedByDay: false, comparison: null, before: { from: "2026-01-05", days: 2 } });
  // A day more at £4 a day; the same two visits a day; one item each; 6 items 10p dearer.
  expect(answer.lines.map((line) => [line.name, line.differencePence, ...partsOf(line)])).toEqual([
    ["Leeds", 460, 400, 0, 0, 60],
  ]);
  expect(answer.notCompared.map(({ name, reason, differencePence }) => [name, reason, differencePence])).toEqual([
    ["York", "not_delivered", -500],
    ["Bath", "opened", 90],
  ]);
  expect(answer.total).toMatchObject({
    nowPence: 1350,
    beforePence: 1300,
    differencePence: 50,
    days: 400,
    priceAndMix: 60,
    notComparedPence: -410,
    unreconciledPence: 0,
  });
});

test("equally long periods are compared day by day, and a day missing on one side leaves both", async () => {
  chain = await openSmallChain([leeds]);
  chain.deliver(1, "2026-01-12", [latte("09:00", 200)]);
  chain.deliver(1, "2026-01-13", [latte("09:00", 300)]);
  chain.deliver(1, "2026-03-02", [latte("09:00", 250)]);
  chain.deliver(1, "2026-03-04");
  await chain.load();
  const question = await chain.ask({ from: "2026-03-02", to: "2026-03-03" });
  const answer = await whatChanged.run(question, params({ beforeFrom: "2026-01-12" }));
  expect(answer).toMatchObject({ pairedByDay: true, before: { from: "2026-01-12", to: "2026-01-13" } });
  expect(answer.lines).toMatchObject([{ name: "Leeds", differencePence: 50, days: 0, visits: 0, priceAndMix: 50 }]);
  expect(answer.notCompared).toMatchObject([
    { name: "Leeds", reason: "not_delivered", days: 1, differencePence: -300 },
  ]);
});

test("by product: visits of its café, how many receipts hold it, its price; what does not add up is apart", async () => {
  chain = await openSmallChain([leeds]);
  const both: HandReceipt["lines"] = [
    ["Latte", 200],
    ["Mocha", 300],
  ];
  chain.deliver(1, "2026-02-24", [{ at: "09:00", lines: both }, latte("10:00", 200)]);
  chain.deliver(1, "2026-03-03", [
    { at: "09:00", lines: both },
    latte("10:00", 220),
    latte("11:00", 220),
    { at: "12:00", lines: [["Chai", 250]], totalPence: 240 },
  ]);
  await chain.load();
  const answer = whatChangedAnswer.parse(await whatChanged.run(await chain.ask(), params({ by: "product" })));
  // Twice as many receipts: Latte 400 → 800, in 3 of 4 instead of 2 of 2 at 200 a piece: -200, and 40 dearer.
  // Mocha 300 → 600, then in 1 of 4 instead of 1 of 2. Chai is new.
  expect(answer.lines.map((line) => [line.name, line.differencePence, ...partsOf(line)])).toEqual([
    ["Chai", 250, 0, 0, 250, 0],
    ["Latte", 240, 0, 400, -200, 40],
    ["Mocha", 0, 0, 300, -300, 0],
  ]);
  expect(answer.total).toMatchObject({ differencePence: 480, visits: 700, unreconciledPence: -10 });
});

test("by part of the day and by region, the lines add up to the same difference", async () => {
  chain = await openSmallChain([leeds, york, bath]);
  for (const { id } of [leeds, york, bath]) {
    chain.deliver(id, "2026-02-24", [latte("09:00", 200), latte("15:00", 100 * id)]);
    chain.deliver(id, "2026-03-03", [latte("09:00", 210), latte("12:00", 210), latte("18:00", 100)]);
  }
  await chain.load();
  const byDaypart = await whatChanged.run(await chain.ask(), params({ by: "daypart" }));
  expect(
    byDaypart.lines.map(({ name, fromHour, toHour, differencePence }) => [name, fromHour, toHour, differencePence]),
  ).toEqual([
    ["11:00 to 14:00", 11, 14, 630],
    ["14:00 to 17:00", 14, 17, -600],
    ["17:00 to 24:00", 17, 24, 300],
    ["00:00 to 11:00", 0, 11, 30],
  ]);
  const byRegion = await whatChanged.run(await chain.ask(), params({ by: "region" }));
  expect(byRegion.lines.map(({ region, differencePence }) => [region, differencePence])).toEqual([
    ["Yorkshire and The Humber", 340],
    ["South West", 20],
  ]);
  expect(byRegion.total.differencePence).toBe(byDaypart.total.differencePence);
});

test("dates before that cannot be answered say so", async () => {
  chain = await openSmallChain([leeds]);
  chain.deliver(1, "2026-03-03", [latte("09:00", 200)]);
  await chain.load();
  const question = await chain.ask();
  const refusal = (own: object) => whatChanged.run(question, params(own)).catch((error: unknown) => error);
  expect(await refusal({ beforeTo: "2026-03-03" })).toBeInstanceOf(ParameterError);
  expect(await refusal({ beforeFrom: "2026-03-03", beforeTo: "2026-03-01" })).toBeInstanceOf(ParameterError);
  expect(await refusal({ beforeFrom: "2020-01-01", beforeTo: "2026-03-01" })).toBeInstanceOf(ParameterError);
  expect(await refusal({ beforeFrom: "2025-01-01", beforeTo: "2025-02-01" })).toBeInstanceOf(NoDataError);
});

const dates = ["2026-02-22", "2026-02-23", "2026-02-24", "2026-02-25", "2026-03-01", "2026-03-02", "2026-03-03"];
const receipts = fc.array(
  fc.record({
    hour: fc.constantFrom("08", "10", "11", "13", "16", "19"),
    lines: fc.array(fc.tuple(fc.constantFrom("Latte", "Mocha", "Chai"), fc.integer({ min: 1, max: 400 })), {
      maxLength: 3,
    }),
    customer: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    error: fc.constantFrom(0, 0, 0, 7),
  }),
  { maxLength: 4 },
);

test("whatever was delivered and whatever is compared, the parts add up to the penny at every level", {
  timeout: 120_000,
}, async () => {
  const history = fc.record({
    delivered: fc.uniqueArray(
      fc.record({ cafe: fc.integer({ min: 1, max: 3 }), date: fc.constantFrom(...dates), receipts }),
      { maxLength: 18, selector: ({ cafe, date }) => `${cafe} ${date}` },
    ),
    closed: fc.uniqueArray(fc.record({ cafe: fc.integer({ min: 1, max: 3 }), date: fc.constantFrom(...dates) }), {
      maxLength: 3,
      selector: ({ cafe, date }) => `${cafe} ${date}`,
    }),
    before: fc.constantFrom<object>(
      {},
      { beforeFrom: "2026-02-22", beforeTo: "2026-02-24" },
      { beforeFrom: "2026-02-22", beforeTo: "2026-02-25" },
      { beforeFrom: "2026-03-02", beforeTo: "2026-03-03" },
      { beforeFrom: "2026-02-28", beforeTo: "2026-03-02" },
    ),
  });
  await fc.assert(
    fc.asyncProperty(history, async ({ delivered, closed, before }) => {
      const random = await openSmallChain([leeds, york, bath]);
      try {
        for (const { cafe, date, receipts: taken } of delivered) {
          random.deliver(
            cafe,
            date,
            taken.map(({ hour, lines, customer, error }) => ({
              at: `${hour}:00`,
              lines,
              totalPence: error + lines.reduce((sum, [, pence]) => sum + pence, 0),
              ...(customer === undefined ? {} : { customer }),
            })),
          );
        }
        for (const { cafe, date } of closed) random.close(cafe, date, "refit");
        // So that every period is one with data.
        random.deliver(1, "2026-02-20");
        random.deliver(1, "2026-03-04");
        await random.load();
        const question = await random.ask({ from: "2026-03-01", to: "2026-03-03" });
        const deliveredBetween = (from: string, to: string) =>
          delivered
            .filter(({ date }) => date >= from && date <= to)
            .flatMap(({ receipts: taken }) => taken)
            .reduce((sum, { lines, error }) => sum + error + lines.reduce((all, [, pence]) => all + pence, 0), 0);
        const answers: WhatChangedAnswer[] = [];
        for (const by of ["cafe", "region", "daypart", "product", "customer-kind"]) {
          const answer = await whatChanged.run(question, params({ by, ...before }));
          answers.push(answer);
          const { total, lines, notCompared } = answer;
          expect(total.nowPence).toBe(deliveredBetween("2026-03-01", "2026-03-03"));
          expect(total.beforePence).toBe(deliveredBetween(answer.before.from, answer.before.to));
          for (const line of lines) {
            expect(line.days + line.visits + line.itemsPerReceipt + line.priceAndMix).toBe(line.differencePence);
            expect(line.nowPence - line.beforePence).toBe(line.differencePence);
          }
          const apart = notCompared.reduce((sum, { differencePence }) => sum + differencePence, 0);
          expect(total.notComparedPence).toBe(apart);
          const { days, visits, itemsPerReceipt, priceAndMix, unreconciledPence } = total;
          expect(days + visits + itemsPerReceipt + priceAndMix + apart + unreconciledPence).toBe(total.differencePence);
          if (by !== "product") expect(unreconciledPence).toBe(0);
          if (answer.pairedByDay) expect(days).toBe(0);
        }
        // Regions are the sum of their cafés, part by part; and the home page's change is the comparison by café.
        const [byCafe, byRegion] = answers;
        expect(byRegion?.total).toEqual(byCafe?.total);
        if (byCafe?.comparison) {
          const home = await change.run(question, {});
          expect(home.byCause.map(({ differencePence }) => differencePence)).toEqual([
            byCafe.total.visits,
            byCafe.total.itemsPerReceipt,
            byCafe.total.priceAndMix,
          ]);
        }
      } finally {
        await random.dispose();
      }
    }),
    { numRuns: 10 },
  );
});
