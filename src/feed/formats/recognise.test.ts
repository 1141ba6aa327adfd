import { expect, test } from "vitest";
import { builtInFormats, parseFormat } from "./read-formats.ts";
import { recogniseFormat } from "./recognise.ts";

const formats = builtInFormats();
const recognise = (...rows: string[]) => recogniseFormat(() => rows.map((row) => row.split("|")), formats)?.format.name;

const list = "25/08/2021 09:00|Leeds|Jo Example|Regular Latte - 2.15, Large Latte - 2.45|4.6|CARD|4000000000000002";
const triples = "2021-02-23 09:00:48|Leeds|Jo Example|,Frappes - Coffee,2.75|CARD|2.75|visa,4000000000000002";
const header = "Timestamp|Branch|Name|Items|Total|Payment|Card number";

test("a row of a 2021 till is a list without a header", () => {
  expect(recognise(list)).toBe("till-2021-list");
});

test("the same row below a header is a 2020 till's", () => {
  expect(recognise(header, list)).toBe("till-2020-list");
});

test("triples are known by their time, and payment before total", () => {
  expect(recognise(triples)).toBe("till-2020-triples");
});

test("a header alone is known by its words", () => {
  expect(recognise(header)).toBe("till-2020-list");
  expect(recognise("datetime|store|customer|order|amount|method|card")).toBe("till-2020-list");
});

const swapped = "25/08/2021 09:00|Leeds|Regular Latte - 2.15, Large Latte - 2.45|Jo Example|4.6|CARD|4000000000000002";

test.each([
  ["the basket before the name", "Timestamp|Location|Basket|Customer Name|Total|Payment Method|Card Number", list],
  ["the name before the café", "Timestamp|Customer Name|Location|Basket|Total|Payment Method|Card Number", list],
  [
    "one item a row",
    "Date Time|Store|Item|Qty|Price|Payment|Card",
    "25/08/2021 09:00|Hull|Latte|2|2.15|Card|4000000000000002",
  ],
  ["an item beside the customer", "Time|Store|Customer|Item|Price|Payment|Card", list],
  ["the name of the item for the customer's", "Time|Store|Item name|Order|Amount|Method|Card", list],
  ["a discount", "Timestamp|Location|Items|Subtotal|Discount|Payment|Card", list],
  ["a subtotal", "Timestamp|Location|Customer|Items|Subtotal|Payment|Card", list],
  ["a column more than its rows", "Timestamp|Customer|Location|Basket|Total|Payment|Card|Till", list],
])("a header that names %s is not overlooked, whatever the rows below it look like", (_, words, row) => {
  expect(recognise(words, row)).toBeUndefined();
  expect(recognise("Sales of the day", words, row)).toBeUndefined();
});

test("without a header, a name in the basket's place is no known till's, and one odd basket hides none", () => {
  expect(recognise(swapped, swapped)).toBeUndefined();
  expect(
    recognise("2021-02-23 09:00:48|Leeds|,Frappes - Coffee,2.75|Jo Example|CARD|2.75|visa,4000000000000002"),
  ).toBeUndefined();
  expect(recognise("25/08/2021 09:00|Hull|Latte|2|2.15|Card|4000000000000002")).toBeUndefined();
  expect(recognise(list.replace(/Regular.*2\.45/, "the usual"), list)).toBe("till-2021-list");
  expect(recognise(list.replace(/Regular.*2\.45/, ""))).toBe("till-2021-list");
});

test.each([
  "timestamp|store|customer_name|basket_items|total_price|cash_or_card|card_number",
  "DATE|Café|Guest|Purchases|Amount paid|Paid by|Card no",
  "Date and time|Branch name|Full name|Order|Total spend|Payment type|Card",
])("a header in other words for the same columns is known: %s", (words) => {
  expect(recognise(words)).toBe("till-2020-list");
  expect(recognise(words, list)).toBe("till-2020-list");
  expect(recognise(words, "25/08/2021 09:00|Leeds")).toBe("till-2020-list");
});

test("a header may hold digits, where the format says nothing of it but that it is there", () => {
  const own = parseFormat(
    `
name: own
title: "By position, below a header"
header: first-row
columns: [time, cafe, basket, total, payment]
time: { formats: ["%d/%m/%Y %H:%M"] }
basket: list
`,
    "a test's format",
  );
  const fits = (...rows: string[]) => recogniseFormat(() => rows.map((row) => row.split("|")), [own]) !== undefined;
  const receipt = "25/08/2021 09:00|Leeds|Latte - 2.15|2.15|CASH";
  expect(fits("Time|Shop|Items|Total 20pc VAT|Paid by", receipt)).toBe(true);
  expect(fits("Time|Shop 2|Items|£|Paid by", receipt)).toBe(true);
  expect(fits(receipt, receipt)).toBe(false);
  expect(fits("nine o'clock|Leeds|Latte - 2.15|2.15|CASH", receipt)).toBe(false);
  expect(fits("2 Mar 2026 9am|Leeds|Latte|two pounds|CASH", receipt)).toBe(false);
});

test.each([
  ["cash, without a card", "25/08/2021 09:00|Leeds|Jo Example|Latte - 2.15|2.15|CASH|"],
  ["a £ and a thousands separator", "25/08/2021 09:00|Leeds|Jo Example|Latte - 2.15|£1,002.15|CARD|"],
  ["seconds", "25/08/2021 09:00:59|Leeds|Jo Example|Latte - 2.15|2.15|CARD|"],
  ["a day and hour of one digit", "5/8/2021 9:00|Leeds|Jo Example|Latte - 2.15|2.15|CARD|"],
  ["a payment in small letters", "25/08/2021 09:00|Leeds|Jo Example|Latte - 2.15|2.15|card|"],
  ["spaces around cells", " 25/08/2021 09:00 | Leeds |Jo Example|Latte - 2.15| 2.15 | CARD |"],
])("a list with %s is still a list", (_, row) => {
  expect(recognise(row)).toBe("till-2021-list");
});

test("a bad first row does not hide a known till", () => {
  expect(recognise("25/08/2021 09:00|Leeds|Jo", list, list)).toBe("till-2021-list");
  expect(recognise("25/08/2021 09:00|Leeds|Jo|Latte - 2.15|broken|CARD|", list)).toBe("till-2021-list");
});

test("a bad first row below the header does not hide a known till", () => {
  expect(recognise(header, "25/08/2021 09:00|Leeds", list)).toBe("till-2020-list");
});

test.each([
  ["no rows at all", []],
  ["other columns", ["a|b|c"]],
  ["a column more", [`${list}|more`]],
  ["seven columns of something else", ["1|2|3|4|5|6|7"]],
  ["American dates", ["2021/08/25 9.00|Leeds|Jo|Latte - 2.15|2.15|CARD|"]],
  ["a header of another kind alone", ["one|two|three|four|five|six|seven"]],
  ["a total where a payment belongs", ["25/08/2021 09:00|Leeds|Jo Example|Latte - 2.15|CARD|2.15|"]],
])("a file with %s is of no known till", (_, rows) => {
  expect(recognise(...rows)).toBeUndefined();
});
