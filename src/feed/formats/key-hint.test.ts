import { expect, test } from "vitest";
import { readKeyHint } from "./key-hint.ts";

test.each<[string, string | null, string | null]>([
  ["2021/08/25/chesterfield.csv", "chesterfield", "2021-08-25"],
  ["2021/08/25/London Camden.csv", "London Camden", "2021-08-25"],
  ["raw/tills/2021/08/25/leeds.csv", "leeds", "2021-08-25"],
  ["2021/08/25/000123.csv", null, "2021-08-25"],
  ["leeds_25-08-2021_09-00-00.csv", "leeds", "2021-08-25"],
  ["isle-of-wight_25-08-2021_09-00-00.csv", "isle of wight", "2021-08-25"],
  ["London_Camden_25-08-2021_17-30-00.csv", "London Camden", "2021-08-25"],
  ["2021-08-25-leeds.csv", "leeds", "2021-08-25"],
  ["2021-08-25-isle-of-wight.csv", "isle of wight", "2021-08-25"],
  ["2021-08-25-Leeds.CSV", "Leeds", "2021-08-25"],
  ["2021-08-25-Leeds.csv.gz", "Leeds", "2021-08-25"],
  ["leeds.csv", "leeds", null],
  ["", null, null],
  ["2021/13/45/leeds.csv", "leeds", null],
  ["leeds_31-02-2021_09-00-00.csv", "leeds", null],
  ["2021/08/25/leeds_26-08-2021_09-00-00.csv", "leeds", "2021-08-26"],
])("the key %j says café %j and day %j", (key, cafe, date) => {
  expect(readKeyHint(key)).toEqual({ cafe, date });
});
