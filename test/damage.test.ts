import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Answer, cleanEnvironment, infinity, program } from "./command.ts";
import { latte, shapes } from "./till-fixtures.ts";
import { openTracker } from "./tracker.ts";

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

test("a run that finishes a forgetting, or new keys, removes copies of the warehouse with the ids of before as well", async () => {
  for (const [command, input] of [["forget", `card: ${card}`], ["rotate-keys"]] as const) {
    expect(await at([command], input)).toMatchObject({ code: 0 });
    // As a backup of before has it, which is put back.
    for (const name of ["warehouse", "warehouse.before-rebuild"]) {
      cpSync(join(whole, "warehouse.duckdb"), place(`${name}.duckdb`));
    }
    await json(["run"]);
    expect(left(), command).toEqual(["warehouse.duckdb"]);
  }
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

test("a rebuild refuses to lose what the clean store lacks, until that is read again or is meant", async () => {
  const batch = batchOf("2026-03-02.csv");
  for (const gone of [`clean/${batch}/manifest.json`, `clean/${batch}`]) {
    rmSync(place(gone), { recursive: true });
    const refused = await at(["rebuild"]);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toMatch(/1 till file that the warehouse has: 2026-03-02\.csv\. The warehouse is untouched/);
    expect(refused.stderr).toMatch(/backup[\s\S]*infinity replay[\s\S]*--without-missing/);
    expect(left()).toEqual(["warehouse.duckdb"]);
    expect(await json(["digest"])).toEqual(digest);
  }
  const meant = await at(["rebuild", "--without-missing"]);
  expect(meant, meant.stderr).toMatchObject({ code: 0 });
  expect(meant.stdout).toContain("It lacks 1 till file that the warehouse before had.");
  renameSync(place("warehouse.before-rebuild.duckdb"), place("warehouse.duckdb"));
  expect(await json(["replay", "--file", "2026-03-02.csv"])).toMatchObject({ files: { unchanged: 1 } });
  expect(await json(["rebuild"])).toMatchObject({ sameAsBefore: true, missing: 0 });
}, 120_000);

test("a damaged warehouse is told as damaged, and a rebuild mends it and says what is lost", async () => {
  writeFileSync(place("warehouse.duckdb"), randomBytes(500_000));
  const damaged = readFileSync(place("warehouse.duckdb"));
  for (const command of [["status"], ["run"], ["query", "select 1 as one"]]) {
    const answer = await at(command);
    expect(answer).toMatchObject({ code: 1, stdout: "" });
    expect(answer.stderr).toMatch(/warehouse\.duckdb is damaged\. Run `npx infinity rebuild`/);
  }
  const rebuilt = await at(["rebuild"]);
  expect(rebuilt, rebuilt.stderr).toMatchObject({ code: 0 });
  expect(rebuilt.stdout).toMatch(/nothing it could be compared with[\s\S]*Lost with it: the history of runs;/);
  expect(rebuilt.stdout).toContain("warehouse.before-rebuild.duckdb");
  expect(readFileSync(place("warehouse.before-rebuild.duckdb")).equals(damaged)).toBe(true);
  expect(await json(["digest"])).toEqual(digest);
  expect(await json(["rebuild"])).toMatchObject({ sameAsBefore: true, lost: [] });
}, 120_000);

test("a warehouse that was cut off anywhere is made anew, with what could be read of it", async () => {
  // So short a file is made anew where nothing was ever loaded: a full disk leaves it.
  truncateSync(place("warehouse.duckdb"), 8192);
  expect((await at(["status"])).stderr).toMatch(/cut off[\s\S]*npx infinity rebuild/);
  expect(statSync(place("warehouse.duckdb")).size).toBe(8192);
  await json(["rebuild"]);
  for (const part of [0.2, 0.6]) {
    truncateSync(place("warehouse.duckdb"), Math.round(statSync(place("warehouse.duckdb")).size * part));
    expect((await at(["audit"])).stderr, String(part)).toMatch(/is damaged/);
    await json(["rebuild"]);
    expect(await json(["digest"])).toEqual(digest);
  }
}, 120_000);

test("with a damaged warehouse and no clean data, a rebuild makes no empty one", async () => {
  writeFileSync(place("warehouse.duckdb"), randomBytes(500_000));
  rmSync(place("clean"), { recursive: true });
  expect((await at(["rebuild"])).stderr).toMatch(/no batch[\s\S]*backup/);
  expect(left()).toEqual(["warehouse.duckdb"]);
}, 120_000);

test("a warehouse that is gone is not taken for an empty one, and a rebuild makes it anew", async () => {
  renameSync(place("warehouse.duckdb"), place("warehouse.before-rebuild.duckdb"));
  for (const command of ["status", "run"]) {
    const answer = await at([command]);
    expect(answer).toMatchObject({ code: 1, stdout: "" });
    expect(answer.stderr).toMatch(/warehouse\.duckdb is gone or cut off[\s\S]*npx infinity rebuild/);
    expect(existsSync(place("warehouse.duckdb"))).toBe(false);
  }
  expect(await json(["rebuild"])).toMatchObject({ sameAsBefore: null, keptBefore: false });
  expect(await json(["digest"])).toEqual(digest);
  expect(left()).toEqual(["warehouse.before-rebuild.duckdb", "warehouse.duckdb"]);
}, 120_000);

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

test("a rebuild names a batch whose manifest is none, or that lacks a table", async () => {
  const batch = batchOf("2026-03-02.csv");
  writeFileSync(place(`clean/${batch}/manifest.json`), "{");
  expect((await at(["rebuild"])).stderr).toContain(`The file ${batch}/manifest.json of the clean store is damaged`);
  cpSync(join(whole, "clean", batch, "manifest.json"), place(`clean/${batch}/manifest.json`));
  rmSync(place(`clean/${batch}/items.parquet`));
  expect((await at(["rebuild"])).stderr).toContain(`The file ${batch}/items.parquet of the clean store is damaged`);
}, 120_000);

test("a batch that is damaged before it is loaded is named with its till files, and the next run makes it anew", async () => {
  for (const damage of [
    (path: string) => truncateSync(path, Math.round(statSync(path).size * 0.6)),
    (path: string) => truncateSync(path, 0),
    (path: string) => writeFileSync(path, randomBytes(statSync(path).size)),
    (path: string) => rmSync(path),
  ]) {
    const tracker = await openTracker();
    await tracker.deliver("monday.csv", shapes.list([latte("Leeds", "2026-03-02 09:00", card)]));
    await tracker.deliver("tuesday.csv", shapes.list([latte("Leeds", "2026-03-03 09:00", card)]));
    let damaged = "";
    const transform: typeof tracker.context.transform = async (message) => {
      const load = await tracker.context.transform(message);
      damaged = `${load.prefix}/transactions.parquet`;
      damage(join(tracker.folder, "clean", damaged));
      return load;
    };
    const told: { message: string; next: string }[] = [];
    const summary = await tracker.run({ transform }, { onProblem: (problem) => told.push(problem) });
    expect(summary).toMatchObject({ status: "incomplete", files: { loaded: 0 } });
    expect(told).toMatchObject([
      {
        message: `The file ${damaged} of the clean store is damaged or gone. Its batch, with the till file monday.csv and 1 more, was not loaded.`,
      },
    ]);
    expect(told[0]?.next).toMatch(/^Run again: /);
    expect(await tracker.run()).toMatchObject({ status: "completed", files: { loaded: 2 } });
    expect(await tracker.audit()).toEqual([]);
    await tracker.close();
  }
}, 120_000);
