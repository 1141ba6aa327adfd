import { readFileSync } from "node:fs";
import {
  BIGINT,
  BOOLEAN,
  DuckDBBlobValue,
  type DuckDBConnection,
  DuckDBInstance,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  LIST,
  listValue,
  VARCHAR,
} from "@duckdb/node-api";
import { isDiskFull, makeRoom, TransientError } from "#core/errors.ts";
import { duckdbOptions } from "#core/warehouse/duckdb-options.ts";
import { splitStatements } from "#core/warehouse/schema.ts";

type Param = string | number | boolean | Date | Buffer | readonly string[] | readonly number[];
export type Params = Readonly<Record<string, Param>>;

/**
 * The DuckDB in which one batch is transformed: in memory, one thread, never spilling to disk, because what it holds is
 * personal. Its errors quote row values, so none of them leaves this file.
 */
export class TransformEngine {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  /**
   * @param reach the only folders that its SQL can reach: the engine is made while they are found out
   * @param prepare what needs none of them, and is done meanwhile
   */
  static async open(
    reach: readonly string[] | Promise<readonly string[]>,
    prepare: (engine: TransformEngine) => Promise<void> = async () => undefined,
  ): Promise<TransformEngine> {
    const reached = Promise.resolve(reach);
    // It is awaited below; should it fail before, it has been heard of all the same.
    reached.catch(() => undefined);
    const instance = await DuckDBInstance.create(":memory:", {
      ...duckdbOptions,
      // One thread a statement keeps rows in file order, so that a row's place in its file is known.
      threads: "1",
      temp_directory: "",
    });
    const connection = await instance.connect();
    const engine = new TransformEngine(instance, connection);
    try {
      await prepare(engine);
      const folders = (await reached).map((folder) => sqlText(`${folder}/`)).join(", ");
      await connection.run(
        `set allowed_directories = [${folders}]; set enable_external_access = false; set lock_configuration = true`,
      );
      return engine;
    } catch (error) {
      engine.close();
      throw error;
    }
  }

  /** Has work done on a connection of its own: statements of two connections run side by side, each on one thread. */
  async beside(work: (engine: TransformEngine) => Promise<void>): Promise<void> {
    const connection = await this.#instance.connect();
    try {
      await work(new TransformEngine(this.#instance, connection));
    } finally {
      connection.disconnectSync();
    }
  }

  /**
   * Runs one statement.
   *
   * @throws TransientError without the engine's own words, which quote values.
   */
  async run(sql: string, params: Params = {}): Promise<void> {
    await this.rows(sql, params);
  }

  /**
   * Runs every statement of one of the `.sql` files of this stage.
   *
   * @param paths put in place of `{{name}}`, as text literals: file names take no parameters
   */
  async runFile(name: string, params: Params = {}, paths: Readonly<Record<string, string>> = {}): Promise<void> {
    const text = readStageSql(name).replace(/{{(\w+)}}/g, (_, path) => sqlText(paths[path] ?? ""));
    const statements = splitStatements(text);
    // Those without parameters go together: most only give something a name, and one by one they cost three times as much.
    while (statements.length > 0) {
      const next = statements.findIndex((statement) => Object.keys(bind(statement, params).values).length > 0);
      const plain = statements.splice(0, next === -1 ? statements.length : next);
      if (plain.length > 0) await this.#guard(() => this.#connection.run(plain.join(";\n")));
      const withParams = statements.shift();
      if (withParams !== undefined) await this.run(withParams, params);
    }
  }

  /** The rows of one statement, as plain JSON; whole numbers must fit 32 bits. */
  async rows<R extends object>(sql: string, params: Params = {}): Promise<R[]> {
    const { values, types } = bind(sql, params);
    const reader = await this.#guard(() => this.#connection.runAndReadAll(sql, values, types));
    return reader.getRowObjectsJson() as R[];
  }

  /** Lets none of the engine's own words out. */
  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isDiskFull(error)) {
        throw new TransientError(
          "The transform engine stopped: the disk is full.",
          `${makeRoom}; the batch will be tried again.`,
        );
      }
      const kind = error instanceof Error ? (/^[A-Z][A-Za-z -]+ Error/.exec(error.message)?.[0] ?? "Error") : "Error";
      throw new TransientError(`The transform engine stopped: ${kind}.`, "The batch will be tried again.");
    }
  }

  close(): void {
    this.#connection.disconnectSync();
    this.#instance.closeSync();
  }
}

/** The text of one of this stage's `.sql` files. */
export function readStageSql(name: string): string {
  return readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), "utf8");
}

/** A text as an SQL literal, for the few places that take no parameters. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Writes a table or view as Parquet. Paths cannot be bound there.
 *
 * @param dictionaryLimit distinct values of a column, in a row group, up to which they are collected in a dictionary
 */
export function copyTo(from: string, path: string, { dictionaryLimit }: { dictionaryLimit?: number } = {}): string {
  const limit = dictionaryLimit === undefined ? "" : `, dictionary_size_limit ${dictionaryLimit}`;
  return `copy (select * from ${from}) to ${sqlText(path)} (format parquet${limit})`;
}

function bind(sql: string, params: Params): { values: Record<string, DuckDBValue>; types: Record<string, DuckDBType> } {
  const values: Record<string, DuckDBValue> = {};
  const types: Record<string, DuckDBType> = {};
  for (const [, name = ""] of sql.matchAll(/\$([a-z_]+)/g)) {
    const value = params[name];
    if (value === undefined || name in values) continue;
    const [bound, type] = bindable(value);
    values[name] = bound;
    if (type) types[name] = type;
  }
  return { values, types };
}

function bindable(value: Param): [DuckDBValue, DuckDBType | undefined] {
  if (typeof value === "string") return [value, VARCHAR];
  if (typeof value === "boolean") return [value, BOOLEAN];
  if (typeof value === "number") return [BigInt(value), BIGINT];
  if (value instanceof Date) return [new DuckDBTimestampValue(BigInt(value.getTime()) * 1000n), undefined];
  if (Buffer.isBuffer(value)) return [new DuckDBBlobValue(value), undefined];
  const items = value as readonly (string | number)[];
  return [listValue([...items]), LIST(typeof items[0] === "number" ? INTEGER : VARCHAR)];
}
