import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { infinity } from "../command.ts";

// Whatever a file holds, `formats init` shows nobody's name or card, and says what it cannot draft from.

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "odd-drafts-"));
});

afterAll(() => rm(folder, { recursive: true }));

/** Twelve receipts of one item each, whose last columns are these. */
function twelve(head: string, cells: (place: number) => string): string {
  const rows = Array.from({ length: 12 }, (_, place) => {
    const minute = String(place).padStart(2, "0");
    return `${place + 1},25/08/2021 09:${minute},Leeds,Latte,1,£2.15,${cells(place)}\n`;
  });
  return `Receipt No,Date Time,Store,Item,Qty,Price,${head}\n${rows.join("")}`;
}

const number = (place: number) => `40000000000000${String(place).padStart(2, "0")}`;
const person = (place: number) => ["Ann Sample", "Bo Person", "Jo Example"][place % 3];
const guest = (place: number) => ["Barnaby", "Josephine"][place % 2];

test.each([
  ["whole card numbers beside the payment", twelve("Payment", (place) => `Visa ${number(place)}`)],
  [
    "a card number in one payment of many",
    twelve("Payment", (place) => (place < 11 ? "Card" : `Visa ${number(place)}`)),
  ],
  ["the payer's name", twelve("Payer,Card", (place) => `${person(place)},${number(place)}`)],
  ["names where payments belong", twelve("Payment", (place) => `${person(place)}`)],
  ["names of one word where payments belong", twelve("Payment", (place) => (place < 7 ? "Card" : `${guest(place)}`))],
  ["a name for the cup", twelve("Cup name,Payment", (place) => `${person(place)},Card`)],
  ["names where sizes belong", twelve("Cup,Payment", (place) => `${guest(place)},Card`)],
  ["a telephone number where sizes belong", twelve("Size,Payment", (place) => `07 70 09 00 ${10 + place},Card`)],
])("a file with %s is drafted without any of it", async (_, text) => {
  await writeFile(join(folder, "odd.csv"), text);
  const { stdout, stderr } = await infinity(["formats", "init", "odd.csv"], {}, folder);
  expect(stdout + stderr).toMatch(/CHECK|No format can be drafted/);
  expect(stdout + stderr).not.toMatch(/ann|bo person|jo example|sample|barnaby|josephine|\d{4}0000|07 70/i);
});

const good = twelve("Payment", () => "Card");

test.each<[string, string | Buffer, RegExp]>([
  ["UTF-16", Buffer.from(`\uFEFF${good}`, "utf16le"), /file_not_text.*save the file anew as UTF-8/],
  ["Latin-1", Buffer.from(good, "latin1"), /file_not_text.*save the file anew as UTF-8/],
  ["compressed", gzipSync(good), /file_compressed.*Unpack it/],
  ["empty", "", /it is empty/],
])("a file that is %s is refused with what check says of it, and nothing is written", async (_, content, words) => {
  await writeFile(join(folder, "whole.csv"), content);
  const answer = await infinity(["formats", "init", "whole.csv", "--out", "whole.yaml"], {}, folder);
  expect(answer).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(words) });
  expect(await readdir(folder)).not.toContain("whole.yaml");
});
