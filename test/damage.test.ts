import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Answer, cleanEnvironment, infinity, program } from "./command.ts";
import { latte, shapes } from "./till-fixtures.ts";

// A home some of whose files are damaged, gone or left over: what commands say of it, and what mends it.

const card = "4000001234567899";

let folder: string;
let whole: string;
/** What the tables of the undamaged home say. */
let digest: unknown;
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
  digest = await json(["digest"]);
}, 120_000);

afterAll(() => rm(folder, { recursive: true }));

beforeEach(() => {
  homes += 1;
  home = join(folder, `home-${homes}`);
  cpSync(whole, home, { recursive: true });
  // A copied folder takes the mode of any other; keys are refused where others may read them.
  chmodSync(join(home, "keys"), 0o700);
});

/** What a rebuild that was killed leaves. */
function leaveRebuilding(): void {
  cpSync(place("warehouse.duckdb"), place("warehouse.rebuilding.duckdb"));
  writeFileSync(place("warehouse.rebuilding.duckdb.wal"), randomBytes(100));
  cpSync(place("warehouse.duckdb"), place("warehouse.before-rebuild.duckdb"));
}

test("whoever is forgotten is in no copy of the warehouse, whatever a rebuild left of it", async () => {
  leaveRebuilding();
  expect(await at(["forget"], `card: ${card}`)).toMatchObject({ code: 0 });
  expect(left()).toEqual(["warehouse.duckdb"]);
}, 120_000);

test("what a killed rebuild had not finished goes with the next command, and the copy it kept before stays", async () => {
  leaveRebuilding();
  expect(await json(["digest"])).toEqual(digest);
  expect(left()).toEqual(["warehouse.before-rebuild.duckdb", "warehouse.duckdb"]);
}, 120_000);

test.skipIf(process.platform === "win32")(
  "a rebuild that runs out of disk leaves none of it full, and the warehouse as it was",
  async () => {
    const child = spawn("sh", ["-c", `ulimit -f 1800 && exec "$0" "$@"`, process.execPath, program, "rebuild"], {
      env: cleanEnvironment({ INFINITY_HOME: home }),
    });
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/ disk is full/);
    expect(left()).toEqual(["warehouse.duckdb"]);
    expect(await json(["digest"])).toEqual(digest);
  },
  120_000,
);

test("a rebuild that was killed while the new warehouse took the old one's place is finished by the next command", async () => {
  const log = randomBytes(100);
  for (const step of ["before", "with the log left", "after the old one moved"]) {
    for (const name of left()) rmSync(place(name));
    cpSync(join(whole, "warehouse.duckdb"), place("warehouse.rebuilt.duckdb"));
    writeFileSync(place(step === "before" ? "warehouse.duckdb" : "warehouse.before-rebuild.duckdb"), "the old one");
    writeFileSync(
      place(step.startsWith("after") ? "warehouse.before-rebuild.duckdb.wal" : "warehouse.duckdb.wal"),
      log,
    );
    expect(await json(["digest"]), step).toEqual(digest);
    expect(readFileSync(place("warehouse.before-rebuild.duckdb"), "utf8"), step).toBe("the old one");
    expect(readFileSync(place("warehouse.before-rebuild.duckdb.wal")).equals(log), step).toBe(true);
  }
}, 120_000);

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
