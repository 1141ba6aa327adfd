import { afterEach, expect, test } from "vitest";
import { latte, openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import { change } from "./change.ts";
import { changeAnswer } from "./schema.ts";

const leeds = { id: 1, name: "Leeds", region: "Yorkshire and The Humber" };
const york = { id: 2, name: "York", region: "Yorkshire and The Humber" };

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

test("causes and times of day add up to the same change, café by café and to the penny", async () => {
  chain = await openSmallChain([leeds, york]);
  chain.deliver(1, "2026-02-24", [latte("09:00", 200), latte("12:00", 201), latte("18:00", 199)]);
  chain.deliver(1, "2026-03-03", [
    latte("09:00", 210),
    {
      at: "12:00",
      lines: [
        ["Latte", 210],
        ["Mocha", 333],
      ],
    },
    latte("12:30", 210),
    latte("15:00", 210),
  ]);
  chain.deliver(2, "2026-02-24", [latte("09:00", 500), latte("16:59", 100)]);
  chain.deliver(2, "2026-03-03", [latte("09:00", 500)]);
  await chain.load();
  const answer = changeAnswer.parse(await change.run(await chain.ask(), {}));
  expect(answer.cafes.map(({ name, differencePence }) => [name, differencePence])).toEqual([
    ["Leeds", 573],
    ["York", -100],
  ]);
  // Leeds: one visit more at 200; a quarter item more on 4 receipts at 200; the rest is price and mix.
  expect(
    answer.byCause.map(({ cause, cafes, differencePence }) => [cause, cafes[0]?.differencePence, differencePence]),
  ).toEqual([
    ["visits", 200, -100],
    ["items_per_receipt", 200, 200],
    ["price_and_mix", 173, 373],
  ]);
  expect(
    answer.byDaypart.map(({ fromHour, toHour, cafes }) => [
      fromHour,
      toHour,
      ...cafes.map((cafe) => cafe.differencePence),
    ]),
  ).toEqual([
    [0, 11, 10, 0],
    [11, 14, 552, 0],
    [14, 17, 210, -100],
    [17, 24, -199, 0],
  ]);
  const sum = (rows: { differencePence: number }[]) => rows.reduce((total, row) => total + row.differencePence, 0);
  expect(sum(answer.byCause)).toBe(473);
  expect(sum(answer.byDaypart)).toBe(473);
  expect(answer).toMatchObject({ nowPence: 1673, beforePence: 1200, differencePence: 473, others: { cafes: 0 } });
});
