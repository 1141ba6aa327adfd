import { afterEach, expect, test } from "vitest";
import { NotInScopeError } from "../errors.ts";
import { receipt } from "../receipt/receipt.ts";
import { receiptAnswer } from "../receipt/schema.ts";
import { latte, openSmallChain, type SmallChain } from "../small-chain.suite.ts";
import { dayReceipts } from "./day-receipts.ts";
import { dayReceiptsAnswer, dayReceiptsParams } from "./schema.ts";

const leeds = { id: 1, name: "Leeds", region: "Yorkshire and The Humber" };
const york = { id: 2, name: "York", region: "Yorkshire and The Humber" };

let chain: SmallChain | undefined;
afterEach(async () => {
  await chain?.dispose();
  chain = undefined;
});

const date = "2026-03-03";

test("a café's day is its receipts in order of time, a page at a time, without customers", async () => {
  chain = await openSmallChain([leeds, york]);
  chain.deliver(1, date, [latte("12:00", 300), latte("09:00", 200, 7), latte("10:00", 250)]);
  chain.deliver(2, date, [latte("09:00", 999)]);
  await chain.load();
  const question = await chain.ask({ from: date, to: date, cafeIds: [1], compare: "none" });
  const params = dayReceiptsParams.parse({ cafe: "1", date, page: "1", pageSize: "2" });
  const page = dayReceiptsAnswer.parse(await dayReceipts.run(question, params));
  expect(page.receipts).toMatchObject([
    { time: "09:00:00", totalPence: 200, paymentMethod: "CARD", items: 1, reconciled: true },
    { time: "10:00:00", totalPence: 250, paymentMethod: "CASH" },
  ]);
  expect(page).toMatchObject({ totalReceipts: 3, totalPence: 750, pages: 2, cafe: { name: "Leeds" }, date });
  expect(JSON.stringify(page)).not.toMatch(/customer/i);
  const next = await dayReceipts.run(question, { ...params, page: 2 });
  expect(next.receipts).toMatchObject([{ time: "12:00:00" }]);
});

test("a receipt has its lines, and is nowhere for who may not see its café", async () => {
  chain = await openSmallChain([leeds, york]);
  chain.deliver(1, date, [
    {
      at: "09:30",
      lines: [
        ["Flavoured latte", 285, "Hazelnut", "large"],
        ["Mocha", 230],
      ],
      customer: 7,
    },
  ]);
  await chain.load();
  const answer = receiptAnswer.parse(await receipt.run(await chain.ask({}, [1]), { receipt: "1" }));
  expect(answer).toMatchObject({ cafe: { name: "Leeds" }, date, time: "09:30:00", totalPence: 515, linesPence: 515 });
  expect(answer.lines).toMatchObject([
    { lineNumber: 1, name: "Flavoured latte", flavour: "Hazelnut", size: "large", pricePence: 285 },
    { lineNumber: 2, name: "Mocha", flavour: null, size: "regular", pricePence: 230 },
  ]);
  expect(JSON.stringify(answer)).not.toMatch(/customer/i);
  await expect(receipt.run(await chain.ask({}, [2]), { receipt: "1" })).rejects.toBeInstanceOf(NotInScopeError);
  await expect(receipt.run(await chain.ask({}, [1]), { receipt: "99" })).rejects.toBeInstanceOf(NotInScopeError);
});
