import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Answer, infinity } from "./command.ts";
import { latte, shapes } from "./till-fixtures.ts";

// A file far below its café's usual size, as whoever types commands meets it.

let folder: string;
let first: Answer;
let second: Answer;

const run = (...words: string[]) => infinity(words, { INFINITY_HOME: join(folder, "home") }, folder);

/** A file of so many receipts. */
async function deliver(cafe: string, date: string, receipts: number): Promise<void> {
  const rows = Array.from({ length: receipts }, () => latte(cafe, `${date} 09:00`));
  await writeFile(join(folder, "tills", `${date}-${cafe}.csv`), shapes.list(rows));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unusually-small-"));
  await mkdir(join(folder, "tills"));
  for (const date of ["2026-02-02", "2026-02-09", "2026-02-16", "2026-02-23"]) {
    await deliver("Leeds", date, 140);
    await deliver("York", date, 30);
  }
  first = await run("run", "--source", "tills", "--json");
  await deliver("Leeds", "2026-03-02", 12);
  await deliver("York", "2026-03-02", 29);
  second = await run("run", "--source", "tills", "--json");
});

afterAll(() => rm(folder, { recursive: true }));

test("the run that loads it succeeds, says so beside its JSON, and leaves the JSON as it is", () => {
  expect(first).toMatchObject({ code: 0, stderr: "" });
  expect(second).toMatchObject({
    code: 0,
    stderr:
      "Leeds delivered 12 receipts for Mon 2 Mar 2026, far below its usual 140. Look whether its file was cut off; " +
      "`npx infinity why --cafe Leeds --date 2026-03-02` shows it.\n",
  });
  const [before, after] = [first, second].map(({ stdout }) => JSON.parse(stdout));
  expect(Object.keys(after)).toEqual(Object.keys(before));
  expect(after).toMatchObject({ status: "completed", files: { loaded: 2 } });
});

test("status lists it", async () => {
  expect(JSON.parse((await run("status", "--json")).stdout).unusuallySmall).toEqual({
    date: "2026-03-02",
    cafes: [{ name: "Leeds", receipts: 12, usualReceipts: 140 }],
  });
  expect((await run("status")).stdout).toMatch(
    /Every café delivered for Mon 2 Mar 2026\.\n\nFar fewer receipts than usual for Mon 2 Mar 2026 from 1 café:\n {2}Leeds, 12 receipts, usually 140\n$/,
  );
});

test("why mentions it for the day, and not for another", async () => {
  const verdictOf = async (cafe: string) =>
    JSON.parse((await run("why", "--cafe", cafe, "--date", "2026-03-02", "--json")).stdout).verdict;
  expect(await verdictOf("Leeds")).toBe(
    "The day is in the warehouse, with 12 receipts, far below its usual 140: look whether its file was cut off.",
  );
  expect(await verdictOf("York")).toBe("The day is in the warehouse.");
});

test("the metric lists it, as a table that can leave", async () => {
  const words = ["metric", "deliveries", "--from", "2026-02-23", "--to", "2026-03-02", "--table", "unusuallySmall"];
  expect((await run(...words, "--csv")).stdout.replace("\uFEFF", "")).toMatch(
    /^cafeId,name,region,date,receipts,usualReceipts\r?\n1,Leeds,Yorkshire and The Humber,2026-03-02,12,140\r?\n$/,
  );
});

test("a café that is closed on the day as planned is left in peace", async () => {
  await run("cafes", "closure", "Leeds", "--from", "2026-03-02", "--to", "2026-03-02", "--reason", "water");
  expect(JSON.parse((await run("status", "--json")).stdout).unusuallySmall.cafes).toEqual([]);
});
