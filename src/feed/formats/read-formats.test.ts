import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SettingError } from "#core/errors.ts";
import { builtInFormats, readFormatFolder } from "./read-formats.ts";

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
