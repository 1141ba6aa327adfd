import { expect, test } from "vitest";
import { draftFormat } from "#feed/formats/draft/draft-format.ts";
import { parseFormat } from "#feed/formats/read-formats.ts";
import { load } from "./told.ts";

// Drafts from exports as common tills write them: many columns beside those of a sale, and rows that are none.

const draft = (text: string) => draftFormat(Buffer.from(text), "till.csv");

/** The columns of a draft, by what they hold. */
function columnsOf(yaml: string): Record<string, string | undefined> {
  const { columns } = parseFormat(yaml, "a draft");
  return Object.fromEntries(Object.entries(columns).map(([meaning, names]) => [meaning, names?.[0]?.text]));
}

test("a till's staff, line numbers, discounts and ways to dine are not taken for customers, prices, quantities and flavours", async () => {
  const text = `Date,Receipt number,Line,Receipt type,Item,Variant,Dining option,Quantity,Gross sales,Discounts,Net sales,Store,Cashier name,Customer ID,Customer name,Status
02/03/2026 09:05,1-1,1,Sale,Latte,Large,Dine in,1,2.85,0.00,2.85,Leeds,Sam Till,,,Closed
13/02/2026 09:06,1-2,1,Sale,Tea,,Takeaway,2,2.40,0.40,2.00,Leeds,Sam Till,C9,Jo Example,Closed
13/02/2026 09:07,1-3,1,Sale,Tea,,Takeaway,1,1.20,0.00,1.20,Leeds,Sam Till,,,Cancelled
13/02/2026 09:08,1-4,1,Refund,Tea,,Takeaway,1,1.20,0.00,1.20,Leeds,Sam Till,,,Closed
`;
  const { yaml, toCheck } = draft(text);
  expect(columnsOf(yaml)).toMatchObject({
    price: "Net sales",
    quantity: "Quantity",
    customer: "Customer name",
    size: "Variant",
  });
  expect(columnsOf(yaml)).not.toHaveProperty("flavour");
  expect(toCheck.join("\n")).toMatch(/payment: .*every receipt counts as a card's\n/);
  expect(toCheck.join("\n")).toMatch(/refunds: .*\n.*skip: rows with Cancelled were taken for no sales/);
  const told = await load(text, yaml);
  expect(told.receipts.map((receipt) => receipt.split(" ").slice(3).join(" "))).toEqual([
    "CARD 285",
    "CARD 200",
    "CARD -120",
  ]);
  expect(told.refused).toEqual([]);
});

test("a header below a title is found, and a row of totals is no sale", async () => {
  const text = `Daily sales report,,,,,,
Shop:,Leeds,,,,,

Till No,Date,Time,Bill No,Product,Qty,Amount,Tender,Site
1,02/03/2026,09:05,1,Latte,1,£2.85,VISA ****1234,Leeds
1,02/03/2026,09:06,2,Tea,2,£2.40,Cash,Leeds
1,13/02/2026,09:07,3,Tea,1,£1.20,MASTERCARD ****9876,Leeds
TOTAL,,,,,4,£6.45,,
`;
  const { yaml } = draft(text);
  expect(parseFormat(yaml, "a draft")).toMatchObject({
    payment: { CARD: ["/^MASTERCARD/", "/^VISA/"], CASH: ["CASH"] },
    skip: { type: ["TOTAL"] },
    price: "line",
  });
  expect(yaml).not.toMatch(/1234|9876/);
  const told = await load(text, yaml);
  expect(told.receipts.map((receipt) => receipt.split(" ").slice(3).join(" "))).toEqual([
    "CARD 285",
    "CASH 240",
    "CARD 120",
  ]);
  expect(told.refused).toEqual([]);
});

test("baskets that count their items are a list without prices, and a card's brand tells cards from cash", async () => {
  const text = `Date,Gross Sales,Tip,Total Collected,Transaction ID,Payment ID,Card Brand,Description,Location
02/03/2026 09:05,£5.85,£0.50,£6.35,T1,P1,Visa,"Latte, 2 x Brownie",Leeds
13/02/2026 09:06,£1.20,£0.00,£1.20,T2,P2,,1 x Tea,Leeds
`;
  const { yaml } = draft(text);
  expect(columnsOf(yaml)).toMatchObject({ total: "Total Collected", basket: "Description", payment: "Card Brand" });
  const told = await load(text, yaml);
  expect(told.receipts.map((receipt) => receipt.split(" ").slice(3).join(" "))).toEqual(["CARD 635", "CASH 120"]);
  expect(told.lines).toHaveLength(4);
});

test("a time with a zone is read in summer and in winter, and said to be worth a look", async () => {
  const row = (time: string) => `Receipt,Sold at,Branch,Item,Price,Payment\n1,${time},Leeds,Latte,2.15,Card\n`;
  const { yaml, toCheck } = draft(row("2026-03-02 09:05 GMT"));
  expect(toCheck.join()).toContain("a till that writes UTC in summer too, as Z is, is an hour early then");
  expect((await load(row("2025-07-02 09:05 BST"), yaml)).receipts).toEqual(["2025-07-02 09:05 Leeds CARD 215"]);
  expect(draft(row("2026-03-02T09:05:00Z")).toCheck.join()).toContain("writes UTC");
});

test("a sale that was given back later is said to be one for a person to decide on", () => {
  const text = `Receipt,Time,Branch,Item,Price,Payment,Refunded?
1,2026-02-25 09:00,Bath,Latte,2.15,Card,Yes
2,2026-02-25 09:01,Bath,Latte,2.15,Card,No
`;
  expect(draft(text).toCheck.join()).toContain("Yes in column 7 was taken for sales: skip them, unless");
});

test("a torn receipt above a file without a header is shown to nobody", () => {
  const rows = Array.from(
    { length: 9 },
    (_, minute) => `02/03/2026 09:0${minute},Leeds,Jo Example,Latte - 2.15,2.15,CASH,\n`,
  );
  const torn = "torn,Leeds,Guest Smith,Latte - ,unpaid,Card,\n";
  const { yaml, toCheck } = draft(torn + rows.join(""));
  expect(yaml + toCheck.join()).not.toMatch(/Guest|Smith/);
  expect(toCheck.join()).toContain("the first row does not name a time of sale, so columns are told by their places");
});
