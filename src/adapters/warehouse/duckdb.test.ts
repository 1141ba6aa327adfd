import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BusyError, DamagedWarehouseError, TransientError } from "#core/errors.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import { describeWarehouse } from "./contract.suite.ts";
import { openDuckdb } from "./duckdb.ts";

async function writeParquet(path: string, select: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  await connection.run(`copy (${select}) to '${path.replaceAll("'", "''")}' (format parquet)`);
  connection.disconnectSync();
  instance.closeSync();
}

describeWarehouse("a DuckDB file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "warehouse-"));
  const staging = join(folder, "staging");
  await mkdir(staging);
  return {
    open: () => openDuckdb({ path: join(folder, "w.duckdb"), readableFolders: [staging], memoryMegabytes: 256 }),
    async stage(table, select) {
      const path = join(staging, `${table} it's.parquet`);
      await writeParquet(path, select);
      return { table, path };
    },
    place: (name) => join(staging, name),
    dispose: () => rm(folder, { recursive: true }),
  };
});

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "warehouse-"));
  path = join(folder, "w.duckdb");
});

afterEach(() => rm(folder, { recursive: true }));

test("only the folders it was given can be read, even by the tracker's own SQL", async () => {
  const [allowed, other] = [join(folder, "allowed"), join(folder, "allowed-not")];
  await mkdir(allowed);
  await mkdir(other);
  for (const place of [allowed, other]) await writeParquet(join(place, "x.parquet"), "select 1 as one");
  const warehouse = await openDuckdb({ path, readableFolders: [allowed], memoryMegabytes: 256 });
  expect(await warehouse.query(`select * from read_parquet('${allowed}/x.parquet')`)).toEqual([{ one: 1 }]);
  await expect(warehouse.query(`select * from read_parquet('${other}/x.parquet')`)).rejects.toThrow();
  await expect(warehouse.query(`select * from read_parquet('${allowed}/../allowed-not/x.parquet')`)).rejects.toThrow();
  await expect(warehouse.query("set enable_external_access = true")).rejects.toThrow();
  await expect(warehouse.query("set memory_limit = '1TB'")).rejects.toThrow();
  await warehouse.close();
});

test("a file that is written again within the second, as long as before, is read as it is now", async () => {
  const staged = join(folder, "staged.parquet");
  const warehouse = await openDuckdb({ path, readableFolders: [folder], memoryMegabytes: 256 });
  const lengths = new Set<number>();
  for (const first of [1, 1000, 1, 1000, 1]) {
    await writeParquet(staged, `select cast(${first} + range as integer) as number from range(2)`);
    lengths.add((await stat(staged)).size);
    const larger = "select count(*) as larger from read_parquet($staged) where number > 100";
    expect(await warehouse.query(larger, { staged })).toEqual([{ larger: first > 100 ? 2 : 0 }]);
    await rm(staged);
  }
  expect(lengths.size).toBe(1);
  await warehouse.close();
});

test("what waits for a table with rows is not even planned while it has none", async () => {
  const warehouse = await openDuckdb({ path, readableFolders: [], memoryMegabytes: 256 });
  const nonsense = { sql: "select nonsense", idleWithout: ["waiting"] };
  const waiting = { sql: "create temp table waiting (id integer)" };
  await warehouse.transact([waiting, nonsense, nonsense, { ...nonsense, idleWithout: ["waiting", "never_made"] }]);
  await expect(warehouse.transact([waiting, { sql: "insert into waiting values (1)" }, nonsense])).rejects.toThrow();
  await warehouse.close();
});

test("a file that another process has open is a busy error that says so", async () => {
  const address = JSON.stringify(new URL("./duckdb.ts", import.meta.url).href);
  const script = `import { openDuckdb } from ${address};
    await openDuckdb({ path: ${JSON.stringify(path)}, readableFolders: [], memoryMegabytes: 256 });
    console.log("open");
    setInterval(() => {}, 1000);`;
  const other = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: import.meta.dirname,
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(other.stdout, "data");
  const opening = openDuckdb({ path, readableFolders: [], memoryMegabytes: 256 });
  await expect(opening).rejects.toBeInstanceOf(BusyError);
  await expect(opening).rejects.toThrow(/open in another process/);
  const ended = once(other, "exit");
  other.kill("SIGKILL");
  await ended;
  const warehouse = await openDuckdb({ path, readableFolders: [], memoryMegabytes: 256 });
  await warehouse.close();
});

test("a file that is no warehouse is an error that names it and quotes nothing from it", async () => {
  await mkdir(path);
  const opening = openDuckdb({ path, readableFolders: [], memoryMegabytes: 256 });
  await expect(opening).rejects.toBeInstanceOf(TransientError);
  await expect(opening).rejects.toThrow(path);
});

test("a warehouse that a full disk let nobody finish making is made again; a file that is none is left alone", async () => {
  const whole = await openDuckdb({ path, readableFolders: [], memoryMegabytes: 256 });
  await whole.migrate();
  await whole.close();
  await truncate(path, 8192);
  const again = await openDuckdb({ path, readableFolders: [], memoryMegabytes: 256 });
  await again.migrate();
  expect(await again.query("select count(*) as files from files")).toEqual([{ files: 0 }]);
  await again.close();

  await writeFile(path, "notes of a manager");
  const opening = openDuckdb({ path, readableFolders: [], memoryMegabytes: 256 });
  await expect(opening).rejects.toBeInstanceOf(DamagedWarehouseError);
  expect(await readFile(path, "utf8")).toBe("notes of a manager");
});

test("a damaged file is told as damage, named, by whatever comes upon it: opening, a question, a load", async () => {
  const warehouse = await openDuckdb({ path, readableFolders: [], memoryMegabytes: 256 });
  await warehouse.transact([{ sql: "create table numbers as select range as n, hash(range) as h from range(300000)" }]);
  await warehouse.close();
  const whole = await readFile(path);
  const damage: Record<string, (bytes: Buffer) => Buffer> = {
    "cut off": (bytes) => bytes.subarray(0, 1_500_000),
    "random throughout": ({ length }) => randomBytes(length),
    "random here and there": (bytes) => {
      for (let at = 0; at < bytes.length; at += 300_000) randomBytes(500).copy(bytes, at);
      return bytes;
    },
    "random in the middle": (bytes) => {
      randomBytes(2000).copy(bytes, bytes.length >> 1);
      return bytes;
    },
    "without its beginning": (bytes) => bytes.fill(0, 0, 4096),
  };
  const sum = "select sum(n) as n, max(h) as h from numbers";
  for (const [what, make] of Object.entries(damage)) {
    await writeFile(path, make(Buffer.from(whole)));
    const used: ((opened: Warehouse) => Promise<unknown>)[] = [
      (opened) => opened.query(sum),
      (opened) => opened.select(sum),
      (opened) => opened.transact([{ sql: `create table sums as ${sum}` }]),
    ];
    for (const use of used) {
      const error = await openDuckdb({ path, readableFolders: [], memoryMegabytes: 256 })
        .then((opened) => use(opened).finally(() => opened.close()))
        .catch((thrown: unknown) => thrown);
      expect(error, what).toBeInstanceOf(DamagedWarehouseError);
      expect(error, what).toMatchObject({
        message: `The warehouse ${path} is damaged.`,
        next: expect.stringContaining("npx infinity rebuild"),
      });
    }
  }
});

test("a staged file that is cut off is no damage of the warehouse", async () => {
  const staged = join(folder, "staged.parquet");
  await writeParquet(staged, "select range as n from range(100000)");
  const bytes = await readFile(staged);
  await writeFile(staged, Buffer.concat([bytes.subarray(0, 1000), bytes.subarray(-400)]));
  const warehouse = await openDuckdb({ path, readableFolders: [folder], memoryMegabytes: 256 });
  const load = warehouse.transact(
    [{ sql: "create table n as select * from staged" }],
    [{ table: "staged", path: staged }],
  );
  await expect(load).rejects.toThrow();
  await expect(load).rejects.not.toBeInstanceOf(DamagedWarehouseError);
  await warehouse.close();
});

test("whatever text or number is asked with is that text or number, and in strings and comments nothing is replaced", async () => {
  const warehouse = await openDuckdb({ path, readableFolders: [], memoryMegabytes: 256 });
  const sql = `select $text as text, length($text) as length, typeof($number) as type, $number as number,
    '$text' as said /* it''s $text */ -- $number '`;
  const texts = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: fc.constantFrom("'", "--", "\n", "\\", "$text", ";", '"', "a", "7", ",", "/*") }),
  );
  const numbers = fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, min: -1e9, max: 1e9 }));
  await fc.assert(
    fc.asyncProperty(texts, numbers, async (text, number) => {
      const [row] = await warehouse.query(sql, { text, number });
      const type = Number.isInteger(number) ? "BIGINT" : "DOUBLE";
      expect(row).toEqual({ text, length: [...text].length, type, number: number === 0 ? 0 : number, said: "$text" });
    }),
  );
  await warehouse.close();
});

test("hundreds of thousands of rows are asked for as one answer", async () => {
  const warehouse = await openDuckdb({ path, readableFolders: [], memoryMegabytes: 256 });
  const rows = await warehouse.queryMany<{ number: number }>("select range as number from range($count)", {
    count: 250_001,
  });
  expect(rows.map(({ number }) => number).sort((one, other) => one - other)).toEqual([...Array(250_001).keys()]);
  await warehouse.close();
});

test("a brief opening leaves the gaps of replaced rows while they are few, and any other closes them", async () => {
  const rows = 250_000;
  const pairs = (from: number) => ({
    sql: `insert into weekly_pairs
          select 1, date '2026-03-02', range, range + 1, 5
          from range($from, $rows, 10)`,
    params: { from, rows },
  });
  const open = (isBrief: boolean) => openDuckdb({ path, readableFolders: [], memoryMegabytes: 256, isBrief });
  const replaceTenth = async (tenth: number, isBrief: boolean) => {
    const warehouse = await open(isBrief);
    const remove = { sql: "delete from weekly_pairs where kind_id % 10 = $tenth", params: { tenth } };
    await warehouse.transact([remove, pairs(tenth)]);
    await warehouse.close();
    return await gaps();
  };
  const gaps = async () => {
    const warehouse = await open(true);
    const [table] = await warehouse.query<{ gaps: number }>(
      `select estimated_size - (select count(*) from weekly_pairs) as gaps
       from duckdb_tables() where table_name = 'weekly_pairs'`,
    );
    await warehouse.close();
    return table?.gaps;
  };
  const warehouse = await open(false);
  await warehouse.migrate();
  await warehouse.transact(Array.from({ length: 10 }, (_, tenth) => pairs(tenth)));
  await warehouse.close();

  const left = [];
  for (const tenth of [0, 1, 2]) left.push(await replaceTenth(tenth, true));
  expect(left).toEqual([25_000, 50_000, 75_000]);
  expect(await replaceTenth(3, true)).toBe(0);
  expect(await replaceTenth(4, true)).toBe(25_000);
  expect(await replaceTenth(5, false)).toBe(0);
});

test("closing lets the reads under way finish, and no new one begin", async () => {
  const warehouse = await openDuckdb({ path, readableFolders: [], memoryMegabytes: 256 });
  const slow = "select sum(a.range * b.range) as answer from range(3000) as a, range(3000) as b";
  const reads = Array.from({ length: 6 }, () => warehouse.query<{ answer: number }>(slow));
  const selected = warehouse.select(slow);
  await warehouse.close();
  const expected = [{ answer: ((2999 * 3000) / 2) ** 2 }];
  expect(await Promise.all(reads)).toEqual(reads.map(() => expected));
  expect((await selected).rows).toEqual(expected);
  await expect(warehouse.query("select 1 as one")).rejects.toBeInstanceOf(TransientError);
});
