import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
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
  [
    "names its columns but has no header",
    rows.replace("first-row", "none"),
    /"header" \(line 4\): it should be first-row/,
  ],
  ["has rows without a product", rows.replace("product: Item, ", ""), /column "product"/],
  ["has rows without any amount", rows.replace("price: Price, ", ""), /column "total", or "price"/],
  ["has rows and a basket", rows.replace("time: At", "time: At, basket: Items"), /there should be no column "basket"/],
  ["has an item's column in a list", good.replace("basket, ", "basket, size, "), /no "size" unless/],
  ["has a date without a time of day", rows.replace("time: At", "date: At"), /"time", or "date" and "clock"/],
  ["has a time twice over", rows.replace("time: At", "time: At, date: Day, clock: Hour"), /either "time"/],
  [
    "has no café at all",
    rows.replace("cafe: Branch, ", ""),
    /lack the column "cafe", or else there should be a field cafe/,
  ],
  ["has a café twice over", `${rows}cafe: { constant: Leeds }\n`, /no column "cafe" where/],
  [
    "has a key pattern without the café",
    `${rows}cafe: { key: "^x" }\n`,
    /"cafe\.key" \(line 8\): it should be a pattern with a group/,
  ],
  ["has neither payment nor card", rows.replace(", payment: Paid by", ""), /"payment", or "card"/],
  ["has a time zone in its times", rows.replace("%H:%M", "%H:%M %z"), /without a time zone/],
  ["has times without a year", rows.replace("%d/%m/%Y", "%d/%m"), /"time\.formats item 1" \(line 6\): it has no year/],
  ["has an unknown delimiter", `${rows}delimiter: "|"\n`, /"delimiter"/],
  ["has prices of lines in a list", `${good}price: line\n`, /"price" \(line 22\): it should be item or none/],
  ["has a header pattern that is none", rows.replace("Branch", "/(branch/"), /"columns.*regular expression/],
  [
    "has a pattern for a column that is not there",
    good.replace("row:", "row:\n    clock: x"),
    /a pattern for "clock", and no such column/,
  ],
])("a format that %s is refused", async (_, text, pattern) => {
  expect(await refusal(text)).toMatch(pattern);
});

test.each<[string, string, RegExp]>([
  ["is no YAML", "name: [unclosed", /mine\.yaml is not valid YAML \(line 1\)/],
  ["is empty", "# nothing yet\n", /mine\.yaml is empty\. .*docs\/formats\.md explains every field/],
  [
    "has a name with spaces",
    good.replace("till-2021-list", "My till"),
    /"name" \(line 3\): it should be small letters, digits and hyphens/,
  ],
  [
    "has an unknown column",
    good.replace("customer,", "client,"),
    /mine\.yaml has a mistake at "columns item 3" \(line 6\): it should be one of time, date/,
  ],
  ["lacks a column that a receipt needs", good.replace("basket, ", ""), /"columns".*they lack the column "basket"/],
  ["has a column twice", good.replace("customer,", "cafe,"), /"columns".*"cafe" only once/],
  [
    "has a time format without fields",
    good.replace(/\[".*"\]/, '["the time"]'),
    /"time\.formats item 1".*it has no year/,
  ],
  [
    "has a pattern that is none",
    good.replace("(?i:card|cash)", "(card"),
    /"recognise\.row\.payment".*regular expression/,
  ],
  ["has a word nobody knows", `${good}colour: brown\n`, /"colour".*there is no such field; there are name, title/],
  [
    "has an unknown basket grammar",
    good.replace("basket: list", "basket: heap"),
    /"basket".*it should be list, triples or rows/,
  ],
])("a format that %s is refused by file, field and what is allowed", async (_, text, pattern) => {
  const words = await refusal(text);
  expect(words).toMatch(pattern);
  expect(words).toContain("mine.yaml");
  expect(words).not.toContain("\n");
});

test.each<[string, string, RegExp]>([
  ["a tab", `${rows}sizes:\n\tregular: [R]\n`, /YAML \(line 9\): a tab stands where spaces belong/],
  ["a name that is there twice", `${rows}basket: list\n`, /YAML \(line 8\): a name is there for the second time/],
  ["a quote that the next one ends", rows.replace('"Rows"', '"Rows'), /YAML \(line 3\): a quote that begins there/],
  ["a quote that never ends", `${rows}delimiter: ";\nprice: item\n`, /YAML \(line 8\): a quote that begins there/],
  ["a reference to nothing", rows.replace("Branch", "*branch"), /YAML: a \* refers to what is not there/],
  ["a list instead of fields", "- name: rows\n", /at its top: it should be fields with their values/],
  [
    "a column without a name",
    rows.replace("Item", ""),
    /"columns\.product" \(line 5\): it is empty, and should be a name in/,
  ],
  ["a column there is none of", rows.replace("product", "produce"), /"columns\.produce".*there are time, date/],
  [
    "no words for cash",
    good.replace("  CASH: [CASH]\n", ""),
    /"payment\.CASH" \(line 11\): it is missing, and should be/,
  ],
  ["a word that YAML takes for another thing", good.replace("[CASH]", "[true]"), /"payment\.CASH item 1".*in quotes/],
  ["a café's bare name", `${rows}cafe: Leeds\n`, /"cafe" \(line 8\): it should be column, or { constant: /],
  ["a third size", `${rows}sizes: { medium: [M] }\n`, /"sizes\.medium".*there are regular, large, standard/],
  ["no grammar of baskets", rows.replace("basket: rows\n", ""), /at "basket": it is missing, and should be list/],
  ["one word for cards and for cash", good.replace("[CASH]", "[CASH, card]"), /"card" is under both CARD and CASH/],
  ["one word for two sizes", `${rows}sizes: { regular: [M], large: [m] }\n`, /"m" is under both regular and large/],
])("a format with %s is refused in plain words, with the line where there is one", async (_, text, pattern) => {
  const words = await refusal(text);
  expect(words).toMatch(pattern);
  expect(words).not.toMatch(/invalid input|expected|received|unrecognized|NaN|undefined/i);
});

test("every mistake of a format is told at once, each with its place", async () => {
  const words = await refusal(`${rows}delimiter: "|"\ncolour: brown\ntaste: good\nskip: { status: [true] }\n`);
  expect(words).toMatch(/mine\.yaml has 4 mistakes: at "delimiter" \(line 8\): it should be/);
  expect(words).toMatch(/; at "skip\.status item 1" \(line 11\): it should be a word of the till, in quotes/);
  expect(words).toMatch(/; at "colour" \(line 9\): there is no such field/);
  expect(words).toMatch(/; at "taste" \(line 10\): there is no such field/);
});

test.each<[string, string, RegExp]>([
  [
    "skips by a column that is not there",
    `${rows}skip: { status: [Void] }\n`,
    /"skip" \(line 8\): there are words for "status", and no such column/,
  ],
  [
    "knows refunds by a column that is not there",
    `${rows}refunds: { type: [Refund] }\n`,
    /"refunds".*words for "type", and no such column/,
  ],
  [
    "skips by what no column can hold",
    `${rows}skip: { Status: [Void] }\n`,
    /"skip\.Status" .*there is no such field; there are time, .*, status/,
  ],
  [
    "has a pattern of payments that is none",
    `${rows}payment: { CARD: ['/^(visa/'], CASH: [] }\n`,
    /"payment\.CARD item 1".*regular expression/,
  ],
  [
    "has a pattern of payments that looks ahead, which the scan cannot",
    `${rows}payment: { CARD: ['/^(?!cash)/'], CASH: [] }\n`,
    /"payment\.CARD item 1".*neither ahead nor behind/,
  ],
  [
    "leaves out by a pattern that looks back",
    `${rows}skip: { basket: ['/(.)\\1/'] }\n`,
    /"skip\.basket item 1".*nor back/,
  ],
])("a format that %s is refused, and says which", async (_, text, pattern) => {
  expect(await refusal(text)).toMatch(pattern);
});

test.each<[string, RegExp]>([
  ["%Y", /it has no month .*no day .*no hour .*no minutes/],
  ["%d/%m/%Y", /it has no hour \(%H, or %I with %p\), no minutes \(%M\)/],
  ["%d/%Y %H:%M", /it has no month \(%m, %b or %B\)/],
  ["%d/%m/%Y %I:%M", /%I needs %p, or else %H/],
  ["%d/%m/%Y %H:%M %p", /%H counts to 23 and takes no %p/],
  ["%d/%M/%Y %H:%m", /%M is minutes and belongs after the hour; the month is %m/],
  ["%H:%M %d/%M/%Y", /%M stands there twice; %M is minutes .*it has no month/],
  ["%H:%m %d/%M/%Y", /%M is minutes/],
  ["%d/%m/%Y %H:%M:%m", /%m stands there twice/],
  ["%d/%m/%Y %H:%M %Z", /%Z cannot be read/],
  ["%d/%m/%Y %H:%M %", /% cannot be read/],
])("the time format %s is refused, since it would read other times than the till's", async (format, pattern) => {
  expect(await refusal(rows.replace("%d/%m/%Y %H:%M", () => format))).toMatch(pattern);
});

test("times as tills write them are all formats", async () => {
  const formats = ["%-d/%-m/%y %I.%M%p", "%Y%m%d%H%M%S", "%j %Y %H:%M", "%a %d %b %Y %H:%M:%S.%f", "%H:%M %B %d, %Y"];
  await writeFile(
    join(folder, "mine.yaml"),
    rows.replace('"%d/%m/%Y %H:%M"', () => JSON.stringify(formats).slice(1, -1)),
  );
  expect(readFormatFolder(folder)[0]?.time.formats).toEqual(formats);
});

test("a folder that is named like a format is refused as one", async () => {
  await mkdir(join(folder, "old.yaml"));
  expect(() => readFormatFolder(folder)).toThrow(SettingError);
  expect(() => readFormatFolder(folder)).toThrow(/old\.yaml is a folder/);
});

// Root may read every file, so nobody can take the permission from it.
test.skipIf(process.getuid?.() === 0)("a format that may not be read is named", async () => {
  await writeFile(join(folder, "mine.yaml"), good, { mode: 0o000 });
  expect(() => readFormatFolder(folder)).toThrow(/mine\.yaml cannot be read \(EACCES\)/);
});

test("a format that leads nowhere is named", async () => {
  await symlink(join(folder, "nowhere"), join(folder, "mine.yaml"));
  expect(() => readFormatFolder(folder)).toThrow(/mine\.yaml cannot be read \(ENOENT\)/);
});
