import { randomBytes } from "node:crypto";
import { chmodSync, cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Answer, infinity } from "./command.ts";
import { latte, shapes } from "./till-fixtures.ts";

// A home some of whose files are damaged, gone or left over: what commands say of it, and what mends it.

const card = "4000001234567899";

let folder: string;
let whole: string;
let home: string;
let homes = 0;

const at = (words: readonly string[], input = ""): Promise<Answer> =>
  infinity(words, { INFINITY_HOME: home, INFINITY_SOURCE: join(folder, "tills") }, folder, input);
const json = async (words: readonly string[]) => {
  const answer = await at([...words, "--json"]);
  expect(answer, answer.stderr).toMatchObject({ code: 0 });
  return JSON.parse(answer.stdout);
};
const place = (name: string) => join(home, name);
const left = () => readdirSync(home).filter((name) => /^warehouse\./.test(name));
const batches = () => readdirSync(place("clean/batches")).map((name) => `batches/${name}`);
/** The batch that holds a till file. */
const batchOf = (key: string) =>
  batches().find((batch) => readFileSync(place(`clean/${batch}/manifest.json`), "utf8").includes(key)) ?? "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "damage-"));
  home = whole = join(folder, "whole");
  await mkdir(join(folder, "tills"));
  for (const day of ["02", "03"]) {
    const receipts = [latte("Leeds", `2026-03-${day} 09:00`, card), latte("Longridge", `2026-03-${day} 10:00`)];
    writeFileSync(join(folder, "tills", `2026-03-${day}.csv`), shapes.list(receipts));
    await json(["run"]);
  }
}, 120_000);

afterAll(() => rm(folder, { recursive: true }));

beforeEach(() => {
  homes += 1;
  home = join(folder, `home-${homes}`);
  cpSync(whole, home, { recursive: true });
  // A copied folder takes the mode of any other; keys are refused where others may read them.
  chmodSync(join(home, "keys"), 0o700);
});

test("a batch that nobody can read is named by whatever needs it, until it is put back", async () => {
  const customers = `${batchOf("2026-03-02.csv")}/customers.parquet`;
  const path = place(`clean/${customers}`);
  const kept = readFileSync(path);
  writeFileSync(path, randomBytes(kept.length));
  for (const command of [["rotate-keys"], ["run"], ["rebuild"]]) {
    const answer = await at(command);
    expect(answer, command[0]).toMatchObject({ code: 1, stdout: "" });
    expect(answer.stderr, command[0]).toContain(`The file ${customers} of the clean store is damaged or gone.`);
    expect(answer.stderr, command[0]).toMatch(/from a backup/);
  }
  expect(left()).toEqual(["warehouse.duckdb"]);
  writeFileSync(path, kept);
  expect(await json(["run"])).toMatchObject({ status: "completed" });
  expect(await json(["rebuild"])).toMatchObject({ sameAsBefore: true });
}, 120_000);

test("a rebuild names a batch whose manifest is none", async () => {
  const batch = batchOf("2026-03-02.csv");
  writeFileSync(place(`clean/${batch}/manifest.json`), "{");
  expect((await at(["rebuild"])).stderr).toContain(`The file ${batch}/manifest.json of the clean store is damaged`);
}, 120_000);
