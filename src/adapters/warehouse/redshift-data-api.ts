import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import {
  BatchExecuteStatementCommand,
  type BatchExecuteStatementInput,
  CancelStatementCommand,
  type ColumnMetadata,
  DescribeStatementCommand,
  type DescribeStatementResponse,
  ExecuteStatementCommand,
  type ExecutionMode,
  type Field,
  GetStatementResultCommand,
  type RedshiftDataClient,
  type SqlParameter,
} from "@aws-sdk/client-redshift-data";
import type { InfinityError } from "#core/errors.ts";
import type { RedshiftAddress } from "./redshift-address.ts";
import { awsError, failedStatement } from "./redshift-errors.ts";
import { keepExactNumbers } from "./redshift-exact-numbers.ts";
import { plainResult, type RedshiftResult, type RedshiftStatement } from "./redshift-values.ts";

/** What the Data API takes in one call: https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html, "Considerations". */
export const callLimits = { statements: 40, statementBytes: 100_000, parameters: 1000 };

/** A session is closed this long after its last statement; what it had not committed is undone. */
const sessionSeconds = 60;

const [firstPauseMs, longestPauseMs] = [20, 1000];

/** Calls of the Data API that end when their statements have. */
export class DataApi {
  readonly #client: RedshiftDataClient;
  readonly #address: RedshiftAddress;

  constructor(client: RedshiftDataClient, address: RedshiftAddress) {
    keepExactNumbers(client);
    this.#client = client;
    this.#address = address;
  }

  /** Opens a session with these statements, each by itself: one connection, for all calls that name it. */
  async openSession(statements: readonly RedshiftStatement[]): Promise<string> {
    const { SessionId = "" } = await this.#batch(statements, "AUTO_COMMIT", {
      ...this.#target(),
      SessionKeepAliveSeconds: sessionSeconds,
    });
    return SessionId;
  }

  /** One statement after the other, in a session that says what belongs together. */
  async continueSession(session: string, statements: readonly RedshiftStatement[]): Promise<void> {
    await this.#batch(statements, "AUTO_COMMIT", { SessionId: session });
  }

  /** All of it, or none. */
  async transact(statements: readonly RedshiftStatement[]): Promise<void> {
    await this.#batch(statements, "TRANSACTION", this.#target());
  }

  async #batch(
    statements: readonly RedshiftStatement[],
    mode: ExecutionMode,
    where: Partial<BatchExecuteStatementInput>,
  ): Promise<DescribeStatementResponse> {
    const parameters = statements.flatMap(({ parameters: own }) => own);
    // The token is one for all tries of this call: a request that got through and was not answered is not run again.
    const command = new BatchExecuteStatementCommand({
      ...where,
      Sqls: statements.map(({ sql }) => sql),
      ExecutionMode: mode,
      ClientToken: randomUUID(),
      ...(parameters.length > 0 ? { Parameters: [...parameters] } : {}),
    });
    const { Id = "" } = await this.#send(() => this.#client.send(command));
    return await this.#finished(Id);
  }

  /** The rows of one SELECT. */
  async query(
    { sql, parameters }: RedshiftStatement,
    { session, seconds, explain = failedStatement }: QueryOptions = {},
  ): Promise<RedshiftResult> {
    const command = new ExecuteStatementCommand({
      ...(session === undefined ? this.#target() : { SessionId: session }),
      Sql: sql,
      ClientToken: randomUUID(),
      ...(parameters.length > 0 ? { Parameters: parameters as SqlParameter[] } : {}),
    });
    const { Id = "" } = await this.#send(() => this.#client.send(command));
    await this.#finished(Id, seconds, explain);
    const records: Field[][] = [];
    let columns: ColumnMetadata[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.#send(() =>
        this.#client.send(new GetStatementResultCommand({ Id, ...(NextToken === undefined ? {} : { NextToken }) })),
      );
      columns = page.ColumnMetadata ?? columns;
      records.push(...(page.Records ?? []));
      NextToken = page.NextToken || undefined;
    } while (NextToken !== undefined);
    return plainResult(columns, records);
  }

  /** Asks until the statement has ended, ever less often. */
  async #finished(id: string, seconds = Number.POSITIVE_INFINITY, explain: Explain = failedStatement) {
    const until = performance.now() + seconds * 1000;
    for (let wait = firstPauseMs; ; wait = Math.min(wait * 1.5, longestPauseMs)) {
      const described = await this.#send(() => this.#client.send(new DescribeStatementCommand({ Id: id })));
      const { Status = "", SubStatements = [] } = described;
      // Where each statement is by itself, one may fail in a call that has finished.
      const failed = hasEnded(Status)
        ? SubStatements.find((part) => /FAILED|ABORTED/.test(part.Status ?? ""))
        : undefined;
      if (failed) throw explain(failed.Error, failed.Status ?? "", this.#address.name);
      if (Status === "FINISHED") return described;
      if (hasEnded(Status)) throw explain(described.Error, Status, this.#address.name);
      if (performance.now() > until) {
        await this.#send(() => this.#client.send(new CancelStatementCommand({ Id: id })));
        throw explain(undefined, "ABORTED", this.#address.name);
      }
      await pause(wait);
    }
  }

  #target() {
    const { kind, name, database, secretArn } = this.#address;
    return {
      Database: database,
      ...(kind === "workgroup" ? { WorkgroupName: name } : { ClusterIdentifier: name }),
      ...(secretArn === undefined ? {} : { SecretArn: secretArn }),
    };
  }

  async #send<T>(send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      throw awsError(error, this.#address.name);
    }
  }
}

function hasEnded(status: string): boolean {
  return /^(?:FINISHED|FAILED|ABORTED)$/.test(status);
}

type Explain = (said: string | undefined, status: string, warehouse: string) => InfinityError;

interface QueryOptions {
  session?: string;
  /** After so long the statement is stopped. */
  seconds?: number;
  explain?: Explain;
}
