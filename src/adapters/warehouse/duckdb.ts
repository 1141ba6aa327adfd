import { mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { TransientError } from "#core/errors.ts";
import type { Row, SelectResult, SqlValue, StagedTable, Statement, Warehouse } from "#core/ports/warehouse.ts";
import { duckdbOptions } from "#core/warehouse/duckdb-options.ts";
import { schemaStatements } from "#core/warehouse/schema.ts";
import { openingError, refusal, translated } from "./duckdb-errors.ts";
import { assertSingleSelect } from "./duckdb-select-guard.ts";
import { boundStatement, plainRows } from "./duckdb-values.ts";
import { workOff } from "./duckdb-work-off.ts";
import { unloadedType } from "./parquet-columns.ts";

interface DuckdbOptions {
  /** The database file; made when missing. */
  path: string;
  /** The only folders outside the database that SQL may read, and unload into: where staged Parquet lies. */
  readableFolders: readonly string[];
  memoryMegabytes: number;
  threads?: number;
  /** It is closed as soon as something was written: then the places of rows that went are left as they are, while they are few. */
  isBrief?: boolean;
}

/**
 * The embedded warehouse: one DuckDB file. Open it once per process: DuckDB takes a second instance on the same path
 * without complaint, and closing that one drops the file lock.
 *
 * @throws BusyError when another process has the file open; DamagedWarehouseError when it cannot be read
 */
export async function openDuckdb(options: DuckdbOptions): Promise<Warehouse> {
  const path = resolve(options.path);
  mkdirSync(dirname(path), { recursive: true });
  // Spilled data of a process that died is of no use to this one, and two owners may not share the folder.
  const spill = `${path}.spill`;
  rmSync(spill, { recursive: true, force: true });
  const instance = await openInstance(path, {
    ...duckdbOptions,
    memory_limit: `${options.memoryMegabytes}MB`,
    temp_directory: spill,
    max_temp_directory_size: "20GB",
    preserve_insertion_order: "true",
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
  });
  try {
    await setUp(instance, options);
    const readers = await Promise.all(Array.from({ length: readersAtOnce }, () => instance.connect()));
    return new DuckdbWarehouse(path, instance, readers);
  } catch (error) {
    instance.closeSync();
    throw openingError(error, path);
  }
}

async function setUp(instance: DuckDBInstance, { readableFolders, isBrief }: DuckdbOptions): Promise<void> {
  const setup = await instance.connect();
  try {
    const folders = readableFolders.map((folder) => quote(`${resolve(folder)}/`)).join(", ");
    await setup.run(`set allowed_directories = [${folders}]`);
    if (isBrief && !(await isFullOfGaps(setup))) await setup.run("set max_vacuum_tasks = 0");
    await setup.run("set enable_external_access = false");
    await setup.run("set lock_configuration = true");
  } finally {
    setup.disconnectSync();
  }
}

/** The largest of the tables in which every load replaces rows: a day is added to its week. */
const mostReplaced = "weekly_pairs";
/** Gaps to a row: at so many it is time to close them. */
const tolerableGaps = 0.25;

/**
 * Rows that were deleted leave gaps, which the engine closes when it is closed itself, by writing what lies around them anew: for one
 * more day that takes longer than the rest of the closing. So a process that only loads a day leaves them until they are many.
 */
async function isFullOfGaps(connection: DuckDBConnection): Promise<boolean> {
  const places = "select estimated_size from duckdb_tables() where table_name = $table";
  const [[placed] = []] = (await connection.runAndReadAll(places, { table: mostReplaced })).getRows();
  if (placed === undefined) return true;
  const [[rows] = []] = (await connection.runAndReadAll(`select count(*) from ${mostReplaced}`)).getRows();
  return Number(placed) > Number(rows) * (1 + tolerableGaps);
}

/** A database begins with three blocks of 4 KiB that say where the rest is; each begins with a checksum, the first goes on with this. */
const beginning = { bytes: 3 * 4096, mark: "DUCK", markAt: 8 };

/** The disk was full when the database was made: there is nothing in it yet, and the engine would refuse it for good. */
export function isUnfinished(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile() || found.size >= beginning.bytes) return false;
  return readFileSync(path).indexOf(beginning.mark, beginning.markAt, "latin1") === beginning.markAt;
}

async function openInstance(path: string, options: Record<string, string>): Promise<DuckDBInstance> {
  try {
    if (isUnfinished(path)) rmSync(path);
    return await DuckDBInstance.create(path, options);
  } catch (error) {
    throw openingError(error, path);
  }
}

/**
 * Statements on one connection wait for each other. A page of the dashboard asks a dozen small questions at once: over four
 * connections they are answered in 90 ms rather than 150 on two cores, and more connections bring nothing.
 */
const readersAtOnce = 4;

/** JavaScript's longest text is half a gigabyte. */
const rowsInOneText = 100_000;

class DuckdbWarehouse implements Warehouse {
  readonly #path: string;
  readonly #instance: DuckDBInstance;
  #closed = false;
  readonly #readers: readonly DuckDBConnection[];
  readonly #waiting: number[];
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(path: string, instance: DuckDBInstance, readers: readonly DuckDBConnection[]) {
    this.#path = path;
    this.#instance = instance;
    this.#readers = readers;
    this.#waiting = readers.map(() => 0);
  }

  async migrate(): Promise<void> {
    await this.transact(schemaStatements().map((sql) => ({ sql })));
  }

  async transact(statements: readonly Statement[], staged: readonly StagedTable[] = []): Promise<void> {
    // A connection of its own: its temporary tables and views vanish with it, whatever happened.
    const connection = await this.#instance.connect();
    try {
      await connection.run("begin transaction");
      for (const { table, path } of staged) {
        await connection.run(`create temp view ${table} as select * from read_parquet(${quote(path)})`);
      }
      const looked = new Map<string, boolean>();
      for (const { sql, params, idleWithout = [] } of statements) {
        if (!(await isOneEmpty(connection, idleWithout, looked))) await workOff(connection, sql, params);
      }
      await connection.run("commit");
    } catch (error) {
      await connection.run("rollback").catch(() => undefined);
      throw translated(error, this.#path);
    } finally {
      connection.disconnectSync();
    }
  }

  async query<R extends object = Row>(sql: string, params?: Readonly<Record<string, SqlValue>>): Promise<R[]> {
    const { text, values, types } = boundStatement(sql, params);
    const place = this.#waiting.indexOf(Math.min(...this.#waiting));
    const reader = this.#readers[place] as DuckDBConnection;
    this.#waiting[place] = (this.#waiting[place] ?? 0) + 1;
    try {
      const rows = await this.#finish(() => reader.runAndReadAll(text, values, types));
      return plainRows(rows) as R[];
    } finally {
      this.#waiting[place] = (this.#waiting[place] ?? 1) - 1;
    }
  }

  async queryMany<R extends object = Row>(sql: string, params?: Readonly<Record<string, SqlValue>>): Promise<R[]> {
    // The client fetches every text of a result by a call of its own. Forty thousand rows are 100 ms so, and 20 ms as JSON.
    const parts = await this.query<{ rows: string }>(
      `select to_json(list(answer)) as rows
       from (select answer, row_number() over () as place from (${sql}) as answer) as placed
       group by place // ${rowsInOneText}`,
      params,
    );
    return parts.flatMap(({ rows }) => JSON.parse(rows) as R[]);
  }

  async select(sql: string): Promise<SelectResult> {
    return await this.#finish(() => this.#select(sql));
  }

  async #select(sql: string): Promise<SelectResult> {
    const connection = await this.#instance.connect();
    try {
      await assertSingleSelect(connection, sql);
      await connection.run("begin transaction read only");
      const reader = await connection.runAndReadAll(sql).catch((error) => {
        throw refusal(error, this.#path);
      });
      return { columns: reader.deduplicatedColumnNames(), rows: plainRows(reader) };
    } finally {
      connection.disconnectSync();
    }
  }

  async unload({ sql, params }: Statement, path: string): Promise<void> {
    const { text, values, types } = boundStatement(sql, params);
    await this.#finish(async () => {
      const connection = await this.#instance.connect();
      try {
        const columns = await connection.runAndReadAll(
          `select column_name, column_type from (describe ${text})`,
          values,
          types,
        );
        for (const [name, type] of columns.getRowsJson()) unloadedType(String(name), String(type));
        await connection.run(`copy (${text}) to ${quote(path)} (format parquet)`, values, types);
      } finally {
        connection.disconnectSync();
      }
    });
  }

  /** Reads of a server that is being stopped are let finish: a connection must not be closed under its statement. */
  async #finish<T>(read: () => Promise<T>): Promise<T> {
    if (this.#closed)
      throw new TransientError("The warehouse is closed.", "Open it again, or start the command again.");
    const underWay = read();
    this.#underWay.add(underWay);
    try {
      return await underWay;
    } catch (error) {
      throw translated(error, this.#path);
    } finally {
      this.#underWay.delete(underWay);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.allSettled(this.#underWay);
    for (const reader of this.#readers) reader.disconnectSync();
    this.#instance.closeSync();
  }
}

/** @param looked what is known of tables so far, and will be from now on: each is looked at once */
async function isOneEmpty(
  connection: DuckDBConnection,
  tables: readonly string[],
  looked: Map<string, boolean>,
): Promise<boolean> {
  for (const table of tables) {
    const isEmpty =
      looked.get(table) ?? (await connection.runAndReadAll(`select 1 from ${table} limit 1`)).currentRowCount === 0;
    looked.set(table, isEmpty);
    if (isEmpty) return true;
  }
  return false;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
