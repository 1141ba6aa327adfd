import { type ChildProcess, spawn } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Answer, cleanEnvironment, infinity, program } from "../command.ts";
import { latte, shapes } from "../till-fixtures.ts";

// A request to be forgotten, as the engineer who answers it sees it: real commands, one after another, on one home.

const card = "4000001234567899";
const name = "Wilhelmina Canaryworth";
const stranger = "5100009876543210";

let folder: string;
let serving: ChildProcess | undefined;

const cash = (at: string) => ({ ...latte("Leeds", at), customer: name, payment: "CASH" as const });
const at = (words: readonly string[], input = "", variables: Record<string, string> = {}): Promise<Answer> =>
  infinity(words, { INFINITY_HOME: join(folder, "home"), INFINITY_SOURCE: "tills", ...variables }, folder, input);
const json = async (words: readonly string[], input = "") => {
  const answer = await at([...words, "--json"], input);
  expect(answer, answer.stderr).toMatchObject({ code: 0 });
  return JSON.parse(answer.stdout);
};
const deliver = (key: string, text: string) => writeFile(join(folder, "tills", key), text);
const strangers = async () =>
  (await json(["query", "select count(*) as receipts from transactions where customer_id is null"]))[0].receipts;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "erasure-"));
  await mkdir(join(folder, "tills"));
  await deliver(
    "monday.csv",
    shapes.list([
      latte("Leeds", "2026-03-02 09:00", card),
      latte("Leeds", "2026-03-02 10:00"),
      cash("2026-03-02 11:00"),
    ]),
  );
  await deliver("tuesday.csv", shapes.list([latte("Leeds", "2026-03-03 09:00", card), cash("2026-03-03 11:00")]));
  await json(["run"]);
}, 120_000);

afterAll(async () => {
  serving?.kill("SIGKILL");
  await rm(folder, { recursive: true });
});

/** Everything that the files of the home say, decoded. */
async function decoded(): Promise<{ text: string; ids: string[] }> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  const rows = async (from: string, what = "*") =>
    (await connection.runAndReadAll(`select ${what} from ${from}`)).getRowsJson();
  const texts: string[] = [];
  const ids: string[] = [];
  const home = join(folder, "home");
  for (const path of await readdir(home, { recursive: true })) {
    const full = join(home, path);
    if (path.endsWith(".parquet")) {
      texts.push(JSON.stringify(await rows(`read_parquet('${full}')`)));
      if (path.endsWith("customers.parquet"))
        ids.push(...(await rows(`read_parquet('${full}')`, "customer_hash")).flat().map(String));
    } else if (path.endsWith(".duckdb")) {
      await connection.run(`attach '${full}' as held (read_only)`);
      for (const [table] of await rows("duckdb_tables() where database_name = 'held'", "table_name")) {
        texts.push(JSON.stringify(await rows(`held."${table}"`)));
      }
      ids.push(...(await rows("held.customers", "customer_hash")).flat().map(String));
      await connection.run("detach held");
    } else if (path.endsWith(".sqlite")) {
      const db = new DatabaseSync(full, { readOnly: true });
      for (const { name: table } of db.prepare("select name from sqlite_master where type = 'table'").all()) {
        const select = db.prepare(`select * from "${table}"`);
        select.setReadBigInts(true);
        texts.push(JSON.stringify(select.all(), (_, value) => (typeof value === "bigint" ? String(value) : value)));
      }
      db.close();
    }
  }
  connection.disconnectSync();
  instance.closeSync();
  return { text: texts.join("\n"), ids };
}

async function bytes(place = "home"): Promise<Buffer> {
  const files = (await readdir(join(folder, place), { recursive: true, withFileTypes: true })).filter((entry) =>
    entry.isFile(),
  );
  return Buffer.concat(await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name)))));
}

test("an erasure request by card, answered: the answer repeats nothing, and nothing of it is in the home", async () => {
  const before = (await decoded()).ids;
  const sales = await json(["query", "select sum(total_pence) as pence, count(*) as receipts from transactions"]);
  const answer = await at(["forget"], "card: 4000 0012-3456 7899\n");
  expect(answer, answer.stderr).toMatchObject({ code: 0, stderr: "" });
  expect(answer.stdout).toMatch(/no longer say who bought them: 2\./);
  expect(answer.stdout).not.toMatch(/4000|7899/);
  expect(await json(["query", "select sum(total_pence) as pence, count(*) as receipts from transactions"])).toEqual(
    sales,
  );

  const { text, ids } = await decoded();
  // Positive controls: what is searched for is found where it should be.
  const gone = [...new Set(before)].filter((id) => !ids.includes(id));
  expect(gone).toHaveLength(1);
  expect(text).toContain(String(gone[0]));
  expect(text).toContain("Leeds");
  const list = new DatabaseSync(join(folder, "home", "suppression.sqlite"), { readOnly: true });
  expect(list.prepare("select cast(customer_hash as text) as id from suppressed_customers").all()).toEqual([
    { id: gone[0] },
  ]);
  list.close();
  const written = await bytes();
  expect(written.includes(Buffer.from("tuesday.csv"))).toBe(true);
  expect((await bytes("tills")).includes(Buffer.from(card))).toBe(true);
  for (const trace of [card, "4000 0012", "0012-3456", name, "Canaryworth", "canaryworth"]) {
    expect(text).not.toContain(trace);
    for (const encoding of ["utf8", "utf16le"] as const) {
      expect(written.includes(Buffer.from(trace, encoding))).toBe(false);
    }
  }
}, 120_000);

test("somebody unknown gets the same words, and what makes no sense is refused without being repeated", async () => {
  const [known, unknown] = [await at(["forget"], `card: ${card}`), await at(["forget"], `card: ${stranger}`)];
  expect(unknown).toEqual(known);
  expect(unknown.stdout).toMatch(/bought them: 0\./);
  expect(unknown.stdout).toContain(`Done, in ${join(folder, "home")}.`);
  for (const input of [`card: ${card}x`, `name: ${name}\ncafe: Atlantis`]) {
    const answer = await at(["forget"], input);
    expect(answer.code).toBe(1);
    expect(answer.stdout + answer.stderr).not.toMatch(/4000001|Wilhelmina|Canaryworth|Atlantis/);
  }
}, 120_000);

test("by name, by rotation and by purge, the answer is the same while the dashboard is served", async () => {
  const child = spawn(process.execPath, [program, "serve", "--port", "0", "--json"], {
    env: cleanEnvironment({ INFINITY_HOME: join(folder, "home") }),
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  serving = child;
  for await (const chunk of child.stdout) if (String(chunk).includes("}")) break;
  expect(await json(["forget"], `café: leeds\nNAME:  wilhelmina  CANARYWORTH \n`)).toEqual({ receipts: 2 });
  expect(await json(["rotate-keys"])).toEqual({ generation: 2, customers: 1, finishedEarlier: false });
  expect(await at(["purge"])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("rawRetentionDays is not set"),
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  serving = undefined;
}, 120_000);

test("new files, replays, another rotation and rebuilds do not bring anybody back", async () => {
  expect(await strangers()).toBe(4);
  await deliver("wednesday.csv", shapes.list([latte("Leeds", "2026-03-04 09:00", card), cash("2026-03-04 11:00")]));
  await json(["run"]);
  expect(await strangers()).toBe(6);
  expect(await json(["rotate-keys"])).toMatchObject({ generation: 3 });
  await json(["replay", "--from", "2026-03-01"]);
  expect(await json(["rebuild"])).toMatchObject({ sameAsBefore: true, changed: [] });
  await deliver("thursday.csv", shapes.list([latte("Leeds", "2026-03-05 09:00", card), cash("2026-03-05 11:00")]));
  await json(["run"]);
  expect(await strangers()).toBe(8);
  expect(await json(["query", "select count(*) as customers from customers"])).toEqual([{ customers: 1 }]);
  // What a rebuild kept beside the warehouse goes with the next forgetting.
  const kept = async () => (await readdir(join(folder, "home"))).filter((file) => file.includes("before-rebuild"));
  expect(await kept()).not.toEqual([]);
  await json(["forget"], `card: ${card}`);
  expect(await kept()).toEqual([]);
}, 120_000);

test("raw files are purged by hand as by a run; why says so, and a rebuild does not forget it", async () => {
  const days = { INFINITY_RAW_RETENTION_DAYS: "0" };
  const dry = await at(["purge", "--dry-run"], "", days);
  expect(dry.stdout).toMatch(/Would remove 4 files[\s\S]*monday\.csv/);
  expect(await readdir(join(folder, "tills"))).toHaveLength(4);
  expect((await at(["purge"], "", days)).stdout).toMatch(/Removed 4 files/);
  expect(await readdir(join(folder, "tills"))).toEqual([]);
  const removed = /The till's file was removed on \d{4}-\d\d-\d\d/;
  expect((await at(["why", "--cafe", "Leeds", "--date", "2026-03-02"])).stdout).toMatch(removed);
  expect(await json(["rebuild"])).toMatchObject({ sameAsBefore: true });
  expect((await at(["why", "--cafe", "Leeds", "--date", "2026-03-02"])).stdout).toMatch(removed);
  expect((await at(["replay", "--from", "2026-03-01"])).stderr).toMatch(/4 files cannot be read again/);
}, 120_000);

test("a lost key stops a run in words, loads nothing, and put back does no harm", async () => {
  const keys = join(folder, "home", "keys");
  await rename(join(keys, "customers.2.key"), join(folder, "lost.key"));
  await deliver("friday.csv", shapes.list([latte("Leeds", "2026-03-06 09:00")]));
  for (const command of ["run", "rotate-keys", "rebuild"]) {
    expect(await at([command])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/numbered with other keys[\s\S]*from a backup/),
    });
  }
  expect((await at(["forget"], `card: ${stranger}`)).code).toBe(1);
  await rename(join(folder, "lost.key"), join(keys, "customers.2.key"));
  expect(await json(["run"])).toMatchObject({ files: { loaded: 1 } });
  expect(await json(["query", "select count(*) as customers from customers"])).toEqual([{ customers: 1 }]);
}, 120_000);

test("a suppression list that is gone, or older, stops all that would bring the forgotten back; put back, it does no harm", async () => {
  const list = join(folder, "home", "suppression.sqlite");
  const older = join(folder, "older.sqlite");
  await copyFile(list, older);
  await json(["forget"], `card: ${stranger.replace(/0$/, "8")}`);
  await rename(list, join(folder, "list.sqlite"));
  await deliver("saturday.csv", shapes.list([latte("Leeds", "2026-03-07 09:00", card)]));
  for (const lost of [true, false]) {
    await (lost ? rm(list, { force: true }) : copyFile(older, list));
    for (const [command, input] of [["run"], ["rotate-keys"], ["rebuild"], ["forget", `card: ${card}`]] as const) {
      expect(await at([command], input)).toMatchObject({
        code: 1,
        stdout: "",
        stderr: expect.stringMatching(
          lost ? /lost[\s\S]* 0 of the 4 [\s\S]*suppression\.sqlite/ : /an older one[\s\S]* 3 of the 4 /,
        ),
      });
    }
  }
  await rename(join(folder, "list.sqlite"), list);
  const before = await strangers();
  expect(await json(["run"])).toMatchObject({ files: { loaded: 1 } });
  expect(await strangers()).toBe(before + 1);
  expect(await json(["rebuild"])).toMatchObject({ sameAsBefore: true });
}, 120_000);

test("where no backup has the list, it can be begun again on purpose", async () => {
  await rm(join(folder, "home", "suppression.sqlite"));
  const { stderr } = await at(["forget"], `card: ${card}`);
  const [, count = ""] = /remove (\S+) from the clean store/.exec(stderr) ?? [];
  await rm(join(folder, "home", "clean", count));
  await json(["forget"], `card: ${card}`);
  await deliver("sunday.csv", shapes.list([latte("Leeds", "2026-03-08 09:00", card)]));
  const before = await strangers();
  await json(["run"]);
  expect(await strangers()).toBe(before + 1);
}, 120_000);
