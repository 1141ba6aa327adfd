import { afterEach, expect, test } from "vitest";
import { latte, openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import { dayparts } from "./dayparts.ts";
import { daypartsAnswer } from "./schema.ts";

const leeds = { id: 1, name: "Leeds", region: "Yorkshire and The Humber" };
const york = { id: 2, name: "York", region: "Yorkshire and The Humber" };

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

test("each part of the day has its sales, visits, spend and basket, and its change like for like", async () => {
  chain = await openSmallChain([leeds, york]);
  chain.deliver(1, "2026-02-24", [latte("10:59", 200), latte("11:00", 300)]);
  chain.deliver(1, "2026-03-03", [
    latte("10:59", 200),
    {
      at: "09:00",
      lines: [
        ["Latte", 200],
        ["Mocha", 300],
      ],
    },
    latte("13:59", 240),
  ]);
  // York has no counterpart: it is in the totals, not in the changes.
  chain.deliver(2, "2026-03-03", [latte("17:00", 60)]);
  await chain.load();
  const answer = daypartsAnswer.parse(await dayparts.run(await chain.ask(), {}));
  expect(
    answer.dayparts.map(({ fromHour, toHour, totalPence, share }) => [fromHour, toHour, totalPence, share]),
  ).toEqual([
    [0, 11, 700, 0.7],
    [11, 14, 240, 0.24],
    [14, 17, 0, 0],
    [17, 24, 60, 0.06],
  ]);
  const [morning, lunch, afternoon, evening] = answer.dayparts;
  expect(morning).toMatchObject({
    receipts: 2,
    averageSpendPence: 350,
    itemsPerReceipt: 1.5,
    salesChange: { now: 700, before: 200 },
    receiptsChange: { difference: 1 },
    averageSpendChange: { now: 350, before: 200 },
    itemsPerReceiptChange: { difference: 0.5 },
  });
  expect(lunch).toMatchObject({ salesChange: { difference: -60, ratio: -0.2 } });
  expect(afternoon).toMatchObject({ averageSpendPence: null, averageSpendChange: null, salesChange: { now: 0 } });
  expect(evening).toMatchObject({ salesChange: { now: 0, before: 0, ratio: null } });
  expect(answer.total).toMatchObject({
    totalPence: 1000,
    receipts: 4,
    items: 5,
    salesChange: { now: 940, before: 500 },
  });
});

test("without a comparison there are no changes", async () => {
  chain = await openSmallChain([leeds]);
  chain.deliver(1, "2026-03-03", [latte("09:00", 200)]);
  await chain.load();
  const answer = await dayparts.run(await chain.ask({ compare: "none" }), {});
  expect(answer.total).toMatchObject({ totalPence: 200, salesChange: null, averageSpendChange: null });
});
