import { expect, test } from "vitest";
import { load } from "./told.ts";

// What the exports of common tills hold beside sales and plain words: voids, payments and totals among the rows, refunds without
// a minus, payments with the end of a card's number or none at all, a title above the header.

const items = `
name: items
title: "Rows of items"
header: first-row
columns: { receipt: Receipt, time: Date, cafe: Store, product: Item, quantity: Qty, price: Net, payment: Paid, type: Type, status: Status }
time: { formats: ["%d/%m/%Y %H:%M"] }
basket: rows
price: line
payment: { CARD: [Card], CASH: [Cash] }
`;
const itemsHeader = "Receipt,Date,Store,Item,Qty,Net,Paid,Type,Status\n";
const receipts = `
name: receipts
title: "Rows of receipts"
header: first-row
columns: { time: Date, cafe: Store, basket: Description, total: Total, payment: Paid, type: Type }
time: { formats: ["%d/%m/%Y %H:%M"] }
basket: list
price: none
payment: { CARD: [Card], CASH: [Cash] }
`;
const receiptsHeader = "Date,Store,Description,Total,Paid,Type\n";

test("rows that the format says are no sales are left out, whichever columns say so, and no others", async () => {
  const told = await load(
    `${itemsHeader}1,02/03/2026 09:05,Leeds,Latte,1,2.85,Card,Sale,Closed
1,02/03/2026 09:05,Leeds,,,2.85,Card,Payment,Closed
2,02/03/2026 09:10,Leeds,Tea,1,1.20,Cash,Sale, VOIDED
3,02/03/2026 09:15,Leeds,Tea,1,1.20,Cash,Sale,Void pending
,Total,,,2,4.05,,,
`,
    `${items}skip: { type: [Payment], status: [Voided, "/^cancel/"], time: [Total] }\n`,
  );
  expect(told).toMatchObject({
    receipts: ["2026-03-02 09:05 Leeds CARD 285", "2026-03-02 09:15 Leeds CASH 120"],
    lines: ["2: standard Latte 285", "5: standard Tea 120"],
    refused: [],
    audit: [],
  });
});

test("a row whose words say it is a refund gives back, with or without a minus before its amount and quantity", async () => {
  const told = await load(
    `${itemsHeader}1,02/03/2026 09:05,Leeds,Latte,2,5.70,Card,Sale,
2,02/03/2026 09:06,Leeds,Latte,1,2.85,Card,Refund,
3,02/03/2026 09:07,Leeds,Latte,-1,-2.85,Card,refund,
4,02/03/2026 09:08,Leeds,Latte,-1,£2.85,Card,Refund,
`,
    `${items}refunds: { type: [Refund] }\n`,
  );
  expect(told.receipts.map((receipt) => Number(receipt.split(" ").at(-1)))).toEqual([570, -285, -285, -285]);
  expect(told.lines.slice(2)).toEqual([3, 4, 5].map((row) => `${row}: standard Latte -285`));
  const list = await load(
    `${receiptsHeader}02/03/2026 09:05,Leeds,Latte,2.85,Card,Refund\n02/03/2026 09:06,Leeds,Latte,2.85,Card,Sale\n`,
    `${receipts}refunds: { type: [Refund] }\n`,
  );
  expect(list.receipts).toEqual(["2026-03-02 09:05 Leeds CARD -285", "2026-03-02 09:06 Leeds CARD 285"]);
});

test("a row that says nothing of its receipt but the number is of the kind of the row above, and any other speaks for itself", async () => {
  const told = await load(
    `${itemsHeader}1,02/03/2026 09:05,Leeds,Latte,1,2.85,Card,Refund,
1,02/03/2026 09:05,,Tea,1,1.20,,,
2,02/03/2026 09:06,Leeds,Tea,1,1.20,Card,,Voided
2,02/03/2026 09:06,,Latte,1,2.85,,,
3,02/03/2026 09:07,Leeds,Tea,1,1.20,Card,,Voided
3,02/03/2026 09:07,Leeds,Latte,1,2.85,Card,,
4,02/03/2026 09:08,Leeds,Latte,1,2.85,Card,,
`,
    `${items}refunds: { type: [Refund] }\nskip: { status: [Voided] }\n`,
  );
  expect(told.receipts.map((receipt) => Number(receipt.split(" ").at(-1)))).toEqual([-405, 285, 285]);
  expect(told.refused).toEqual([]);
});

test("rows left out are counted where the others' places are told, also at the top of a file and where quotes hide a line end", async () => {
  const rows = `1,02/03/2026 09:05,Leeds,Latte,1,2.85,Card,Sale,Voided
2,02/03/2026 09:06,Leeds,Tea,1,1.20,Card,Sale,Closed
3,02/03/2026 09:07,Leeds,Latte,1,2.85,Card,Sale,Voided
4,never,Leeds,Tea,1,1.20,Cash,Sale,Closed
`;
  const quoted = `5,02/03/2026 09:08,Leeds,"Flat\nwhite",1,3.00,Card,Sale,Closed\n`;
  const format = `${items}skip: { status: [Voided] }\n`;
  for (const file of [rows, rows + quoted, rows.replaceAll("\n", "\r\n")]) {
    const told = await load(itemsHeader + file, format);
    expect(told.lines[0]).toBe("3: standard Tea 120");
    expect(told.refused).toEqual(["5 row_time_unreadable"]);
    expect(told.receipts).toHaveLength(file === rows + quoted ? 2 : 1);
  }
});

test("a long file that is read with care is settled as a whole: a receipt's rows may be far down", async () => {
  const sales = Array.from({ length: 4999 }, (_, n) => `${n + 2},02/03/2026 09:05,Leeds,Tea,1,1.20,Card,,\n`);
  const voided = ["1,02/03/2026 09:05,Leeds,Latte,1,2.85,Card,,Voided\n", "1,,,Tea,1,1.20,,,\n"];
  const rows = [itemsHeader, ...sales, ...voided].join("").replaceAll("\n", "\r\n");
  const told = await load(rows, `${items}skip: { status: [Voided] }\n`);
  expect(told.receipts).toHaveLength(4999);
  expect(told.refused).toEqual([]);
});

test("a pattern may say where a cell ends", async () => {
  const rows = ["Visa", "Visa debit", "Cash"].map((paid) => `02/03/2026 09:05,Leeds,Latte,2.85,${paid},\n`);
  const told = await load(
    receiptsHeader + rows.join(""),
    receipts.replace("[Card], CASH: [Cash]", `["/^visa$/", "/debit$/"], CASH: ["/^cash$/"]`),
  );
  expect(told.receipts.map((receipt) => receipt.split(" ")[3])).toEqual(["CARD", "CARD", "CASH"]);
});

test("a row that says nothing of its receipt but the number is of its kind, whatever stands between them", async () => {
  const told = await load(
    `${itemsHeader}1,02/03/2026 09:05,Leeds,Latte,1,2.85,Card,,Voided
2,02/03/2026 09:06,Leeds,Tea,1,1.20,Card,,
1,,,Tea,1,1.20,,,
2,,,Latte,1,2.85,,,
`,
    `${items}skip: { status: [Voided] }\n`,
  );
  expect(told.receipts).toEqual(["2026-03-02 09:06 Leeds CARD 405"]);
});

test("payments are known by patterns, which a word beats, and an empty one by the empty word", async () => {
  const rows = ["VISA ****1234", "Visa Cash Back", "cash", "", "Voucher"].map(
    (paid, minute) => `02/03/2026 09:0${minute},Leeds,Latte,2.85,${paid},\n`,
  );
  const told = await load(
    receiptsHeader + rows.join(""),
    receipts.replace("[Card], CASH: [Cash]", `["/^visa/", ""], CASH: [Visa cash back, Cash]`),
  );
  expect(told.receipts.map((receipt) => receipt.split(" ")[3])).toEqual(["CARD", "CASH", "CASH", "CARD"]);
  expect(told.refused).toEqual(["6 row_payment_unknown"]);
});

test("an item's row that does not say its payment takes it from its receipt's others, and only then the empty word counts", async () => {
  const told = await load(
    `${itemsHeader}1,02/03/2026 09:05,Leeds,Latte,1,2.85,,,
1,,,Tea,1,1.20,Card,,
2,02/03/2026 09:06,Leeds,Tea,1,1.20,,,
`,
    items.replace("[Cash]", `[""]`),
  );
  expect(told.receipts).toEqual(["2026-03-02 09:05 Leeds CARD 405", "2026-03-02 09:06 Leeds CASH 120"]);
});

test("a till that says nothing of payments is read by what the empty word says", async () => {
  const silent = (yaml: string) =>
    yaml.replace("payment: Paid, ", "").replace(/payment: .*\n$/m, "payment: { CARD: [''], CASH: [] }\n");
  const told = await load(`${itemsHeader}1,02/03/2026 09:05,Leeds,Latte,1,2.85,,,\n`, silent(items));
  expect(told.receipts).toEqual(["2026-03-02 09:05 Leeds CARD 285"]);
  const list = await load(`${receiptsHeader}02/03/2026 09:05,Leeds,Latte,2.85,,\n`, silent(receipts));
  expect(list.receipts).toEqual(["2026-03-02 09:05 Leeds CARD 285"]);
});

test("a header below a title is found, rows are numbered as a spreadsheet does, and empty rows say nothing", async () => {
  const title = "Daily sales,,,,,\nPeriod:,2 Mar 2026 - 2 Mar 2026,,,,\n,,,,,\n";
  const told = await load(
    `${title}${receiptsHeader}02/03/2026 09:05,Leeds,Latte,2.85,Card,\n,,,,,\nnever,Leeds,Latte,2.85,Card,\n`,
    receipts,
  );
  expect(told).toMatchObject({
    receipts: ["2026-03-02 09:05 Leeds CARD 285"],
    lines: ["5: standard Latte ?"],
    refused: ["7 row_time_unreadable"],
  });
});

test("a file with receipts above its header is refused whole: they would be lost", async () => {
  const row = "02/03/2026 09:05,Leeds,Latte,2.85,Card,\n";
  const told = await load(`${row}${receiptsHeader}${row}`, receipts);
  expect(told).toMatchObject({ receipts: [], file: { reason: "file_unknown_layout" } });
});

test("a list without prices may count its items", async () => {
  const told = await load(
    `${receiptsHeader}02/03/2026 09:05,Leeds,"1 x Latte, 2 X Brownie,3× Large Tea - Green, 7 Up",12.00,Card,\n`,
    receipts,
  );
  expect(told.lines).toEqual([
    ...["1", "2", "2"].map((_, place) => `2: standard ${place === 0 ? "Latte" : "Brownie"} ?`),
    ...["", "", ""].map(() => "2: large Tea (Green) ?"),
    "2: standard 7 Up ?",
  ]);
});

test.each([
  ["1,234.56", ["2.85 GBP", "GBP 2.85", "2.85 £", "£ 2.85", "-£2.85", "-2.85 GBP"], ["2.85 EUR", "2.85 GB", "£2.85£1"]],
  ["1.234,56", ["2,85 £", "2,85\u00a0GBP", "£2,85", "GBP 2,85"], ["2,85 €"]],
])(
  "an amount in the style %s may say pounds before it or after it, and no other currency",
  async (style, good, bad) => {
    const rows = [...good, ...bad].map((total) => `02/03/2026 09:05,Leeds,Latte,"${total}",Card,\n`);
    const told = await load(receiptsHeader + rows.join(""), `${receipts}refunds: true\nmoney: "${style}"\n`);
    expect(told.receipts.map((receipt) => Math.abs(Number(receipt.split(" ").at(-1))))).toEqual(good.map(() => 285));
    expect(told.refused).toEqual(bad.map((_, index) => `${good.length + index + 2} row_total_unreadable`));
  },
);
