import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { takeOwnership } from "#adapters/lock/owner.ts";
import { type Answer, infinity } from "./command.ts";
import { latte, shapes } from "./till-fixtures.ts";

let folder: string;
let home: string;
let first: Answer;

const run = (...words: string[]) => infinity(words, { INFINITY_HOME: home }, folder);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cli-"));
  home = join(folder, "home");
  for (const [place, cafe] of [
    ["tills", "Leeds"],
    ["other", "Longridge"],
  ] as const) {
    await mkdir(join(folder, place));
    await writeFile(join(folder, place, `2026-03-02-${cafe}.csv`), shapes.list([latte(cafe, "2026-03-02 09:00")]));
  }
  await writeFile(
    join(folder, "tills", "2026-03-01-Aberdeen.csv"),
    shapes.list([latte("Aberdeen", "2026-03-01 09:00")]),
  );
  first = await run("run", "--source", "tills", "--json");
});

afterAll(() => rm(folder, { recursive: true }));

/** Words for a person: a sentence or more, no stack trace, nothing of the engine's own. */
function expectPlainWords({ stderr }: Answer): void {
  expect(stderr).toMatch(/^[A-Z`].*\.\n/s);
  expect(stderr).not.toMatch(/\n\s+at |node:internal|Error:|undefined|\[object/);
}

test("run --json prints exactly one object with exactly the agreed keys", () => {
  expect(first).toMatchObject({ code: 0, stderr: "" });
  const summary = JSON.parse(first.stdout);
  expect(Object.keys(summary)).toEqual([
    ...["runId", "status", "startedAt", "finishedAt", "durationMs", "files", "rows", "items", "totalPence", "costGbp"],
  ]);
  expect(summary).toMatchObject({
    status: "completed",
    files: { discovered: 2, loaded: 2, unchanged: 0, duplicate: 0, superseded: 0, quarantined: 0, waiting: 0 },
    rows: { read: 2, loaded: 2, quarantined: 0 },
    items: 2,
    totalPence: 430,
    costGbp: null,
  });
  expect(Object.keys(summary.files)).toHaveLength(7);
  expect(Object.keys(summary.rows)).toHaveLength(3);
  expect(Date.parse(summary.finishedAt) - Date.parse(summary.startedAt)).toBe(summary.durationMs);
});

test.skipIf(process.env.NODE_COMPILE_CACHE !== undefined)(
  "a command and the transform processes it starts keep compiled code in one place",
  async () => {
    const temporary = join(folder, "temporary");
    await mkdir(temporary);
    const variables = { INFINITY_HOME: join(folder, "other-home"), TMPDIR: temporary };
    expect(await infinity(["run", "--source", "tills", "--json"], variables, folder)).toMatchObject({ code: 0 });
    const cache = join(temporary, "node-compile-cache");
    const [version = "none", ...others] = await readdir(cache);
    expect(others).toEqual([]);
    const kept = await readdir(join(cache, version), { withFileTypes: true });
    expect(kept.length).toBeGreaterThan(20);
    expect(kept.filter((entry) => entry.isDirectory())).toEqual([]);
  },
);

test("a second run finds nothing new and says so to a person", async () => {
  const second = await run("run", "--source", "tills");
  expect(second.code).toBe(0);
  expect(second.stdout).toMatch(/^Nothing new\. Looked at 2 files/);
});

test("query answers as JSON, as CSV and as a table", async () => {
  const sql = "select name as cafe, total_pence from daily_sales join locations using (location_id) order by 1";
  const json = await run("query", "--json", sql);
  expect(JSON.parse(json.stdout)).toEqual([
    { cafe: "Aberdeen", total_pence: 215 },
    { cafe: "Leeds", total_pence: 215 },
  ]);
  expect((await run("query", "--csv", sql)).stdout).toBe("cafe,total_pence\nAberdeen,215\nLeeds,215\n");
  expect((await run("query", sql)).stdout).toMatch(/cafe +total_pence.*\n.*\n *Aberdeen +215 *\n *Leeds +215/);
});

test("a formula in a CSV answer is harmless", async () => {
  const { stdout } = await run("query", "--csv", "select '=1+1' as formula, '@x' as at_sign, -5 as number");
  expect(stdout).toBe("formula,at_sign,number\n'=1+1,'@x,-5\n");
});

test("query refuses what is no SELECT, with what may be done instead", async () => {
  const refused = await run("query", "copy locations to 'x.csv'");
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expectPlainWords(refused);
  expect(refused.stderr).toMatch(/Only a SELECT/);
});

test("what to do about a query that fails begins a sentence of its own", async () => {
  const { stderr } = await run("query", "select nothing from locations");
  expect(stderr).toMatch(/[.!?] The tables and columns are in information_schema/);
});

test("status says what is there and which cafés are missing", async () => {
  const { stdout, code } = await run("status", "--json");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    cafes: 2,
    receipts: 2,
    totalPence: 430,
    firstDate: "2026-03-01",
    lastDate: "2026-03-02",
    missing: { date: "2026-03-02", cafes: [{ name: "Aberdeen", lastDate: "2026-03-01" }] },
  });
  expect((await run("status")).stdout).toMatch(/Nothing for Mon 2 Mar 2026 from 1 café:\n +Aberdeen/);
});

test("formats list names the kinds of till", async () => {
  const { stdout } = await run("formats", "list", "--json");
  expect(JSON.parse(stdout)).toMatchObject([
    { name: "till-2020-list" },
    { name: "till-2020-triples" },
    { name: "till-2021-list" },
  ]);
});

test("another source is refused, unless it is to be added", async () => {
  const refused = await run("run", "--source", "other", "--json");
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expectPlainWords(refused);
  expect(refused.stderr).toMatch(/tills.*not from.*other.*--add-source/s);
  const added = await run("run", "--source", "other", "--add-source", "--json");
  expect(JSON.parse(added.stdout)).toMatchObject({ status: "completed", files: { loaded: 1 } });
});

test("while another command has the home, the rest are told who and what to do", async () => {
  const owner = await takeOwnership(home, { command: "infinity run" });
  const refused = await run("status");
  await owner.release();
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expectPlainWords(refused);
  expect(refused.stderr).toMatch(/`infinity run` has been using .*home since .*Wait until it has ended/s);
});

test("a wrong setting is one line: which, what was given, where, and what is allowed", async () => {
  const refused = await infinity(["run"], { INFINITY_HOME: home, INFINITY_BATCH_FILES: "none" }, folder);
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).toBe(
    'The setting batchFiles cannot be "none" (INFINITY_BATCH_FILES). Allowed: a whole number from 1 to 10000.\n',
  );
});

test.each([
  [["run", "--sauce", "tills"], /unknown option '--sauce'/],
  [["run", "--from", "2026-02-30"], /YYYY-MM-DD/],
  [["run", "--source", "nowhere"], /nowhere does not exist/],
])("%j is refused without a stack trace", async (words, pattern) => {
  const refused = await run(...words);
  expect(refused).toMatchObject({ code: 1, stdout: "" });
  expect(refused.stderr).toMatch(pattern);
  expect(refused.stderr).not.toMatch(/\n\s+at |node:internal/);
});

test("a command explains itself with an example", async () => {
  const { stdout, code } = await run("run", "--help");
  expect(code).toBe(0);
  expect(stdout).toMatch(/Usage: .*Example:\n {2}\$ npx infinity/s);
});
