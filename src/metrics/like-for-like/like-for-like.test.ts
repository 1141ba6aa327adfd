import { afterEach, expect, test } from "vitest";
import { latte, openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import { likeForLike } from "./like-for-like.ts";
import { likeForLikeAnswer } from "./schema.ts";

const leeds = { id: 1, name: "Leeds", region: "Yorkshire and The Humber" };
const york = { id: 2, name: "York", region: "Yorkshire and The Humber" };

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

test("both comparisons stand side by side, each with all that it leaves out", async () => {
  chain = await openSmallChain([leeds, york]);
  // 4 May 2026 and 5 May 2025 are bank holidays, 27 April 2026 is none.
  chain.deliver(1, "2025-05-05", [latte("09:00", 100)]);
  chain.deliver(1, "2025-05-06", [latte("09:00", 100)]);
  chain.deliver(1, "2026-04-27", [latte("09:00", 200)]);
  chain.deliver(1, "2026-04-28", [latte("09:00", 200), latte("10:00", 100)]);
  chain.deliver(1, "2026-05-04", [latte("09:00", 400)]);
  chain.deliver(1, "2026-05-05", [latte("09:00", 330)]);
  chain.deliver(2, "2026-05-05", [latte("09:00", 50)]);
  await chain.load();
  const answer = likeForLikeAnswer.parse(await likeForLike.run(await chain.ask({ from: "2026-05-04" }), {}));
  expect(answer.comparisons).toMatchObject([
    {
      kind: "week",
      from: "2026-04-27",
      to: "2026-04-28",
      shiftDays: -7,
      cafesCompared: 1,
      cafeDaysCompared: 1,
      cafeDaysLeftOut: 2,
      sales: { now: 330, before: 300, ratio: 0.1 },
      receipts: { now: 1, before: 2 },
      averageSpend: { now: 330, before: 150 },
      itemsPerReceipt: { now: 1, before: 1 },
      comparedPence: 330,
      leftOutPence: 450,
      beforeLeftOutPence: 200,
    },
    {
      kind: "year",
      from: "2025-05-05",
      to: "2025-05-06",
      cafeDaysCompared: 2,
      sales: { now: 730, before: 200 },
      comparedPence: 730,
      leftOutPence: 50,
      beforeLeftOutPence: 0,
    },
  ]);
  expect(
    answer.excluded.map(({ kind, name, reason, detail, dates, altogether, totalPence, beforePence }) => [
      kind,
      name,
      reason,
      detail,
      dates,
      altogether,
      totalPence,
      beforePence,
    ]),
  ).toEqual([
    ["week", "York", "opened", null, ["2026-05-05"], true, 50, 0],
    ["week", "Leeds", "bank_holiday", "Early May bank holiday", ["2026-05-04"], false, 400, 200],
    ["year", "York", "opened", null, ["2026-05-05"], true, 50, 0],
  ]);
});
