import { RedshiftDataClient } from "@aws-sdk/client-redshift-data";
import { S3Client } from "@aws-sdk/client-s3";
import { TerminalError, TransientError } from "#core/errors.ts";
import type { Row, SelectResult, SqlValue, StagedTable, Statement, Warehouse } from "#core/ports/warehouse.ts";
import { schemaStatements } from "#core/warehouse/schema.ts";
import { patience } from "../aws/patience.ts";
import { type RedshiftAddress, redshiftAddress } from "./redshift-address.ts";
import { callLimits, DataApi } from "./redshift-data-api.ts";
import { failedQuery } from "./redshift-errors.ts";
import { singleSelect } from "./redshift-select-guard.ts";
import { stageForCopy } from "./redshift-staging.ts";
import { unloadThroughS3 } from "./redshift-unloading.ts";
import { type RedshiftStatement, redshiftStatement } from "./redshift-values.ts";

interface RedshiftOptions {
  /** `redshift://…`: see {@link redshiftAddress}. */
  url: string;
  /** Clients to use; made from the region and the process's own credentials when not given. */
  dataApi?: RedshiftDataClient;
  s3?: S3Client;
}

/**
 * A warehouse on Amazon Redshift, Serverless or a cluster, through the Data API: no connection, no driver, no network of its own.
 *
 * @throws SettingError when the address is none
 */
export function openRedshift({ url, dataApi, s3 }: RedshiftOptions): Warehouse {
  const address = redshiftAddress(url);
  const asked = { region: address.region, requestHandler: patience };
  return new RedshiftWarehouse(address, dataApi ?? new RedshiftDataClient(asked), s3 ?? new S3Client(asked));
}

/** Somebody else's SELECT may run this long. */
const selectSeconds = 60;

const bare = (sql: string): RedshiftStatement => ({ sql, parameters: [] });

/**
 * Loads wait for each other here. It is a table of its own, for a lock on the ledger would keep every reader of the ledger
 * waiting for as long as a load takes.
 */
const locks = bare("create table if not exists load_locks (taken_at timestamp)");
const lock = bare("lock load_locks");

/** Whether this connection has the lock: then the transaction that took it is still open. */
const isLocked = bare(
  `select count(*) as held
   from svv_transactions
   where pid = pg_backend_pid() and lock_mode = 'AccessExclusiveLock' and granted
     and relation in (select oid from pg_class where relname = 'load_locks')`,
);

class RedshiftWarehouse implements Warehouse {
  readonly #address: RedshiftAddress;
  readonly #dataApi: RedshiftDataClient;
  readonly #s3: S3Client;
  readonly #api: DataApi;
  #closed = false;

  constructor(address: RedshiftAddress, dataApi: RedshiftDataClient, s3: S3Client) {
    this.#address = address;
    this.#dataApi = dataApi;
    this.#s3 = s3;
    this.#api = new DataApi(dataApi, address);
  }

  async migrate(): Promise<void> {
    await this.#api.transact([locks]);
    await this.transact(schemaStatements().map((sql) => ({ sql })));
  }

  async transact(statements: readonly Statement[], staged: readonly StagedTable[] = []): Promise<void> {
    this.#assertOpen();
    const files = await stageForCopy(this.#s3, this.#address, staged);
    try {
      const own = statements.map((statement, place) => redshiftStatement(statement, `s${place + 1}_`));
      const calls = inCalls([lock, ...files.statements, ...own]);
      if (calls.length === 1) await this.#api.transact(calls[0] ?? []);
      else await this.#transactInSession(calls);
    } finally {
      await files.remove();
    }
  }

  /**
   * One transaction over several calls: the Data API takes 40 statements a call, and a load has more than a hundred. A session
   * is one connection, on which BEGIN and COMMIT should mean what they always do; AWS says so of temporary tables only. So before
   * anything is written, before every further call and before the end, the lock that the first one took must still be held.
   */
  async #transactInSession(calls: readonly (readonly RedshiftStatement[])[]): Promise<void> {
    const session = await this.#api.openSession([bare("begin"), lock]);
    try {
      for (const statements of calls) {
        await this.#assertTransaction(session);
        await this.#api.continueSession(session, statements);
      }
      // COMMIT of a transaction that has failed, or was lost with its connection, says that all is well.
      await this.#assertTransaction(session);
    } catch (error) {
      // The session ends by itself, and what it did with it; this lets go of the lock at once.
      await this.#api.continueSession(session, [bare("rollback")]).catch(() => undefined);
      throw error;
    }
    await this.#api.continueSession(session, [bare("commit")]);
  }

  async #assertTransaction(session: string): Promise<void> {
    const { rows } = await this.#api.query(isLocked, { session });
    if (rows[0]?.held === 1) return;
    throw new TerminalError(
      `The Redshift warehouse ${this.#address.name} did not keep a transaction open from one call to the next.`,
      "Nothing was written. Please report this: the Data API is not what it was.",
    );
  }

  async query<R extends object = Row>(sql: string, params?: Readonly<Record<string, SqlValue>>): Promise<R[]> {
    this.#assertOpen();
    const { rows } = await this.#api.query(redshiftStatement({ sql, ...(params ? { params } : {}) }));
    return rows as R[];
  }

  async queryMany<R extends object = Row>(sql: string, params?: Readonly<Record<string, SqlValue>>): Promise<R[]> {
    return await this.query<R>(sql, params);
  }

  async select(sql: string): Promise<SelectResult> {
    this.#assertOpen();
    const asked = bare(singleSelect(sql));
    const { columns, rows } = await this.#api.query(asked, { seconds: selectSeconds, explain: failedQuery });
    return { columns, rows };
  }

  async unload(select: Statement, path: string): Promise<void> {
    this.#assertOpen();
    await unloadThroughS3({ api: this.#api, s3: this.#s3, address: this.#address }, redshiftStatement(select), path);
  }

  #assertOpen(): void {
    if (this.#closed)
      throw new TransientError("The warehouse is closed.", "Open it again, or start the command again.");
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#dataApi.destroy();
    this.#s3.destroy();
  }
}

/** Statements in as few calls as they fit. */
function inCalls(statements: readonly RedshiftStatement[]): RedshiftStatement[][] {
  const calls: RedshiftStatement[][] = [];
  let parameters = 0;
  for (const statement of statements) {
    if (Buffer.byteLength(statement.sql) > callLimits.statementBytes) {
      throw new TerminalError(
        `A statement is longer than the ${callLimits.statementBytes} bytes that the Data API takes.`,
        "Please report this.",
      );
    }
    const call = calls.at(-1);
    parameters += statement.parameters.length;
    if (call && call.length < callLimits.statements && parameters <= callLimits.parameters) {
      call.push(statement);
      continue;
    }
    calls.push([statement]);
    parameters = statement.parameters.length;
  }
  return calls;
}
