import { expect, test } from "vitest";
import { load } from "./told.ts";

const numbered = `
name: numbered-rows
title: "One row is one item, with a receipt number"
header: first-row
columns:
  receipt: Receipt
  time: Sold at
  cafe: Branch
  customer: Guest
  product: Item
  flavour: Syrup
  size: Size
  quantity: Qty
  price: Price
  payment: Paid by
  card: Card
time:
  formats: ["%d/%m/%Y %H:%M"]
basket: rows
sizes: { regular: [R, 12oz], large: [L, 16oz], standard: ["-"] }
payment: { CARD: [Visa, Contactless], CASH: [Cash] }
`;
const header = "Receipt,Sold at,Branch,Guest,Item,Syrup,Size,Qty,Price,Paid by,Card\n";

test("rows of one receipt number are a receipt, wherever they stand", async () => {
  const told = await load(
    `${header}` +
      "7,02/03/2026 09:00,Leeds,Jo Example,Latte,Vanilla,12oz,1,2.55,Visa,4000000000000002\n" +
      "8,02/03/2026 09:01,Leeds,Sam Sample,Tea,,L,1,1.80,Cash,\n" +
      "7,02/03/2026 09:00,Leeds,Jo Example,Brownie,,,2,1.50,Visa,4000000000000002\n",
    numbered,
  );
  expect(told).toMatchObject({
    receipts: ["2026-03-02 09:00 Leeds CARD 555", "2026-03-02 09:01 Leeds CASH 180"],
    lines: ["2: regular Latte (Vanilla) 255", "2: standard Brownie 150", "2: standard Brownie 150", "3: large Tea 180"],
    refused: [],
    audit: [],
  });
  expect(told.customers.map((customer) => customer?.split(" ")[0])).toEqual(["card", "name"]);
});

test("what a row does not say is taken from the other rows of its receipt", async () => {
  const told = await load(
    `${header}` +
      "7,02/03/2026 09:00,Leeds,Jo Example,Latte,,R,1,2.15,Visa,4000000000000002\n" +
      "7,,,,Tea,,R,1,1.20,,\n" +
      "8,,,,Tea,,R,1,1.20,,\n" +
      "8,02/03/2026 09:05,Leeds,,Tea,,R,1,1.20,cash,\n",
    numbered,
  );
  expect(told.receipts).toEqual(["2026-03-02 09:00 Leeds CARD 335", "2026-03-02 09:05 Leeds CASH 240"]);
  expect(told.refused).toEqual([]);
});

test("the same receipt number on another day or in another café is another receipt", async () => {
  const told = await load(
    `${header}` +
      "1,02/03/2026 09:00,Leeds,,Tea,,R,1,1.20,cash,\n" +
      "1,02/03/2026 09:00,Longridge,,Tea,,R,1,1.30,cash,\n" +
      "1,03/03/2026 09:00,Leeds,,Tea,,R,1,1.40,cash,\n",
    numbered,
  );
  expect(told.receipts).toHaveLength(3);
});

test("a receipt that goes on past midnight is one where the business day starts later", async () => {
  const rows = `${header}1,02/03/2026 23:59,Leeds,,Tea,,R,1,1.20,cash,\n1,03/03/2026 00:01,Leeds,,Tea,,R,1,1.20,cash,\n`;
  expect((await load(rows, numbered, { dayStartsAt: "04:00" })).receipts).toEqual(["2026-03-02 23:59 Leeds CASH 240"]);
});

test("a fault in one row refuses its whole receipt, at that row, and no other", async () => {
  const good = (receipt: number) => `${receipt},02/03/2026 09:00,Leeds,,Tea,,R,1,1.20,cash,\n`;
  const told = await load(
    `${header}${good(1)}${good(2)}` +
      `1,02/03/2026 25:00,Leeds,,Tea,,R,1,1.20,cash,\n` + // 4
      `3,02/03/2026 09:00,Leeds,,Tea,,R,two,1.20,cash,\n` + // 5
      `4,02/03/2026 09:00,Leeds,,Tea,,R,1,free,cash,\n` + // 6
      `5,02/03/2026 09:00,Leeds,,Tea,,R,1,1.20,voucher,\n` + // 7
      `6,02/03/2026 09:00,Leeds,,Tea,,R,1,1.20,cash,\n6,02/03/2026 09:00,Leeds,,Tea,,R,1,1.20,visa,\n` + // 8, 9
      `,02/03/2026 09:00,Leeds,,Tea,,R,1,1.20,cash,\n` + // 10
      `7,02/03/2026 09:00,Leeds,,Tea,,R,1,-1.20,cash,\n` + // 11
      `8,02/03/2026 09:00,,,Tea,,R,1,1.20,cash,\n` + // 12
      `9,02/03/2026 09:00,Leeds,,Tea,,R,1,1.205,cash,\n${good(10)}`, // 13, 14
    numbered,
  );
  expect(told.refused).toEqual([
    "4 row_time_unreadable",
    "5 row_quantity_unreadable",
    "6 row_price_unreadable",
    "7 row_payment_unknown",
    "8 row_receipt_disagrees",
    "10 row_receipt_missing",
    "11 row_total_negative",
    "12 row_cafe_missing",
    "13 row_price_unreadable",
  ]);
  expect(told.receipts).toEqual(["2026-03-02 09:00 Leeds CASH 120", "2026-03-02 09:00 Leeds CASH 120"]);
  expect(told.audit).toEqual([]);
});

test("a size that is none of the till's words leaves the item unrecognised, and its receipt whole", async () => {
  const told = await load(`${header}1,02/03/2026 09:00,Leeds,,Tea,Mint,bucket,1,1.20,cash,\n`, numbered);
  expect(told.receipts).toEqual(["2026-03-02 09:00 Leeds CASH 120"]);
  expect(told.lines).toEqual(["2: standard Unrecognised (bucket Tea Mint) 120"]);
});

test("a row of too few columns is refused, and the receipts beside it are marked: it may have been theirs", async () => {
  const told = await load(
    `${header}1,02/03/2026 09:00,Leeds,,Tea,,R,1,1.20,cash,\n1,02/03/2026\n` +
      "2,02/03/2026 09:02,Leeds,,Tea,,R,1,1.20,cash,\n3,02/03/2026 09:03,Leeds,,Tea,,R,1,1.20,cash,\n",
    numbered,
  );
  expect(told.refused).toEqual(["3 row_wrong_columns"]);
  expect(told.audit).toEqual([]);
  expect(told.receipts).toEqual([
    "2026-03-02 09:00 Leeds CASH 120 ≠",
    "2026-03-02 09:02 Leeds CASH 120 ≠",
    "2026-03-02 09:03 Leeds CASH 120",
  ]);
});

test("a price of the whole line is dealt out over its quantity in whole pence", async () => {
  const told = await load(
    `${header}1,02/03/2026 09:00,Leeds,,Tea,,R,3,5.00,cash,\n1,02/03/2026 09:00,Leeds,,Discount,,,1,-0.50,cash,\n1,02/03/2026 09:00,Leeds,,Void,,,0,0,cash,\n`,
    `${numbered}price: line\n`,
  );
  expect(told.receipts).toEqual(["2026-03-02 09:00 Leeds CASH 450"]);
  expect(told.lines).toEqual([
    "2: regular Tea 167",
    "2: regular Tea 167",
    "2: regular Tea 166",
    "2: standard Discount -50",
  ]);
});

test("a till that writes refunds may return more than it sells", async () => {
  const told = await load(`${header}1,02/03/2026 09:00,Leeds,,Tea,,R,-1,1.20,cash,\n`, `${numbered}refunds: true\n`);
  expect(told).toMatchObject({ receipts: ["2026-03-02 09:00 Leeds CASH -120"], lines: ["2: regular Tea -120"] });
});

const unnumbered = `
name: plain-rows
title: "One row is one item, without a receipt number"
header: none
columns: [time, cafe, customer, product, price, payment]
time: { formats: ["%Y-%m-%d %H:%M"] }
basket: rows
recognise: { row: { time: '^\\d{4}-' } }
`;

test("without a number, rows that follow each other and agree on all but the item are a receipt", async () => {
  const told = await load(
    "2026-03-02 09:00,Leeds,Jo Example,Large Latte - Oat,2.85,CASH\n" +
      "2026-03-02 09:00,Leeds,Jo Example,Tea,1.20,CASH\n" +
      "2026-03-02 09:00,Leeds,Sam Sample,Tea,1.20,CASH\n" +
      "2026-03-02 09:00,Leeds,Sam Sample,Tea,1.20,CARD\n" +
      "2026-03-02 09:00,Leeds,Jo Example,Tea,1.20,CASH\n",
    unnumbered,
  );
  expect(told.receipts.map((receipt) => receipt.split(" ").slice(-2).join(" "))).toEqual([
    "CASH 405",
    "CASH 120",
    "CARD 120",
    "CASH 120",
  ]);
  // Neither size nor flavour has a column: both are read from the name, as in a list.
  expect(told.lines[0]).toBe("1: large Latte (Oat) 285");
});

test("without a number, a bad row stands alone, and the receipts beside it are marked", async () => {
  const told = await load(
    "2026-03-02 09:00,Leeds,Jo Example,Tea,1.20,CASH\n" +
      "2026-03-02,Leeds,Jo Example,Tea,1.20,CASH\n" +
      "2026-03-02 09:00,Leeds,Jo Example,Tea,1.20,CASH\n" +
      "2026-03-02 09:05,Leeds,Jo Example,Tea,1.20,CASH\n",
    unnumbered,
  );
  expect(told.refused).toEqual(["2 row_time_unreadable"]);
  expect(told.receipts.map((receipt) => receipt.endsWith("≠"))).toEqual([true, true, false]);
});

test("without a payment column, one card on any of its rows makes a receipt a card's", async () => {
  const told = await load(
    "1;2026-03-02 09:00;Leeds;Tea;1.20;\n1;2026-03-02 09:00;Leeds;Tea;1.20;4000000000000002\n2;2026-03-02 09:01;Leeds;Tea;1.20;None\n",
    `
name: cards-only
title: "No payment column"
delimiter: ";"
header: none
columns: [receipt, time, cafe, product, price, card]
time: { formats: ["%Y-%m-%d %H:%M"] }
basket: rows
`,
  );
  expect(told.receipts).toEqual(["2026-03-02 09:00 Leeds CARD 240", "2026-03-02 09:01 Leeds CASH 120"]);
});

test("without a number, a total on one row of the receipt parts nothing, and another total does", async () => {
  const told = await load(
    "2026-03-02 09:00,Leeds,Tea,1.20,2.40,CASH\n2026-03-02 09:00,Leeds,Tea,1.20,,CASH\n" +
      "2026-03-02 09:01,Leeds,Tea,1.20,1.20,CASH\n2026-03-02 09:01,Leeds,Latte,2.15,2.15,CASH\n",
    withTotal.replace("receipt, ", ""),
  );
  expect(told.receipts).toEqual([
    "2026-03-02 09:00 Leeds CASH 240",
    "2026-03-02 09:01 Leeds CASH 120",
    "2026-03-02 09:01 Leeds CASH 215",
  ]);
});

const withTotal = `
name: rows-with-total
title: "One row is one item; the receipt's total on one or all of its rows"
header: none
columns: [receipt, time, cafe, product, price, total, payment]
time: { formats: ["%Y-%m-%d %H:%M"] }
basket: rows
`;

test("a total the till says is what was paid, and a missing one is what the lines add up to", async () => {
  const told = await load(
    "1,2026-03-02 09:00,Leeds,Tea,1.20,2.00,CASH\n1,2026-03-02 09:00,Leeds,Tea,1.20,2.00,CASH\n" +
      "2,2026-03-02 09:01,Leeds,Tea,1.20,,CASH\n2,2026-03-02 09:01,Leeds,Tea,1.20,2.40,CASH\n" +
      "3,2026-03-02 09:02,Leeds,Tea,1.20,,CASH\n" +
      "4,2026-03-02 09:03,Leeds,Tea,1.20,1.20,CASH\n4,2026-03-02 09:03,Leeds,Tea,1.20,2.40,CASH\n" +
      "5,2026-03-02 09:04,Leeds,Tea,?,1.20,CASH\n",
    withTotal,
  );
  expect(told.receipts).toEqual([
    "2026-03-02 09:00 Leeds CASH 200 ≠",
    "2026-03-02 09:01 Leeds CASH 240",
    "2026-03-02 09:02 Leeds CASH 120",
    "2026-03-02 09:04 Leeds CASH 120 ≠",
  ]);
  expect(told.refused).toEqual(["6 row_receipt_disagrees"]);
});

test("where items have no prices, nothing contradicts the total", async () => {
  const told = await load(
    "1,2026-03-02 09:00,Leeds,Tea,2.00,CASH\n1,2026-03-02 09:00,Leeds,Latte,2.00,CASH\n2,2026-03-02 09:01,Leeds,Tea,,CASH\n",
    withTotal.replace("price, ", ""),
  );
  expect(told.receipts).toEqual(["2026-03-02 09:00 Leeds CASH 200"]);
  expect(told.lines).toEqual(["1: standard Tea ?", "1: standard Latte ?"]);
  expect(told.refused).toEqual(["3 row_total_unreadable"]);
  expect(told.audit).toEqual([]);
});
