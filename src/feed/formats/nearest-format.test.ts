import { expect, test } from "vitest";
import { firstRows } from "./first-rows.ts";
import { describeNearest } from "./nearest-format.ts";
import { builtInFormats, parseFormat } from "./read-formats.ts";

const byName = parseFormat(
  `
name: by-name
title: "By name"
delimiter: ";"
header: first-row
columns: { time: [Sold at, Time], cafe: Branch, product: Item, price: Price, payment: Paid by }
time: { formats: ["%d/%m/%Y %H:%M"] }
basket: rows
`,
  "a test's format",
);
const formats = [...builtInFormats(), byName];
const nearest = (text: string) => describeNearest(firstRows(Buffer.from(text), 20), formats);

test.each([
  [
    "a column more",
    "25/08/2021 09:00,Leeds,Jo Example,Latte - 2.15,2.15,CASH,,12\n",
    "nearest till-2021-list: 8 columns where 7 are expected",
  ],
  [
    "another way to write times",
    "2021/08/25 9.00,Leeds,Jo Example,Latte - 2.15,2.15,CARD,\n",
    "nearest till-2021-list: column 1 does not look like a time of sale",
  ],
  [
    "amounts and payments in other words",
    "25/08/2021 09:00,Leeds,Jo Example,Latte - 2.15,two pounds,on the slate,\n",
    "nearest till-2021-list: column 5 does not look like a total; column 6 does not look like a payment method",
  ],
  [
    "semicolons",
    "25/08/2021 09:00;Leeds;Jo Example;Latte - 2.15;2.15;CASH;\n",
    "nearest till-2021-list: cells parted by semicolons where commas are expected",
  ],
  [
    "a header nobody knows, above rows that would be known",
    "a,b,c,d,e,f,g\n25/08/2021,Leeds,Jo Example,Latte - 2.15,2.15,CASH,\n",
    "nearest till-2020-list: the header names no column as this till does; column 1 does not look like a time of sale",
  ],
  [
    "a header that names its columns in another order",
    "Timestamp,Customer name,Location,Items,Total,Payment,Card\n25/08/2021 09:00,Jo Example,Leeds,Latte - 2.15,2.15,CASH,\n",
    "nearest till-2020-list: the header does not name a café in column 2, a customer in column 3",
  ],
  [
    "a column by name that is not there",
    "Time;Branch;Item;Price\n25/08/2021 09:00;Leeds;Latte;2.15\n",
    'nearest by-name: no column named "Paid by" (a payment method)',
  ],
  [
    "a title above a header that lacks a column by name",
    "Daily sales;;;\nTime;Branch;Item;Price\n25/08/2021 09:00;Leeds;Latte;2.15\n",
    'nearest by-name: no column named "Paid by" (a payment method)',
  ],
  [
    "a title above the header of columns that go by position",
    "Daily sales\nTime,Location,Customer,Items,Total,Payment,Card\n25/08/2021 09:00,Leeds,Jo Example,Latte - 2.15,2.15,CASH,\n",
    "nearest till-2020-list: lines above the header",
  ],
  [
    "receipts above its header",
    "25/08/2021 09:00;Leeds;Latte;2.15;Card\nTime;Branch;Item;Price;Paid by\n",
    "nearest by-name: receipts stand above its header",
  ],
])("a file with %s is told from the nearest till", (_, text, detail) => {
  expect(nearest(text)).toBe(detail);
});

test("nothing of the file is ever quoted, whatever it holds", () => {
  const secret = /Example|4000|Leeds|Latte/;
  for (const text of [
    "Jo Example\n",
    "Jo Example,4000000000000002\n",
    "Jo Example;4000000000000002;Leeds;Latte\n",
    "Jo Example,Leeds,Jo Example,Latte,Leeds,Example,Latte\n".repeat(3),
    `${"Jo Example,".repeat(80)}\n`,
    "<html><body>Jo Example</body></html>\n",
  ]) {
    expect(nearest(text)).toMatch(/^nearest [a-z0-9-]+: /);
    expect(nearest(text)).not.toMatch(secret);
    expect(nearest(text)?.length).toBeLessThanOrEqual(300);
  }
});

test("where there are no formats, none is near", () => {
  expect(describeNearest(firstRows(Buffer.from("a,b\n"), 20), [])).toBeUndefined();
});
