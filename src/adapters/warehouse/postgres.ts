import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { type ClientBase, Pool, type PoolClient } from "pg";
import { SettingError, TransientError } from "#core/errors.ts";
import type { Row, SelectResult, SqlValue, StagedTable, Statement, Warehouse } from "#core/ports/warehouse.ts";
import { schemaStatements, splitStatements } from "#core/warehouse/schema.ts";
import { distinctNames } from "./distinct-names.ts";
import { queryError, warehouseError } from "./postgres-errors.ts";
import { declareSelect } from "./postgres-select-guard.ts";
import { copyStaged } from "./postgres-staging.ts";
import { copyOut } from "./postgres-unloading.ts";
import { bindingFor, plainTypes } from "./postgres-values.ts";

const indexes = splitStatements(readFileSync(new URL("./postgres-indexes.sql", import.meta.url), "utf8"));

/**
 * What a session needs for SQL to mean here what it means elsewhere; figures are asked for in moments, so no compiling of plans. A
 * client that is gone without a word (a machine that lost its power, a function whose time was over) must not hold the lock on loads
 * for the two hours after which a server looks by itself: it looks after a minute, and no load is idle for ten.
 */
const sessionSettings = [
  ...["timezone=UTC", "datestyle=ISO", "standard_conforming_strings=on", "jit=off"],
  ...["tcp_keepalives_idle=60", "tcp_keepalives_interval=10", "tcp_keepalives_count=3"],
  "idle_in_transaction_session_timeout=10min",
];

/** The same on this side: a server that is gone without a word is noticed by the system after some minutes, not hours. */
const firstLookMs = 60_000;

/** A page of the dashboard asks a dozen small questions at once; a load holds one connection besides. */
const connectionsAtOnce = 8;

/** Somebody else's SELECT may run this long. */
const selectSeconds = 60;

/**
 * A warehouse on a PostgreSQL server. Loads wait for each other, from whichever process they come: each transaction first
 * takes one advisory lock. Reads never wait.
 *
 * @param url `postgres://user:password@host:port/database`, with `?sslmode=require` and the like as node-postgres reads it
 * @param scratchFolder a folder of this machine for CSV on its way, made when missing
 * @throws SettingError when that is no such address
 */
export function openPostgres(url: string, scratchFolder: string = tmpdir()): Warehouse {
  return new PostgresWarehouse(url, addressOf(url), scratchFolder);
}

/** What messages may say of an address: no user and no password. */
function addressOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^postgres(?:ql)?:$/.test(parsed.protocol) || parsed.pathname.length < 2) {
    throw new SettingError(
      "The warehouse's address is not one of a PostgreSQL database.",
      "It looks like postgres://user:password@host:5432/database.",
    );
  }
  return `${parsed.host}${parsed.pathname}`;
}

class PostgresWarehouse implements Warehouse {
  readonly #pool: Pool;
  readonly #address: string;
  readonly #scratchFolder: string;
  #closed = false;

  constructor(url: string, address: string, scratchFolder: string) {
    this.#address = address;
    this.#scratchFolder = scratchFolder;
    this.#pool = new Pool({
      connectionString: url,
      application_name: "infinity",
      options: sessionSettings.map((setting) => `-c ${setting}`).join(" "),
      types: plainTypes,
      max: connectionsAtOnce,
      connectionTimeoutMillis: 15_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: firstLookMs,
      // A command that has said all it had to say need not wait for idle connections.
      allowExitOnIdle: true,
    });
    // A connection that breaks while it is idle is replaced by the next to be asked for; one at work says so to whoever waits.
    this.#pool.on("error", () => undefined);
    this.#pool.on("connect", (client) => client.on("error", () => undefined));
  }

  async migrate(): Promise<void> {
    await this.transact([...schemaStatements(), ...indexes].map((sql) => ({ sql })));
  }

  async transact(statements: readonly Statement[], staged: readonly StagedTable[] = []): Promise<void> {
    await this.#with(
      async (client) => {
        await client.query("begin");
        // Ids and roll-ups follow from all that is there, so loads go one at a time.
        await client.query("select pg_advisory_xact_lock(hashtext('infinity loads'))");
        await copyStaged(client, staged, this.#scratchFolder);
        for (const { sql, params } of statements) await run(client, withByteOrder(sql), params);
        await client.query("commit");
        // Its temporary tables vanish with the connection.
      },
      { keep: false },
    );
  }

  async query<R extends object = Row>(sql: string, params?: Readonly<Record<string, SqlValue>>): Promise<R[]> {
    return await this.#with(async (client) => (await run<R>(client, sql, params)).rows);
  }

  async queryMany<R extends object = Row>(sql: string, params?: Readonly<Record<string, SqlValue>>): Promise<R[]> {
    return await this.query<R>(sql, params);
  }

  async select(sql: string): Promise<SelectResult> {
    return await this.#with(
      async (client) => {
        await client.query("begin read only");
        await client.query(`set local statement_timeout = '${selectSeconds}s'`);
        // A cursor is planned for its first rows unless told that all are wanted.
        await client.query("set local cursor_tuple_fraction = 1");
        await declareSelect(client, "asked", sql);
        const { fields, rows } = await client.query({ text: "fetch all from asked", rowMode: "array" });
        await client.query("rollback");
        const columns = distinctNames(fields.map(({ name }) => name));
        return {
          columns,
          rows: rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]]))),
        };
      },
      { explain: queryError },
    );
  }

  async unload({ sql, params }: Statement, path: string): Promise<void> {
    await this.#with(
      async (client) => {
        // COPY takes no parameters, a table that is made of a SELECT does.
        await run(client, `create temp table unloaded_rows as ${sql}`, params);
        await copyOut(client, "unloaded_rows", { path, scratchFolder: this.#scratchFolder });
      },
      { keep: false },
    );
  }

  /** A connection for one piece of work. One on which it failed is not used again: nobody knows what state it is in. */
  async #with<T>(work: (client: PoolClient) => Promise<T>, { explain = warehouseError, keep = true } = {}): Promise<T> {
    if (this.#closed)
      throw new TransientError("The warehouse is closed.", "Open it again, or start the command again.");
    let client: PoolClient | undefined;
    try {
      client = await this.#pool.connect();
      const result = await work(client);
      client.release(!keep);
      return result;
    } catch (error) {
      // Closed rather than asked to roll back: one in the middle of a COPY that broke off on this side would never answer.
      client?.release(true);
      throw explain(error, this.#address);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#pool.end();
  }
}

async function run<R extends object>(client: ClientBase, sql: string, params?: Readonly<Record<string, SqlValue>>) {
  const { text, values } = bindingFor(sql, params);
  return await client.query<R & Record<string, unknown>>(text, values);
}

/**
 * The tables a statement creates order text by its bytes, as DuckDB and Redshift do, whatever language the database was made
 * for: the order decides between equals.
 */
function withByteOrder(sql: string): string {
  return /^(?:\s*--.*\n)*\s*create (?:temp )?table (?:if not exists )?\w+ \(/i.test(sql)
    ? sql.replace(/varchar\(\d+\)/g, '$& collate "C"')
    : sql;
}
