import { expect, test } from "vitest";
import { load, type Told } from "./told.ts";

const list = `
name: list
title: "A list"
header: none
columns: [time, cafe, customer, basket, total, payment, card]
time: { formats: ["%d/%m/%Y %H:%M"] }
basket: list
recognise: { row: { payment: "^(?i:card|cash)$" } }
`;
const without = (column: string) => list.replace(`${column}, `, "");

async function firstOf(told: Promise<Told>): Promise<string> {
  const { receipts, refused, file, audit } = await told;
  expect(audit).toEqual([]);
  return receipts[0] ?? refused[0] ?? String(file.detail);
}

test.each([
  [
    "1,234.56",
    ["£1,234.50", "1234.5", "-£0.50", " 12 "],
    [123450, 123450, -50, 1200],
    ["1,50", "12,34.50", "1.234,50"],
  ],
  ["1.234,56", ["1.234,50", "£1234,5", "12"], [123450, 123450, 1200], ["1.50", "1,234.50"]],
  ["1 234,56", ["1 234,50", "1\u00a0234,50", "£12"], [123450, 123450, 1200], ["1.50", "12 34"]],
])("amounts in the style %s are read, and others refused rather than misread", async (style, good, pence, bad) => {
  const rows = [...good, ...bad].map((total) => `02/03/2026 09:00;Leeds;Jo Example;Latte - 2.15;${total};CASH;\n`);
  const told = await load(rows.join(""), `${list}money: "${style}"\ndelimiter: ";"\nrefunds: true\n`);
  expect(told.receipts).toEqual(pence.map((amount) => `2026-03-02 09:00 Leeds CASH ${amount} ≠`));
  expect(told.refused).toEqual(bad.map((_, index) => `${good.length + index + 1} row_total_unreadable`));
});

test.each([
  [";", '";"'],
  ["\t", "tab"],
])("cells may be parted by %j", async (delimiter, yaml) => {
  const row = ["02/03/2026 09:00", "Leeds", "Jo", "Latte - 2.15, Tea - 1.20", "3.35", "CASH", ""].join(delimiter);
  expect(await firstOf(load(`${row}\n`, `${list}delimiter: ${yaml}\n`))).toBe("2026-03-02 09:00 Leeds CASH 335");
  // And so where the careful reader takes over.
  expect(await firstOf(load(`\uFEFF${row}\r\n`, `${list}delimiter: ${yaml}\n`))).toBe(
    "2026-03-02 09:00 Leeds CASH 335",
  );
});

test("date and time of day may have a column each", async () => {
  const yaml = list.replace("[time, ", "[clock, date, ").replace("%d/%m/%Y %H:%M", "%m/%d/%y %I:%M %p");
  const told = await load(
    "9:05 pm , 3/2/26,Leeds,Jo,Latte - 2.15,2.15,CASH,\n,3/2/26,Leeds,Jo,Latte - 2.15,2.15,CASH,\n",
    yaml,
  );
  expect(told).toMatchObject({
    receipts: ["2026-03-02 21:05 Leeds CASH 215"],
    refused: ["2 row_time_unreadable"],
  });
});

test("a time may be in several formats, tried in turn", async () => {
  const yaml = list.replace('"%d/%m/%Y %H:%M"', '"%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M:%S", "%d %b %Y %H.%M"');
  const rows = ["02/03/2026 09:00", "2026-03-02T09:01:30", "2 Mar 2026 09.02"].map(
    (time) => `${time},Leeds,Jo,Latte - 2.15,2.15,CASH,\n`,
  );
  const { receipts } = await load(rows.join(""), yaml);
  expect(receipts.map((receipt) => receipt.slice(0, 16))).toEqual([
    "2026-03-02 09:00",
    "2026-03-02 09:01",
    "2026-03-02 09:02",
  ]);
});

const row = "02/03/2026 09:00,Jo,Latte - 2.15,2.15,CASH,\n";

test("the café may be the same for every file", async () => {
  const yaml = `${without("cafe")}cafe: { constant: Leeds Station }\n`;
  expect(await firstOf(load(row, yaml))).toBe("2026-03-02 09:00 Leeds Station CASH 215");
  expect(await firstOf(load(`\uFEFF${row}`, yaml))).toBe("2026-03-02 09:00 Leeds Station CASH 215");
});

test("the café may be part of the key, and a key that names none refuses the rows", async () => {
  const yaml = `${without("cafe")}cafe: { key: '^exports/(?<cafe>[^/]+)/' }\n`;
  expect(await firstOf(load(row, yaml, { key: "exports/Milton_Keynes/2026-03-02.csv" }))).toBe(
    "2026-03-02 09:00 Milton Keynes CASH 215",
  );
  expect(await firstOf(load(`${row.trim()}\r\n`, yaml, { key: "exports/Milton_Keynes/2.csv" }))).toBe(
    "2026-03-02 09:00 Milton Keynes CASH 215",
  );
  expect(await firstOf(load(row, yaml, { key: "elsewhere/2026-03-02.csv" }))).toBe("1 row_cafe_missing");
});

test("columns are found by the header's names: one of several, in any case and order, or a pattern", async () => {
  const yaml = `
name: by-name
title: "By name"
header: first-row
columns:
  time: [Sold at, Date & time]
  cafe: /^(branch|shop)\\b/
  basket: Items
  total: Total
  payment: Paid by
time: { formats: ["%d/%m/%Y %H:%M"] }
basket: list
`;
  const rows = "2.15,x,02/03/2026 09:00,Latte - 2.15,Leeds,CASH\n";
  expect(await firstOf(load(`TOTAL,Till no,date & time , Items,Shop name,Paid by\n${rows}`, yaml))).toBe(
    "2026-03-02 09:00 Leeds CASH 215",
  );
  // Another file of the same till, with its columns in another order.
  const other = `Items,Paid by,Branch,Total,Sold at\nLatte - 2.15,CASH,Leeds,2.15,02/03/2026 09:00\n`;
  expect(await firstOf(load(other, yaml))).toBe("2026-03-02 09:00 Leeds CASH 215");
  expect((await load("Items,Paid by,Branch,Total,Sold at\n", yaml)).file).toMatchObject({
    format: "by-name",
    reason: null,
  });
  const lacking = await load("Items,Paid by,Total,Sold at\nLatte - 2.15,CASH,2.15,02/03/2026 09:00\n", yaml);
  expect(lacking.file).toEqual({
    format: null,
    reason: "file_unknown_layout",
    detail: 'nearest by-name: no column named "/^(branch|shop)\\\\b/" (a café)',
  });
});

test("a token stands for its card, also on a cash receipt, and is nobody else's", async () => {
  const yaml = `${list}card: token\n`;
  const sale = (payment: string, token: string) =>
    `02/03/2026 09:00,Leeds,Jo Example,Latte - 2.15,2.15,${payment},${token}\n`;
  const tokens = await load(
    sale("CARD", "tok_8fA2") +
      sale("CASH", " tok_8fA2 ") +
      sale("CARD", "tok_8fa2") +
      sale("CASH", "") +
      sale("CARD", "none") +
      sale("CARD", "4000000000000002"),
    yaml,
  );
  const [first, same, otherCase, byName, nobody, number] = tokens.customers;
  expect(first).toMatch(/^card /);
  expect(same).toBe(first);
  expect(otherCase).toMatch(/^card /);
  expect(otherCase).not.toBe(first);
  expect(byName).toMatch(/^name /);
  expect(nobody).toBeNull();
  // Known by it however they pay: on the day, and on their first.
  expect(tokens.identified).toEqual({ receipts: 4, customers: 3, onFirstDays: 4 });
  // The same digits as a card number are another identity: a token has a prefix of its own.
  expect((await load(sale("CARD", "4000000000000002"), list)).customers[0]).not.toBe(number);
});

test("without a payment column, a receipt with a card is a card's and any other cash", async () => {
  const yaml = without("payment").replace(/payment: "\^.*"/, () => "total: '^[0-9.]+$'");
  const told = await load(
    "02/03/2026 09:00,Leeds,Jo,Latte - 2.15,2.15,4000000000000002\n02/03/2026 09:01,Leeds,Jo,Latte - 2.15,2.15,\n",
    yaml,
  );
  expect(told.receipts).toEqual(["2026-03-02 09:00 Leeds CARD 215", "2026-03-02 09:01 Leeds CASH 215"]);
});

test("where refunds are negative totals, the prices of a list and of triples may be negative too", async () => {
  const refunds = await load(
    "02/03/2026 09:00,Leeds,Jo,Regular Latte - -2.15,-2.15,CASH,\n" +
      '02/03/2026 09:01,Leeds,Jo,"Large Latte - Oat - -£2.85, Discount - £-0.50, Tea - 1.20",-2.15,CASH,\n',
    `${list}refunds: true\n`,
  );
  expect(refunds.receipts).toEqual(["2026-03-02 09:00 Leeds CASH -215", "2026-03-02 09:01 Leeds CASH -215"]);
  expect(refunds.lines).toEqual([
    "1: regular Latte -215",
    "2: large Latte (Oat) -285",
    "2: standard Discount -50",
    "2: standard Tea 120",
  ]);
  const triples = await load(
    '02/03/2026 09:00,Leeds,Jo,"Large,Latte,2.45,,Discount,-0.45",2.00,CASH,\n',
    list.replace("basket: list", "basket: triples"),
  );
  expect(triples).toMatchObject({
    receipts: ["2026-03-02 09:00 Leeds CASH 200"],
    lines: ["1: large Latte 245", "1: standard Discount -45"],
    audit: [],
  });
  expect(refunds.audit).toEqual([]);
});

test("a list may come without prices", async () => {
  const told = await load(
    '02/03/2026 09:00,Leeds,Jo,"Large Latte, Speciality Tea - Green",3.75,CASH,\n',
    `${list}price: none\n`,
  );
  expect(told.receipts).toEqual(["2026-03-02 09:00 Leeds CASH 375"]);
  expect(told.lines).toEqual(["1: large Latte ?", "1: standard Speciality Tea (Green) ?"]);
});

test("where two formats fit a file as well, the first one reads it; one that fits better reads it in any case", async () => {
  const twin = list.replace("name: list", "name: a-twin");
  expect((await load("02/03/2026 09:00,Leeds,Jo,Latte - 2.15,2.15,CASH,\n", [list, twin])).file.format).toBe("list");
  const strict = `${list.replace("name: list", "name: strict")}`.replace("row: {", 'row: { time: "^x",');
  expect((await load("02/03/2026 09:00,Leeds,Jo,Latte - 2.15,2.15,CASH,\n", [strict, twin])).file.format).toBe(
    "a-twin",
  );
});
