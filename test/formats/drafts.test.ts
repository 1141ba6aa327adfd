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

test("words of sizes and payments nobody knows are sorted, and said to be guesses", () => {
  const text =
    "Receipt,Time,Branch,Item,Size,Price,Payment\n1,2026-02-25 09:00,Bath,Latte,16oz,2.15,cash\n" +
    "2,2026-02-25 09:00,Bath,Latte,bucket,2.15,meal deal\n3,2026-02-25 09:00,Bath,Latte,R,2.15,Visa\n";
  const { yaml, toCheck } = draft(text);
  expect(parseFormat(yaml, "a draft")).toMatchObject({
    sizes: { regular: ["r"], large: ["16oz"], standard: ["bucket"] },
    payment: { CARD: ["MEAL DEAL", "VISA"], CASH: ["CASH"] },
  });
  expect(toCheck.join("\n")).toMatch(/sizes: bucket could be of any size.*\n.*payment: MEAL DEAL was taken for cards/);
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
