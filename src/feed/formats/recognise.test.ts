import { expect, test } from "vitest";
import { builtInFormats } from "./read-formats.ts";
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
