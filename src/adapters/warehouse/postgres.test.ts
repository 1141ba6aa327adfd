import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";
import { Client } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RefusedError, SettingError, TerminalError, TransientError } from "#core/errors.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import { emptyDatabase, makeDatabase, type TestDatabase } from "../../../test/postgres-server.ts";
import { describeWarehouse } from "./contract.suite.ts";
import { openPostgres } from "./postgres.ts";

async function writeParquet(path: string, select: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  await connection.run(`copy (${select}) to '${path.replaceAll("'", "''")}' (format parquet)`);
  connection.disconnectSync();
  instance.closeSync();
}

/** One database for all these tests, with its tables made once: emptying them is far quicker than making another. */
let shared: Promise<TestDatabase> | undefined;

async function makeShared(): Promise<TestDatabase> {
  const made = await makeDatabase();
  const warehouse = openPostgres(made.url);
  await warehouse.migrate();
  await warehouse.close();
  return made;
}

describeWarehouse("a PostgreSQL database", async () => {
  const folder = await mkdtemp(join(tmpdir(), "warehouse-"));
  shared ??= makeShared();
  const database = await shared;
  return {
    open: async () => openPostgres(database.url),
    async stage(table, select) {
      const path = join(folder, `${table} it's.parquet`);
      await writeParquet(path, select);
      return { table, path };
    },
    place: (name) => join(folder, name),
    async dispose() {
      await emptyDatabase(database.url);
      await rm(folder, { recursive: true });
    },
  };
});

let database: TestDatabase;
let warehouse: Warehouse;

beforeEach(async () => {
  shared ??= makeShared();
  database = await shared;
  warehouse = openPostgres(database.url);
});

afterEach(async () => {
  await warehouse.close();
  await emptyDatabase(database.url);
});

test("an address that is none is a setting to mend, and its password is not repeated", () => {
  for (const url of ["postgres://somebody:secret@host", "mysql://somebody:secret@host/w", "secret"]) {
    const opening = () => openPostgres(url);
    expect(opening).toThrow(SettingError);
    expect(opening).not.toThrow(/secret/);
  }
});

test("a server that is not there may be there later; a database that is not, or a stranger, is a setting to mend", async () => {
  const elsewhere = async (url: string) => {
    const other = openPostgres(url);
    return await other
      .query("select 1 as one")
      .catch((error: unknown) => error)
      .finally(() => other.close());
  };
  expect(await elsewhere("postgres://postgres:secret@127.0.0.1:1/w")).toBeInstanceOf(TransientError);
  expect(await elsewhere(database.url.replace(database.name, "no_such_database"))).toBeInstanceOf(SettingError);
  expect(await elsewhere(database.url.replace("postgres@", "stranger@"))).toBeInstanceOf(SettingError);
});

test("a connection that breaks in the middle of a load is worth another try, and leaves nothing behind", async () => {
  const loading = warehouse.transact([
    { sql: "insert into sources (source_id, url, added_at) values (1, 'x', timestamp '2026-03-02 09:00:00')" },
    { sql: "select pg_sleep(30)" },
  ]);
  const failed = expect(loading).rejects.toBeInstanceOf(TransientError);
  const administrator = new Client(database.url);
  await administrator.connect();
  const sleeping = "select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'";
  while ((await administrator.query(sleeping)).rowCount === 0);
  await administrator.end();
  await failed;
  expect(await warehouse.query("select url from sources")).toEqual([]);
});

test("a statement that is wrong will be wrong again; its error names the place and quotes no value", async () => {
  const wrong = async (sql: string) => await warehouse.transact([{ sql }]).catch((error: unknown) => error);
  const missing = await wrong(
    "insert into locations (location_id, name, region, placed) values (1, null, 'Secret', true)",
  );
  expect(missing).toBeInstanceOf(TerminalError);
  expect(String(missing)).toContain("23502, locations, name");
  expect(JSON.stringify([String(missing), missing])).not.toContain("Secret");
  const unreadable = await wrong("select cast('Secret' as integer)");
  expect(unreadable).toBeInstanceOf(TerminalError);
  expect(JSON.stringify([String(unreadable), unreadable])).not.toContain("Secret");
});

test("loads that come at the same time go one after the other, from whichever process", async () => {
  const other = openPostgres(database.url);
  const next = {
    sql: `insert into sources (source_id, url, added_at)
          select coalesce(max(source_id), 0) + 1, 'x', timestamp '2026-03-02 09:00:00' from sources`,
  };
  await Promise.all([warehouse, other, warehouse, other, warehouse, other].map((each) => each.transact([next])));
  const ids = await warehouse.query<{ source_id: number }>("select source_id from sources order by source_id");
  expect(ids.map(({ source_id }) => source_id)).toEqual([1, 2, 3, 4, 5, 6]);
  await other.close();
});

test("a client that is gone without a word is noticed by the server in minutes, and lets go of the lock on loads", async () => {
  const settings = await warehouse.query<{ name: string; seconds: number }>(
    `select name, cast(setting as bigint) / case when unit = 'ms' then 1000 else 1 end as seconds
     from pg_settings
     where name in ('tcp_keepalives_idle', 'tcp_keepalives_interval', 'idle_in_transaction_session_timeout')`,
  );
  expect(settings).toHaveLength(3);
  for (const { name, seconds } of settings) {
    expect(seconds, name).toBeGreaterThan(0);
    expect(seconds, name).toBeLessThanOrEqual(600);
  }
});

test("what is on its way lies in the scratch folder, which is emptied with the home, and a full disk is no server that is away", async () => {
  const folder = await mkdtemp(join(tmpdir(), "scratch-"));
  const scratch = join(folder, "scratch");
  const own = openPostgres(database.url, scratch);
  const path = join(folder, "names.parquet");
  await own.unload({ sql: "select cast('x' as varchar(9)) as name" }, path);
  const seen: string[][] = [];
  const noting = setInterval(() => seen.push(existsSync(scratch) ? readdirSync(scratch) : []), 1);
  await own.transact([{ sql: "select * from names" }], [{ table: "names", path }]);
  clearInterval(noting);
  expect(existsSync(scratch) && readdirSync(scratch)).toEqual([]);
  expect(seen.flat()[0]).toMatch(/^csv-/);
  await own.close();

  const script = `
    const { openPostgres } = await import("./src/adapters/warehouse/postgres.ts");
    const warehouse = openPostgres(${JSON.stringify(database.url)}, ${JSON.stringify(scratch)});
    const many = { sql: "select repeat('x', 200) as name from generate_series(1, 5000)" };
    const told = await warehouse.unload(many, ${JSON.stringify(join(folder, "many.parquet"))}).catch((error) => error);
    console.log(told.name, told.message);
    await warehouse.close();`;
  // The system's limit on the size of a file, in blocks of 512 bytes, stands for a disk without room.
  const command = ["-c", 'ulimit -f 8 && exec "$0" --input-type=module -e "$1"', process.execPath, script];
  const { stdout } = await promisify(execFile)("sh", command);
  expect(stdout).toMatch(/^TransientError .*: this machine's disk is full\.$/m);
  await rm(folder, { recursive: true });
});

test("nulls, empty texts, quotes and line ends come through COPY as they are", async () => {
  const folder = await mkdtemp(join(tmpdir(), "staged-"));
  const path = join(folder, "odd.parquet");
  const texts = [
    "null",
    "''",
    "'say \"hi\", £ ☕'",
    "'two' || chr(10) || 'lines' || chr(13)",
    "'\\.'",
    "'NULL'",
    "'it''s'",
  ];
  await writeParquet(
    path,
    `select cast(${texts.map((text, place) => `${text} as varchar) as text, cast(${place} as smallint) as place`).join(" union all select cast(")}`,
  );
  await warehouse.transact(
    [
      {
        sql: `insert into quarantine (file_id, row_number, reason, location_name)
              select 1, place, 'x', text from odd`,
      },
    ],
    [{ table: "odd", path }],
  );
  const rows = await warehouse.query<{ text: string }>(
    "select location_name as text from quarantine order by row_number",
  );
  expect(rows.map(({ text }) => text)).toEqual([null, "", 'say "hi", £ ☕', "two\nlines\r", "\\.", "NULL", "it's"]);
  await rm(folder, { recursive: true });
});

test("text is ordered by its bytes, whatever language the database was made for", async () => {
  const english = await makeDatabase("template0", "locale_provider icu icu_locale 'en-GB'");
  const there = openPostgres(english.url);
  await there.migrate();
  const names = ["alpha", "Beta", "beta", "Ålpha", "al-pha"];
  await there.transact([
    { sql: "create temp table names (name varchar(20) not null)" },
    ...names.map((name) => ({ sql: "insert into names values ($name)", params: { name } })),
    {
      sql: `insert into locations (location_id, name, region, placed)
            select row_number() over (order by name), name, 'Wales', true from names`,
    },
  ]);
  const sorted = await there.query<{ name: string }>("select name from locations order by location_id");
  expect(sorted.map(({ name }) => name)).toEqual([...names].sort());
  expect(await there.query("select max(name) as last from locations")).toEqual([{ last: "Ålpha" }]);
  await there.close();
  await english.drop();
});

const effects: Record<string, string> = {
  "reads a file": "select pg_read_file('/etc/hostname')",
  "reads a file, in quotes": `select "pg_read_file"('/etc/hostname')`,
  "reads a file, in code": `select U&"p\\0067_read_file"('/etc/hostname')`,
  "reads a file behind a text that only looks open": `select E'x'\n'\\''||pg_read_file('/etc/hostname')--'`,
  "reads passwords": "select * from pg_authid",
  "reads settings": "select * from pg_catalog.pg_settings",
  "changes a setting": "select set_config('statement_timeout', '0', false)",
  "changes a setting, spaced": "select set_config /* so */ ('statement_timeout', '0', false)",
  "runs SQL given as text": "select query_to_xml('select 1', true, true, '')",
  "writes a file": "select lo_export(1, '/elsewhere/x')",
  "takes a number from a sequence": "select nextval('x')",
  "writes a table": "select * into spy from locations",
  "locks rows": "select * from locations for update",
  waits: "select pg_sleep(100)",
};

test.each(Object.entries(effects))("a query is refused that %s", async (_, sql) => {
  await expect(warehouse.select(sql)).rejects.toBeInstanceOf(RefusedError);
});

test("columns of one name are told apart as the embedded warehouse does", async () => {
  expect(await warehouse.select("select 1 as n, 2 as n, random() < 2 as sure")).toEqual({
    columns: ["n", "n:1", "sure"],
    rows: [{ n: 1, "n:1": 2, sure: true }],
  });
});
