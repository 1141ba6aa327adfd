import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RedshiftDataClient } from "@aws-sdk/client-redshift-data";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { RefusedError, SettingError, TerminalError, TransientError } from "#core/errors.ts";
import type { Statement, Warehouse } from "#core/ports/warehouse.ts";
import { emptyDatabase, makeDatabase } from "../../../test/postgres-server.ts";
import { type FakeRedshift, startFakeRedshift } from "../../../test/redshift/fake-redshift.ts";
import { describeWarehouse } from "./contract.suite.ts";
import { openRedshift } from "./redshift.ts";
import { redshiftAddress } from "./redshift-address.ts";
import { DataApi } from "./redshift-data-api.ts";
import { failedQuery } from "./redshift-errors.ts";

async function writeParquet(path: string, select: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  await connection.run(`copy (${select}) to '${path.replaceAll("'", "''")}' (format parquet)`);
  connection.disconnectSync();
  instance.closeSync();
}

/** One database behind one fake for all these tests: emptying it is far quicker than making another. */
let shared: Promise<{ redshift: FakeRedshift; url: string }> | undefined;

async function makeShared() {
  const { url } = await makeDatabase();
  const redshift = await startFakeRedshift(url);
  const warehouse = redshift.open();
  await warehouse.migrate();
  await warehouse.close();
  return { redshift, url };
}

afterAll(async () => (await shared)?.redshift.stop());

describeWarehouse("a Redshift database behind the Data API", async () => {
  shared ??= makeShared();
  const { redshift, url } = await shared;
  const folder = await mkdtemp(join(tmpdir(), "warehouse-"));
  return {
    open: async () => redshift.open(),
    async stage(table, select) {
      const path = join(folder, `${table} it's.parquet`);
      await writeParquet(path, select);
      return { table, path };
    },
    place: (name) => join(folder, name),
    async dispose() {
      await emptyDatabase(url);
      await rm(folder, { recursive: true });
    },
  };
});

let redshift: FakeRedshift;
let warehouse: Warehouse;

beforeEach(async () => {
  shared ??= makeShared();
  ({ redshift } = await shared);
  redshift.api.requests.length = 0;
  redshift.api.statements.length = 0;
  warehouse = redshift.open();
});

afterEach(async () => {
  redshift.api.faults.length = 0;
  await warehouse.close();
  await emptyDatabase((await (shared as NonNullable<typeof shared>)).url);
});

const source = (id: number): Statement => ({
  sql: "insert into sources (source_id, url, added_at) values (cast($id as integer), $url, $at)",
  params: { id, url: `s3://tills-${id}`, at: new Date("2026-03-02T09:00:00Z") },
});
const sources = async () =>
  (await warehouse.query<{ id: number }>("select source_id as id from sources order by id")).map(({ id }) => id);
const many = (length: number) => Array.from({ length }, (_, index) => source(index + 1));

test("what fits in one call is one call, one transaction, one token", async () => {
  await warehouse.transact(many(39));
  expect(redshift.api.requests).toEqual([
    { call: "BatchExecuteStatement", statements: 40, mode: "TRANSACTION", session: false },
  ]);
  expect(redshift.api.statements[0]).toBe("lock load_locks");
  expect(await sources()).toHaveLength(39);
});

test("what does not fit is one transaction all the same, in a session", async () => {
  await warehouse.transact(many(130));
  const calls = redshift.api.requests.filter(({ call }) => call === "BatchExecuteStatement");
  expect(calls.map(({ statements }) => statements)).toEqual([2, 40, 40, 40, 11, 1]);
  expect(new Set(calls.map(({ mode }) => mode))).toEqual(new Set(["AUTO_COMMIT"]));
  expect([redshift.api.statements[0], redshift.api.statements.at(-1)]).toEqual(["begin", "commit"]);
  expect(await sources()).toHaveLength(130);
});

test("a statement that fails in a later call takes the earlier calls with it, and lets go of the lock", async () => {
  const missing: Statement = {
    sql: "insert into locations (location_id, name, region, placed) values (1, null, 'Secret', true)",
  };
  const failed = await warehouse.transact([...many(100), missing, ...many(30)]).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(TerminalError);
  expect(String(failed)).toContain("name");
  expect(JSON.stringify([String(failed), failed])).not.toContain("Secret");
  expect(await sources()).toEqual([]);
  expect(redshift.api.statements).not.toContain("commit");
  await warehouse.transact(many(3));
  expect(await sources()).toEqual([1, 2, 3]);
});

test("a transaction that its session loses is noticed before anything more is written, and nothing is left of it", async () => {
  const losing = warehouse.transact(many(130));
  while (redshift.api.requests.length < 4) await new Promise((resolve) => setTimeout(resolve, 5));
  redshift.api.faults.push("sessionLost");
  await expect(losing).rejects.toThrow(/did not keep a transaction open/);
  expect(await sources()).toEqual([]);
});

test("a call that got through and was not answered is not run twice", async () => {
  redshift.api.faults.push("unanswered");
  await warehouse.transact(many(3));
  expect(await sources()).toEqual([1, 2, 3]);
  expect(redshift.api.requests.filter(({ call }) => call === "BatchExecuteStatement")).toHaveLength(1);
});

test("an API that is busy for long is worth another try later", async () => {
  redshift.api.faults.push(...Array.from({ length: 10 }, () => "throttled" as const));
  await expect(warehouse.transact(many(3))).rejects.toBeInstanceOf(TransientError);
  redshift.api.faults.length = 0;
  expect(await sources()).toEqual([]);
});

test("a Data API that is not there may be there later", async () => {
  const gone = openRedshift({
    url: redshift.url,
    dataApi: new RedshiftDataClient({
      region: "eu-west-2",
      endpoint: "http://127.0.0.1:1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    }),
  });
  await expect(gone.query("select 1 as one")).rejects.toBeInstanceOf(TransientError);
  await gone.close();
});

test("staged files are copied by a manifest inside the transaction, and leave nothing behind, whether it went well or not", async () => {
  const folder = await mkdtemp(join(tmpdir(), "staged-"));
  const path = join(folder, "x.parquet");
  await writeParquet(path, "select cast(range as integer) as id, 'Café ' || range as name from range(2500)");
  const load = {
    sql: "insert into locations (location_id, name, region, placed) select id, name, 'Wales', true from places",
  };
  await warehouse.transact([load], [{ table: "places", path }]);
  expect(redshift.api.statements.filter((sql) => sql.startsWith("copy"))[0]).toMatch(
    /^copy places from 's3:\/\/tracker-staging\/loads\/[\w-]+\/places.manifest' iam_role 'arn:aws:iam::\d+:role\/copy' format as parquet manifest$/,
  );
  // More rows than one page of a result holds.
  const rows = await warehouse.query<{ id: number; name: string }>(
    "select location_id as id, name from locations order by id",
  );
  expect(rows).toHaveLength(2500);
  expect(rows[2499]).toEqual({ id: 2499, name: "Café 2499" });
  await expect(warehouse.transact([{ sql: "select nonsense" }], [{ table: "places", path }])).rejects.toThrow();
  expect(await redshift.staged()).toEqual([]);
  await rm(folder, { recursive: true });
});

test("what is unloaded is one call, in which nobody's value is quoted, and leaves nothing behind, whether it went well or not", async () => {
  const folder = await mkdtemp(join(tmpdir(), "unloaded-"));
  const unload = (sql: string) => warehouse.unload({ sql, params: { name: "it's" } }, join(folder, "x.parquet"));
  await unload("select cast($name as varchar(20)) as name");
  expect(redshift.api.requests).toMatchObject([{ call: "BatchExecuteStatement", statements: 2, mode: "TRANSACTION" }]);
  expect(redshift.api.statements).toEqual([
    "create temp table unloaded_rows as select cast(:name as varchar(80)) as name",
    expect.stringMatching(
      /^unload \('select \* from unloaded_rows'\) to 's3:\/\/tracker-staging\/loads\/[\w-]+\/' iam_role 'arn:aws:iam::\d+:role\/copy' format as parquet parallel off$/,
    ),
  ]);
  await expect(unload("select nonsense")).rejects.toThrow();
  expect(await redshift.staged()).toEqual([]);
  await rm(folder, { recursive: true });
});

test("nulls, empty texts, truths and quotes reach the database, which takes none of the first three as parameters", async () => {
  const texts = ["", "null", "it's", "a :name and a ::cast", "$dollars"];
  await warehouse.transact(
    texts.map((text, index) => ({
      sql: `insert into quarantine (file_id, row_number, reason, location_name, total_pence)
            values ($file, $row, 'why: x', $text, cast($nothing as bigint)) -- as :it is`,
      params: { file: 1, row: index, text, nothing: null },
    })),
  );
  const rows = await warehouse.query(
    "select location_name as text, total_pence, reason, $yes as yes from quarantine order by row_number",
    { yes: true },
  );
  expect(rows).toEqual(texts.map((text) => ({ text, total_pence: null, reason: "why: x", yes: true })));
});

test("a query that runs too long is stopped, and said to be", async () => {
  const api = new DataApi(
    new RedshiftDataClient({
      region: "eu-west-2",
      endpoint: redshift.api.endpoint,
      credentials: { accessKeyId: "t", secretAccessKey: "t" },
    }),
    redshiftAddress(redshift.url),
  );
  const slow = {
    sql: "select count(*) as n from pg_attribute as a cross join pg_attribute as b cross join pg_attribute as c",
    parameters: [],
  };
  await expect(api.query(slow, { seconds: 0.2, explain: failedQuery })).rejects.toThrow(/took too long/);
});

const effects: Record<string, string> = {
  "reads the server's inside": "select * from svv_transactions",
  "reads the server's users, in quotes": `select * from "pg_user"`,
  "writes what it found": "select * into spy from locations",
  "unloads a table": "unload ('select * from locations') to 's3://elsewhere/' iam_role default",
  "calls a procedure": "call spy()",
  "changes a setting": "select set_config('statement_timeout', '0', false)",
  "hides code behind a text that only looks open": `select E'x'\n'\\'' from locations --'`,
};

test.each(Object.entries(effects))("a query is refused that %s", async (_, sql) => {
  await expect(warehouse.select(sql)).rejects.toBeInstanceOf(RefusedError);
});

test("the schema gives every text four bytes a character", async () => {
  await warehouse.migrate();
  const locations = redshift.api.statements.find((sql) => sql.includes("if not exists locations"));
  expect(locations).toContain("name varchar(800) not null");
  expect(redshift.api.statements.join("\n")).not.toContain("--");
});

test("an address says where, as whom and through what; one that does not is a setting to mend", () => {
  expect(redshiftAddress(redshift.url)).toEqual({
    region: "eu-west-2",
    database: "tracker",
    kind: "workgroup",
    name: "cafes",
    iamRole: "arn:aws:iam::123456789012:role/copy",
    staging: { bucket: "tracker-staging", prefix: "loads" },
  });
  expect(
    redshiftAddress("redshift://tills.abc123.eu-west-1.redshift.amazonaws.com/w?staging=s3://bucket&secret=arn:x"),
  ).toMatchObject({
    kind: "cluster",
    name: "tills",
    region: "eu-west-1",
    secretArn: "arn:x",
    iamRole: "default",
    staging: { prefix: "" },
  });
  for (const wrong of [
    "redshift://cafes/tracker?staging=s3://bucket",
    "redshift://cafes.1.eu-west-2/tracker",
    "redshift://cafes.1.eu-west-2/tracker?staging=s3://bucket/it's",
    "redshift://cafes.1.eu-west-2/tracker?staging=s3://bucket&iamRole=arn:aws:iam::1:role/it's",
    "postgres://cafes.1.eu-west-2/tracker?staging=s3://bucket",
  ]) {
    expect(() => redshiftAddress(wrong), wrong).toThrow(SettingError);
  }
});
