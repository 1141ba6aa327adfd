import { expect, test } from "vitest";
import { builtInFormats } from "#feed/formats/read-formats.ts";
import { row } from "../till-fixtures.ts";
import { load } from "./told.ts";

// Cells that are read by their places must not be somebody else's: else a name is kept as a product, or a café.

const known = builtInFormats().map(({ text }) => text);
const refused = { format: null, reason: "file_unknown_layout" };
const basket = "Regular Latte - 2.15, Large Latte - 2.45";

test("a file whose header names its columns in another order is refused whole, and says where", async () => {
  const told = await load(
    "Timestamp,Location,Basket,Customer Name,Total,Payment Method,Card Number\n" +
      row(["25/08/2021 09:00", "York", basket, "Jo Swapname", "4.6", "CARD", "4000000000000000"]),
    known,
    { key: "York_25-08-2021_09-00-00.csv" },
  );
  expect(told).toMatchObject({ file: refused, receipts: [], lines: [], customers: [] });
  expect(told.file.detail).toBe(
    "nearest till-2020-list: the header does not name a customer in column 3, a basket in column 4; " +
      "column 4 does not look like a basket",
  );
});

test("a file without a header is refused whole where names stand in the basket's place", async () => {
  const told = await load(
    row(["25/08/2021 09:00", "York", basket, "Jo Swapname", "4.6", "CARD", "4000000000000000"]),
    known,
  );
  expect(told).toMatchObject({
    file: { ...refused, detail: "nearest till-2021-list: column 4 does not look like a basket" },
  });
});

test("a header with a digit in it is read over, where its format goes by position", async () => {
  const told = await load(
    "Time,Shop,Items,Total 20pc VAT,Paid by\n25/08/2021 09:00,Leeds,Latte - 2.15,2.15,CASH\n",
    `
name: own
title: "By position, below a header"
header: first-row
columns: [time, cafe, basket, total, payment]
time: { formats: ["%d/%m/%Y %H:%M"] }
basket: list
`,
  );
  expect(told).toMatchObject({ receipts: ["2021-08-25 09:00 Leeds CASH 215"], refused: [], file: { format: "own" } });
});
