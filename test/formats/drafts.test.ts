import { expect, test } from "vitest";
import { RefusedError } from "#core/errors.ts";
import { draftFormat } from "#feed/formats/draft/draft-format.ts";
import { parseFormat } from "#feed/formats/read-formats.ts";
import { type FixtureReceipt, latte, shapes } from "../till-fixtures.ts";
import { load } from "./told.ts";

// A draft must read the file it was drafted from, as far as it could be guessed, and say where it could not.

const receipts: FixtureReceipt[] = [
  latte("Leeds", "2026-02-25 09:00"),
  { ...latte("Leeds", "2026-02-25 09:01"), customer: "Jo Example", lines: [{ name: "Tea", pence: 120 }] },
  {
    at: "2026-02-25 09:02",
    cafe: "Leeds",
    customer: "Sam Sample",
    lines: [
      { name: "Frappes", flavour: "Coffee", pence: 275 },
      { size: "Large", name: "Latte", pence: 245 },
    ],
    payment: "CASH",
  },
];

const draft = (text: string, key = "till.csv") => draftFormat(Buffer.from(text), key);

test.each(Object.keys(shapes) as (keyof typeof shapes)[])(
  "the till of the shape %s, were it unknown",
  async (shape) => {
    const text = shapes[shape](receipts);
    const { yaml } = draft(text);
    const told = await load(text, yaml, { key: "till.csv" });
    expect(told.receipts).toEqual([
      "2026-02-25 09:00 Leeds CARD 215",
      "2026-02-25 09:01 Leeds CARD 120",
      "2026-02-25 09:02 Leeds CASH 520",
    ]);
    expect(told.customers.map((customer) => customer?.split(" ")[0])).toEqual(["card", "card", "name"]);
    expect(told.lines.join()).toMatch(/\d: standard Frappes \(Coffee\) 275/);
  },
);

test("semicolons, decimal commas, a date and a time of day, and lines of several", async () => {
  const text =
    "Date;Time;Shop;Receipt no;Article;Quantity;Line total;Method\n" +
    "25.02.2026;09:00:05;Bath;1;Latte;2;4,30;Card\n25.02.2026;09:00:05;Bath;1;Cake, whole;1;1.150,00;Card\n" +
    "25.02.2026;09:05:00;Bath;2;Tea;1;1,20;Cash\n";
  const { yaml, toCheck } = draft(text);
  expect(parseFormat(yaml, "a draft")).toMatchObject({
    delimiter: ";",
    money: "1.234,56",
    price: "line",
    basket: "rows",
  });
  const told = await load(text, yaml);
  expect(told.receipts).toEqual(["2026-02-25 09:00 Bath CARD 115430", "2026-02-25 09:05 Bath CASH 120"]);
  expect(told.lines.slice(0, 2)).toEqual(["2: standard Latte 215", "2: standard Latte 215"]);
  expect(toCheck.join()).toContain("customers stay unknown");
});

test("what adds up tells the receipt's total from the item's price", () => {
  const rows = (head: string) =>
    `${head}\n1,2026-02-25 09:00,Bath,Latte,2,2.15,5.50,cash\n1,2026-02-25 09:00,Bath,Tea,1,1.20,5.50,cash\n` +
    "2,2026-02-25 09:05,Bath,Tea,1,1.20,1.20,card\n";
  const format = parseFormat(draft(rows("Receipt,Time,Branch,Item,Qty,Price,Total,Payment")).yaml, "a draft");
  expect(format).toMatchObject({ price: "item", columns: { price: [{ text: "Price" }], total: [{ text: "Total" }] } });
});

test("a total that differs within a receipt is the line's", () => {
  const text =
    "Receipt,Time,Branch,Item,Qty,Unit price,Total,Payment\n1,2026-02-25 09:00,Bath,Latte,2,2.15,4.30,cash\n" +
    "1,2026-02-25 09:00,Bath,Tea,1,1.20,1.20,cash\n";
  const format = parseFormat(draft(text).yaml, "a draft");
  expect(format).toMatchObject({ price: "line", columns: { price: [{ text: "Total" }] } });
  expect(Object.keys(format.columns)).not.toContain("total");
});

test("a day that could be a month is said to be one guess of two", () => {
  const text = "Receipt,Time,Branch,Item,Price,Payment\n1,3/2/2026 09:00,Bath,Latte,2.15,cash\n";
  expect(draft(text).toCheck.join("\n")).toMatch(/time: every date here could be day\/month or month\/day/);
  expect(draft(text.replace("3/2/", "3/22/"))).toMatchObject({ yaml: expect.stringContaining("%m/%d/%Y %H:%M") });
  expect(draft(text.replace("3/2/", "3/22/")).toCheck.join("\n")).not.toMatch(/day\/month/);
});

test("a café that no column says is taken from the file's name, or else no row is loaded under a made-up one", async () => {
  const text = "Receipt,Time,Item,Price,Payment\n1,2026-02-25 09:00,Latte,2.15,cash\n";
  const named = draft(text, "Hebden Bridge_25-02-2026_20-00-00.csv");
  expect(named.toCheck.join("\n")).toContain("cafe: no column looks like a café, so it is taken from the file's name");
  const told = await load(text, named.yaml, { key: "Hebden Bridge_25-02-2026_20-00-00.csv" });
  expect(told.receipts).toEqual(["2026-02-25 09:00 Hebden Bridge CASH 215"]);
  const nameless = draft(text, "1.csv");
  expect(nameless.toCheck.join("\n")).toMatch(/cafe: .*every row will be refused until you say it here/);
  expect((await load(text, nameless.yaml)).refused).toEqual(["2 row_cafe_missing"]);
});

test("what is left of a hidden card number is not made an identity", () => {
  const text =
    "Receipt,Time,Branch,Item,Price,Payment,Card\n1,2026-02-25 09:00,Bath,Latte,2.15,card,**** **** **** 1234\n";
  const { yaml, toCheck } = draft(text);
  expect(yaml).not.toContain("card: Card");
  expect(toCheck.join("\n")).toContain("column 7 holds only part of card numbers");
});

test("without a receipt number it is said how rows become receipts", () => {
  const text = "Time,Branch,Item,Price,Payment\n2026-02-25 09:00,Bath,Latte,2.15,cash\n";
  expect(draft(text).toCheck.join("\n")).toMatch(/basket: no column looks like a receipt number/);
});

test("known words of sizes and payments are sorted, what could be either is said to be a guess, and others are left out", async () => {
  const text =
    "Receipt,Time,Branch,Item,Size,Price,Payment\n1,2026-02-25 09:00,Bath,Latte,16oz,2.15,cash\n" +
    "2,2026-02-25 09:00,Bath,Latte,bucket,2.15,meal deal\n3,2026-02-25 09:00,Bath,Latte,R,2.15,Visa\n" +
    "4,2026-02-25 09:00,Bath,Latte,Jo,2.15,Jo\n";
  const { yaml, toCheck } = draft(text);
  expect(parseFormat(yaml, "a draft")).toMatchObject({
    sizes: { regular: ["r"], large: ["16oz"], standard: ["bucket"] },
    payment: { CARD: ["MEAL DEAL", "VISA"], CASH: ["CASH"] },
  });
  expect(toCheck.join("\n")).toMatch(/sizes: bucket could be of any size.*\n.*payment: MEAL DEAL was taken for cards/);
  expect(toCheck.join("\n")).toMatch(/1 value of column 5 may be personal.*\n.*1 value of column 7 may be personal/);
  expect(yaml + toCheck.join()).not.toMatch(/\bJo\b/i);
  expect((await load(text, yaml)).refused).toEqual(["5 row_payment_unknown"]);
});

test("a column without a name, or with another's, is told by its place", async () => {
  const head = "Receipt,Time,Branch,,Price,Payment,,Notes,Notes\n";
  const rows =
    "1,2026-02-25 09:00,Bath,Latte,2.15,Chip & PIN,4000000000000002,,\n2,2026-02-25 09:01,Bath,Tea,1.20,cash,,,\n";
  const { yaml, toCheck } = draft(head + rows);
  expect(toCheck.join()).toContain("column 7 has no name in the header, so columns are told by their places");
  const told = await load(head + rows, yaml);
  expect(told.receipts).toEqual(["2026-02-25 09:00 Bath CARD 215", "2026-02-25 09:01 Bath CASH 120"]);
  expect(told.lines).toEqual(["2: standard Latte 215", "3: standard Tea 120"]);
  expect(told.customers.map((customer) => customer?.split(" ")[0])).toEqual(["card", undefined]);
  // A header with a digit in the time's name does not lead to places: what has no name cannot be said then.
  const named = head.replace("Branch,,", "Branch,Item,").replace("Time", "Time 24h");
  expect(Object.keys(parseFormat(draft(named + rows).yaml, "a draft").columns)).not.toContain("card");
  expect(() => draft(named.replace("Item", "") + rows)).toThrow(/a product; a column without a name of its own/);
});

test("a column nobody needs may be there twice, and of two that are called alike each is read", async () => {
  const text =
    "Receipt,Time,Branch,Notes,Item,Amount,Amount,Payment,Notes\n1,2026-02-25 09:00,Bath,,Latte,2.15,3.35,cash,x\n" +
    "1,2026-02-25 09:00,Bath,,Tea,1.20,3.35,cash,y\n";
  const once = draft(text.replace("Amount,Amount", "Price,Total"));
  expect(parseFormat(once.yaml, "a draft").columns).toMatchObject({ product: [{ text: "Item" }] });
  expect((await load(text.replace("Amount,Amount", "Price,Total"), once.yaml)).receipts).toEqual([
    "2026-02-25 09:00 Bath CASH 335",
  ]);
  const { yaml, toCheck } = draft(text);
  expect(toCheck.join()).toMatch(/column \d shares its name with another/);
  expect((await load(text, yaml)).refused).toEqual([]);
});

test("of several columns of money the one with tax is taken, and all are said to be worth a look", () => {
  const rows = (head: string, amounts: string) =>
    `Receipt,Time,Branch,Item,Qty,${head},Payment\n1,2026-02-25 09:00,Bath,Latte,2,${amounts},card\n`;
  const priceOf = (text: string) => parseFormat(draft(text).yaml, "a draft").columns as { price?: { text: string }[] };
  const net = rows("Net,VAT,Gross", "1.79,0.36,2.15");
  expect(priceOf(net).price).toMatchObject([{ text: "Gross" }]);
  expect(draft(net).toCheck.join()).toMatch(/column 8 was taken for the price, and there is money in column 6, 7 too/);
  expect(priceOf(rows("Price ex VAT,Price inc VAT", "1.79,2.15")).price).toMatchObject([{ text: "Price inc VAT" }]);
  expect(priceOf(rows("Net amount,VAT amount,Gross amount", "1.79,0.36,2.15")).price).toMatchObject([
    { text: "Gross amount" },
  ]);
  expect(draft(rows("Net", "1.79")).toCheck.join()).toContain("see that sales are what customers paid");
  expect(draft(rows("Price", "2.15")).toCheck.join()).not.toContain("what customers paid");
});

test("a quantity below nothing is a refund", async () => {
  const text =
    "Receipt,Time,Branch,Item,Qty,Unit price,Payment\n1,2026-02-25 09:00,Bath,Latte,2,2.15,cash\n" +
    "2,2026-02-25 09:05,Bath,Latte,-1,2.15,cash\n";
  const { yaml, toCheck } = draft(text);
  expect(toCheck.join("\n")).toContain("refunds: there are negative quantities, which were taken for refunds");
  expect((await load(text, yaml)).receipts).toEqual([
    "2026-02-25 09:00 Bath CASH 430",
    "2026-02-25 09:05 Bath CASH -215",
  ]);
});

test.each([
  ["a list", "Regular Latte - 2,15, Large Tea - 1,80"],
  ["triples", "Regular,Latte,2,15,,Tea,1,80"],
])("%s whose prices have a decimal comma is refused, since no format can say it", (_, basket) => {
  const text = `25/08/2021 09:00;Leeds;Jo Example;"${basket}";3,95;CARD;4000000000000002\n`.repeat(3);
  expect(() => draft(text)).toThrow(/the baskets in column 4 have prices with a decimal comma/);
});

test.each([
  ["no table", "Dear Jo Example,\nyour coffee is ready\n", /parts its rows/],
  ["no time", "a,b,c\n1,2,3\n", /no column looks like a time of sale/],
  ["no amount", "Time,Item,Payment\n2026-02-25 09:00,Latte,cash\n", /no column looks like an amount of money/],
  ["nothing at all", "", /parts its rows/],
])("a file with %s is refused rather than drafted", (_, text, words) => {
  expect(() => draft(text)).toThrow(RefusedError);
  expect(() => draft(text)).toThrow(words);
});
