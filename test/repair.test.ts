import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDuckdb } from "#adapters/warehouse/duckdb.ts";
import { reasons } from "#core/reasons.ts";
import { type Answer, infinity } from "./command.ts";
import { latte, shapes } from "./till-fixtures.ts";

let folder: string;

const infinityAt = (words: readonly string[], variables: Record<string, string> = {}): Promise<Answer> =>
  infinity(words, { INFINITY_HOME: join(folder, "home"), ...variables }, folder);
const json = async (words: readonly string[], variables?: Record<string, string>) => {
  const answer = await infinityAt([...words, "--json"], variables);
  expect(answer, answer.stderr).toMatchObject({ code: 0 });
  return JSON.parse(answer.stdout);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "repair-"));
  await mkdir(join(folder, "tills"));
  const leeds = [latte("Leeds", "2026-03-02 02:30"), latte("Leeds", "2026-03-02 09:00")];
  const rows = shapes.list(leeds) + shapes.list([latte("Leeds", "2026-03-02 10:00")]).replace(",CARD,", ",CHEQUE,");
  await writeFile(join(folder, "tills", "2026-03-02-Leeds.csv"), rows.replace(",CASH,", ",CHEQUE,"));
  await writeFile(join(folder, "tills", "2026-03-02-Longridge.csv"), "this,is,no,till\n");
  await writeFile(
    join(folder, "tills", "2026-03-01-Longridge.csv"),
    shapes.list([latte("Longridge", "2026-03-01 09:00")]),
  );
  await json(["run", "--source", "tills"]);
});

afterAll(() => rm(folder, { recursive: true }));

test("quarantine tells every reason in words, with the pounds that wait and the files to mend", async () => {
  const quarantine = await json(["quarantine"]);
  expect(quarantine).toMatchObject({ files: 1 });
  expect(quarantine.rows).toBeGreaterThan(0);
  for (const group of quarantine.reasons) expect(group.meaning).toBe(reasons[group.reason as keyof typeof reasons]);
  expect(quarantine.pence).toBe(
    quarantine.reasons.reduce((sum: number, { pence }: { pence: number }) => sum + pence, 0),
  );
  expect(quarantine.affected.map(({ key }: { key: string }) => key)).toContain("2026-03-02-Longridge.csv");
  const { stdout } = await infinityAt(["quarantine"]);
  expect(stdout).toContain(reasons.row_payment_unknown);
  expect(stdout).toMatch(/2026-03-02-Longridge\.csv +nearest till-\d{4}-\w+: /);
  expect(stdout).toContain("For a till that no format reads, draft one: infinity formats init FILE");
});

test("why says that a day is in, that its file was refused, or that none ever came", async () => {
  expect((await json(["why", "--cafe", "leeds", "--date", "2026-03-02"])).verdict).toBe("The day is in the warehouse.");
  expect((await json(["why", "--cafe", "Longridge", "--date", "2026-03-02"])).verdict).toMatch(/was refused/);
  expect((await json(["why", "--cafe", "Longridge", "--date", "2026-02-28"])).verdict).toMatch(/^No file/);
  expect((await json(["why", "--cafe", "Longridge", "--date", "2096-02-28"])).verdict).toBe(
    "That day is still to come.",
  );
  expect((await infinityAt(["why", "--cafe", "Atlantis", "--date", "2026-02-28"])).stderr).toMatch(
    /`infinity cafes list`/,
  );
});

test("why finds a file that lies in the source and is not loaded yet", async () => {
  const key = "2026-03-03-Leeds.csv";
  await writeFile(join(folder, "tills", key), shapes.list([latte("Leeds", "2026-03-03 09:00")]));
  const trace = await json(["why", "--cafe", "Leeds", "--date", "2026-03-03"], { INFINITY_SOURCE: "tills" });
  expect(trace.verdict).toMatch(/has not been loaded yet/);
  expect(trace.steps).toMatchObject([{ at: "source", key }]);
  await rm(join(folder, "tills", key));
});

test("why names cafés that sound alike when nobody knows the one asked for", async () => {
  const answer = await infinityAt(["why", "--cafe", "Lee", "--date", "2026-03-02"]);
  expect(answer.code).toBe(1);
  expect(answer.stderr).toContain("Did you mean Leeds?");
});

test("a rebuild from the clean store says the same in every table, and keeps the run history", async () => {
  const digest = await json(["digest"]);
  const runs = await json(["query", "select run_id, status, started_at from runs order by run_id"]);
  expect(await json(["rebuild"])).toMatchObject({ batches: 1, files: 3, sameAsBefore: true, changed: [] });
  expect(await json(["digest"])).toEqual(digest);
  expect(await json(["query", "select run_id, status, started_at from runs order by run_id"])).toEqual(runs);
});

test("a replay of files that are read the same way changes nothing", async () => {
  const before = await json(["digest"]);
  const summary = await json(["replay", "--file", "2026-03-02-Leeds.csv"]);
  expect(summary.files).toMatchObject({ discovered: 1, loaded: 0, unchanged: 1 });
  expect(await json(["digest"])).toEqual(before);
});

test("after the business day is set to start later, a replay of what is outdated moves the night's receipts", async () => {
  const days = () =>
    json(["query", "select business_date, sum(receipts) as receipts from daily_sales group by 1 order by 1"]);
  const before = await days();
  const later = { INFINITY_DAY_STARTS_AT: "04:00" };
  expect((await json(["run"], later)).files).toMatchObject({ loaded: 0, unchanged: 3 });
  expect(await days()).toEqual(before);

  const summary = await json(["replay", "--outdated"], later);
  expect(summary.files).toMatchObject({ discovered: 3, loaded: 2, quarantined: 1 });
  const after = await days();
  expect(after).not.toEqual(before);
  expect(after).toContainEqual({ business_date: "2026-03-01", receipts: 2 });
  expect((await json(["replay", "--outdated"], later)).files.discovered).toBe(0);
  expect((await json(["rebuild"], later)).sameAsBefore).toBe(true);
});

test("a replay that could not read all that fits says how many, and does not end as if it had", async () => {
  const key = "2026-03-01-Longridge.csv";
  const replay = () => infinityAt(["replay", "--from", "2026-02-01"], { INFINITY_DAY_STARTS_AT: "04:00" });
  await rename(join(folder, "tills", key), join(folder, key));
  const answer = await replay();
  expect(answer.code).toBe(1);
  expect(answer.stderr).toMatch(/^1 file cannot be read again: no longer in the source\./);
  expect(answer.stdout).toMatch(/ 2 {2}unchanged\n +1 {2}could not be read again/);
  await rename(join(folder, key), join(folder, "tills", key));
  expect(await replay()).toMatchObject({ code: 0, stderr: "" });
});

test("a replay without a choice of files is refused with what to say", async () => {
  const answer = await infinityAt(["replay"]);
  expect(answer).toMatchObject({ code: 1, stdout: "" });
  expect(answer.stderr).toContain("--outdated");
});

test.each([
  [
    ["replay", "--file", "2026-03-02-Leds.csv"],
    1,
    /^No file called "2026-03-02-Leds.csv" was ever .*2026-03-02-Leeds/s,
  ],
  [["replay", "--file", ""], 1, /^No file called "" was ever read/],
  [["replay", "--from", "2026-03-02", "--to", "2026-03-01"], 1, /^`--from` is later than `--to`. Swap/],
  [["run", "--from", "2026-03-02", "--to", "2026-03-01"], 1, /^`--from` is later than `--to`. Swap/],
])("%j is refused in words, and is no run", async (words, code, message) => {
  const runs = await json(["query", "select run_id from runs order by run_id"]);
  const answer = await infinityAt(words);
  expect(answer).toMatchObject({ code, stdout: "" });
  expect(answer.stderr).toMatch(message);
  expect(await json(["query", "select run_id from runs order by run_id"])).toEqual(runs);
});

test("a replay that no file fits says so", async () => {
  expect(await infinityAt(["replay", "--reason", "file_compressed"])).toMatchObject({
    code: 0,
    stdout: "No file fits: nothing was read again.\n",
  });
});

test("a run that only brought what was refused says so, and where to look", async () => {
  const path = join(folder, "tills", "2026-03-04-Longridge.csv");
  await writeFile(path, "this,is,no,till\n");
  const { stdout } = await infinityAt(["run", "--source", "tills"]);
  expect(stdout).toMatch(/^Nothing was loaded\. Looked at 4 files[\s\S]*`infinity quarantine` says why/);
  await rm(path);
});

test("why says of a corrected file that its later version took its place", async () => {
  const path = join(folder, "tills", "2026-03-05-Leeds.csv");
  for (const receipts of [1, 2]) {
    await writeFile(path, shapes.list(Array.from({ length: receipts }, () => latte("Leeds", "2026-03-05 09:00"))));
    await json(["run", "--source", "tills"]);
  }
  const { steps } = await json(["why", "--cafe", "Leeds", "--date", "2026-03-05"]);
  const found = steps.map((step: { found: string }) => step.found);
  expect(found[0]).toMatch(/, replaced by a later version of this file\.$/);
  expect(found[1]).toMatch(/^Receipts: 2, loaded/);
});

test("a warehouse with another version's tables is refused in words, and a rebuild puts it right", async () => {
  const digest = await json(["digest"]);
  const path = join(folder, "home", "warehouse.duckdb");
  const warehouse = await openDuckdb({ path, readableFolders: [], memoryMegabytes: 256 });
  await warehouse.transact([
    { sql: "update schema_state set version = 'of another time'" },
    { sql: "alter table daily_sales drop column identified_items" },
  ]);
  await warehouse.close();
  const refused = await infinityAt(["status"]);
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toMatch(/another version of the tracker[\s\S]*npx infinity rebuild/);
  expect(await json(["rebuild"])).toMatchObject({ sameAsBefore: null });
  expect(await json(["digest"])).toEqual(digest);
});
