import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SettingError } from "#core/errors.ts";
import { builtInFormats, knownFormats, readFormatFolder } from "./read-formats.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "formats-"));
});

afterEach(() => rm(folder, { recursive: true }));

const good = builtInFormats().find(({ name }) => name === "till-2021-list")?.text ?? "";

async function refusal(text: string): Promise<string> {
  await writeFile(join(folder, "mine.yaml"), text);
  try {
    readFormatFolder(folder);
  } catch (error) {
    if (error instanceof SettingError) return `${error.message} ${error.next}`;
  }
  throw new Error("This format was to be refused with a setting error.");
}

test("the three shapes that come with the tracker are formats", () => {
  expect(builtInFormats().map(({ name }) => name)).toEqual(["till-2020-list", "till-2020-triples", "till-2021-list"]);
});

test("a user's folder of formats is read in order of name, and other files are left alone", async () => {
  await writeFile(join(folder, "b.yaml"), good.replace("till-2021-list", "second"));
  await writeFile(join(folder, "a.yml"), good.replace("till-2021-list", "first"));
  await writeFile(join(folder, "README.md"), "formats");
  expect(readFormatFolder(folder).map(({ name }) => name)).toEqual(["first", "second"]);
});

test("a user's formats come first, by name, and one of a built-in's name replaces it", async () => {
  await writeFile(join(folder, "1.yaml"), good.replace("till-2021-list", "z-till"));
  await writeFile(join(folder, "2.yaml"), good.replace("name: till-2021-list", "name: till-2020-triples"));
  const known = knownFormats(folder);
  expect(known.map(({ name }) => name)).toEqual(["till-2020-triples", "z-till", "till-2020-list", "till-2021-list"]);
  expect(known[0]?.basket).toBe("list");
  expect(knownFormats(undefined)).toEqual(builtInFormats());
});

test("two formats of one name, or a folder that is not there, are refused by name", async () => {
  await writeFile(join(folder, "1.yaml"), good);
  await writeFile(join(folder, "2.yaml"), good);
  expect(() => knownFormats(folder)).toThrow(/Two till formats in .* are named till-2021-list/);
  expect(() => knownFormats(join(folder, "nowhere"))).toThrow(/nowhere cannot be read \(ENOENT\)/);
});

const rows = `
name: rows
title: "Rows"
header: first-row
columns: { time: At, cafe: Branch, product: Item, price: Price, payment: Paid by }
time: { formats: ["%d/%m/%Y %H:%M"] }
basket: rows
`;

test.each<[string, string, RegExp]>([
  ["names its columns but has no header", rows.replace("first-row", "none"), /"header": first-row/],
  ["has rows without a product", rows.replace("product: Item, ", ""), /column "product"/],
  ["has rows without any amount", rows.replace("price: Price, ", ""), /column "total", or "price"/],
  ["has rows and a basket", rows.replace("time: At", "time: At, basket: Items"), /no column "basket"/],
  ["has an item's column in a list", good.replace("basket, ", "basket, size, "), /no "size" unless/],
  ["has a date without a time of day", rows.replace("time: At", "date: At"), /"time", or "date" and "clock"/],
  ["has a time twice over", rows.replace("time: At", "time: At, date: Day, clock: Hour"), /either "time"/],
  ["has no café at all", rows.replace("cafe: Branch, ", ""), /"cafe", or else the setting cafe/],
  ["has a café twice over", `${rows}cafe: { constant: Leeds }\n`, /no column "cafe" where/],
  ["has a key pattern without the café", `${rows}cafe: { key: "^x" }\n`, /"cafe\.key": a pattern with a group/],
  ["has neither payment nor card", rows.replace(", payment: Paid by", ""), /"payment", or "card"/],
  ["has a time zone in its times", rows.replace("%H:%M", "%H:%M %z"), /without a time zone/],
  ["has times without a year", rows.replace("%d/%m/%Y", "%d/%m"), /"time\.formats\.0"/],
  ["has an unknown delimiter", `${rows}delimiter: "|"\n`, /"delimiter"/],
  ["has prices of lines in a list", `${good}price: line\n`, /"price": item or none/],
  ["has a header pattern that is none", rows.replace("Branch", "/(branch/"), /"columns.*regular expression/],
  ["has a pattern for a column that is not there", good.replace("row:", "row:\n    clock: x"), /there is no "clock"/],
])("a format that %s is refused", async (_, text, pattern) => {
  expect(await refusal(text)).toMatch(pattern);
});

test.each<[string, string, RegExp]>([
  ["is no YAML", "name: [unclosed", /mine\.yaml is not valid YAML/],
  ["is empty", "", /mine\.yaml has a mistake/],
  ["has a name with spaces", good.replace("till-2021-list", "My till"), /"name": small letters, digits and hyphens/],
  ["has an unknown column", good.replace("customer,", "client,"), /mine\.yaml has a mistake at "columns/],
  ["lacks a column that a receipt needs", good.replace("basket, ", ""), /"columns".*column "basket"/],
  ["has a column twice", good.replace("customer,", "cafe,"), /"columns".*"cafe" only once/],
  ["has a time format without fields", good.replace(/\[".*"\]/, '["the time"]'), /"time\.formats\.0"/],
  [
    "has a pattern that is none",
    good.replace("(?i:card|cash)", "(card"),
    /"recognise\.row\.payment".*regular expression/,
  ],
  ["has a word nobody knows", `${good}colour: brown\n`, /colour/],
  ["has an unknown basket grammar", good.replace("basket: list", "basket: heap"), /"basket"/],
])("a format that %s is refused by file, field and what is allowed", async (_, text, pattern) => {
  const words = await refusal(text);
  expect(words).toMatch(pattern);
  expect(words).toContain("mine.yaml");
  expect(words).not.toContain("\n");
});
