import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { S3Client } from "@aws-sdk/client-s3";
import { Client, type FieldDef, types } from "pg";
import { parametersIn, runOnPostgres, type SentParameter } from "./statements-on-postgres.ts";

/**
 * The Data API of Redshift, small: the five calls the tracker makes, over the protocol that AWS's own client speaks, with the
 * documented limits, running statements on a PostgreSQL database and COPY from an S3.
 */
export interface FakeDataApi {
  readonly endpoint: string;
  /** Every statement that was run, in order. */
  readonly statements: string[];
  /** Every request, with how its statements were to be run. */
  readonly requests: { call: string; statements: number; mode: string | undefined; session: boolean }[];
  /** What goes wrong next, each once. */
  readonly faults: Fault[];
  stop(): Promise<void>;
}

/**
 * `unanswered`: the next statements are run, but the connection breaks before the answer. `throttled`: they are not accepted.
 * `sessionLost`: the connection of a session breaks before its next question, and there is a new one in its place.
 */
type Fault = "unanswered" | "throttled" | "sessionLost";

/** https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html and the API reference. */
const limits = { statements: 40, statementBytes: 100_000, pageRows: 1000, parameters: /^[0-9a-zA-Z_]+$/ };

interface Run {
  status: "STARTED" | "FINISHED" | "FAILED" | "ABORTED";
  error?: string;
  parts: { status: Run["status"]; error?: string }[];
  isBatch: boolean;
  session?: string;
  result?: { fields: FieldDef[]; rows: unknown[][] };
  cancel?: () => Promise<void>;
}

interface Session {
  client: Client;
  seconds: number;
  busy: boolean;
  expiry?: NodeJS.Timeout;
}

interface Sent {
  Sql?: string;
  Sqls?: string[];
  Id?: string;
  Parameters?: SentParameter[];
  ClientToken?: string;
  ExecutionMode?: string;
  SessionId?: string;
  SessionKeepAliveSeconds?: number;
  Database?: string;
  WorkgroupName?: string;
  ClusterIdentifier?: string;
  NextToken?: string;
}

class Refusal extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export async function startFakeDataApi(postgresUrl: string, s3: S3Client): Promise<FakeDataApi> {
  const runs = new Map<string, Run>();
  const sessions = new Map<string, Session>();
  const tokens = new Map<string, { request: string; id: string }>();
  const fake: Pick<FakeDataApi, "statements" | "requests" | "faults"> = { statements: [], requests: [], faults: [] };
  const takeFault = (fault: Fault): boolean => {
    if (fake.faults[0] !== fault) return false;
    fake.faults.shift();
    return true;
  };

  const idle: Client[] = [];

  async function connect(): Promise<Client> {
    const used = idle.pop();
    if (used) return used;
    const client = new Client({
      connectionString: postgresUrl,
      options: "-c timezone=UTC -c datestyle=ISO",
      types: { getTypeParser: (() => (text: string) => text) as unknown as typeof types.getTypeParser },
    });
    client.on("error", () => undefined);
    await client.connect();
    return client;
  }

  async function start(sent: Sent, call: string): Promise<object> {
    const statements = check(sent, call);
    if (takeFault("throttled")) throw new Refusal("ActiveStatementsExceededException", "Too many active statements.");
    // The same token again is the same call again, for 8 hours.
    const request = JSON.stringify(sent);
    const known = sent.ClientToken === undefined ? undefined : tokens.get(sent.ClientToken);
    if (known) {
      if (known.request !== request)
        throw new Refusal("ValidationException", "The token was used for another request.");
      return { Id: known.id, ...sessionOf(known.id) };
    }
    const id = randomUUID();
    if (sent.ClientToken !== undefined) tokens.set(sent.ClientToken, { request, id });
    fake.requests.push({ call, statements: statements.length, mode: sent.ExecutionMode, session: "SessionId" in sent });
    const session = await sessionFor(sent, call);
    const isBatch = call === "BatchExecuteStatement";
    const run: Run = { status: "STARTED", parts: [], isBatch, ...(session ? { session: session.id } : {}) };
    runs.set(id, run);
    void work(run, statements, sent, session?.session);
    return { Id: id, ...sessionOf(id) };
  }

  const sessionOf = (id: string) => {
    const session = runs.get(id)?.session;
    return session === undefined ? {} : { SessionId: session };
  };

  async function sessionFor(sent: Sent, call: string): Promise<{ id: string; session: Session } | undefined> {
    if (sent.SessionId !== undefined) {
      const session = sessions.get(sent.SessionId);
      if (!session) throw new Refusal("ValidationException", "There is no such session.");
      if (session.busy) throw new Refusal("ValidationException", "The session is busy: it runs one call at a time.");
      if (call === "ExecuteStatement" && takeFault("sessionLost")) {
        await session.client.end();
        session.client = await connect();
      }
      session.busy = true;
      clearTimeout(session.expiry);
      return { id: sent.SessionId, session };
    }
    if (sent.SessionKeepAliveSeconds === undefined) return undefined;
    const id = randomUUID();
    const session = { client: await connect(), seconds: sent.SessionKeepAliveSeconds, busy: true };
    sessions.set(id, session);
    return { id, session };
  }

  async function work(
    run: Run,
    statements: readonly string[],
    sent: Sent,
    session: Session | undefined,
  ): Promise<void> {
    const client = session?.client ?? (await connect());
    const inTransaction = run.isBatch && (sent.ExecutionMode ?? "TRANSACTION") === "TRANSACTION";
    run.cancel = async () => {
      run.status = "ABORTED";
      const other = await connect();
      await other.query("select pg_cancel_backend($1)", [(client as unknown as { processID: number }).processID]);
      await other.end();
    };
    try {
      if (inTransaction) await client.query("begin");
      for (const sql of statements) {
        fake.statements.push(sql);
        try {
          const { fields, rows } = await runOnPostgres(client, s3, sql, sent.Parameters ?? []);
          run.parts.push({ status: "FINISHED" });
          if (!run.isBatch) run.result = { fields, rows };
        } catch (error) {
          const said = error instanceof Error ? error.message : String(error);
          run.parts.push({ status: "FAILED", error: said.startsWith("ERROR") ? said : `ERROR: ${said}` });
          if (inTransaction || !run.isBatch) throw error;
        }
      }
      if (inTransaction) await client.query("commit");
      if (run.status === "STARTED")
        run.status = run.parts.every(({ status }) => status === "FINISHED") ? "FINISHED" : "FAILED";
    } catch {
      if (inTransaction) await client.query("rollback").catch(() => undefined);
      if (run.status === "STARTED") run.status = "FAILED";
    }
    const failed = run.parts.find(({ error }) => error !== undefined);
    if (failed?.error) run.error = failed.error;
    if (!session) {
      // As good as a new connection, and sooner there.
      await client.query("discard all").then(
        () => idle.push(client),
        () => client.end(),
      );
      return;
    }
    session.busy = false;
    session.expiry = setTimeout(() => void session.client.end(), session.seconds * 1000).unref();
  }

  function describe(id: string): object {
    const run = runs.get(id);
    if (!run) throw new Refusal("ResourceNotFoundException", "There is no such statement.");
    return {
      Id: id,
      Status: run.status,
      ...(run.error ? { Error: run.error } : {}),
      ...sessionOf(id),
      HasResultSet: run.result !== undefined,
      ...(run.isBatch
        ? {
            SubStatements: run.parts.map(({ status, error }, place) => ({
              Id: `${id}:${place + 1}`,
              Status: status,
              ...(error ? { Error: error } : {}),
            })),
          }
        : {}),
    };
  }

  function result({ Id = "", NextToken }: Sent): string {
    const { result: found } = runs.get(Id) ?? {};
    if (!found) throw new Refusal("ResourceNotFoundException", "The statement has no result.");
    const from = Number(NextToken ?? 0);
    const until = from + limits.pageRows;
    return JSON.stringify({
      ColumnMetadata: found.fields.map(({ name, dataTypeID }) => ({
        name,
        label: name,
        typeName: typeNames[dataTypeID] ?? "varchar",
      })),
      Records: found.rows
        .slice(from, until)
        .map((row) => row.map((value, place) => field(value as string | null, found.fields[place]?.dataTypeID ?? 0))),
      TotalNumRows: found.rows.length,
      ...(until < found.rows.length ? { NextToken: String(until) } : {}),
    });
  }

  async function answer(call: string, sent: Sent): Promise<string> {
    if (call === "ExecuteStatement" || call === "BatchExecuteStatement") return JSON.stringify(await start(sent, call));
    if (call === "DescribeStatement") return JSON.stringify(describe(sent.Id ?? ""));
    if (call === "GetStatementResult") return result(sent);
    if (call === "CancelStatement") {
      await runs.get(sent.Id ?? "")?.cancel?.();
      return JSON.stringify({ Status: true });
    }
    throw new Refusal("UnknownOperationException", `${call} is not here.`);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const call = String(request.headers["x-amz-target"]).replace("RedshiftData.", "");
    response.setHeader("content-type", "application/x-amz-json-1.1");
    try {
      const body = await answer(call, JSON.parse(Buffer.concat(chunks).toString("utf8")) as Sent);
      if (call.endsWith("ExecuteStatement") && takeFault("unanswered")) return void response.destroy();
      response.end(body);
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal("InternalServerException", String(error));
      response.statusCode = refusal.type === "InternalServerException" ? 500 : 400;
      response.end(JSON.stringify({ __type: refusal.type, Message: refusal.message, message: refusal.message }));
    }
  }

  const server = createServer((request, response) => void handle(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    ...fake,
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      for (const client of idle) await client.end();
      for (const { client, expiry } of sessions.values()) {
        clearTimeout(expiry);
        await client.end();
      }
    },
  };
}

/** What the documentation says a call must be. */
function check(sent: Sent, call: string): readonly string[] {
  const statements = call === "ExecuteStatement" ? [sent.Sql ?? ""] : (sent.Sqls ?? []);
  const refuse = (message: string): never => {
    throw new Refusal("ValidationException", message);
  };
  if (statements.length === 0 || statements.length > limits.statements) refuse("A batch has 1 to 40 statements.");
  for (const sql of statements) {
    if (sql.trim() === "" || Buffer.byteLength(sql) > limits.statementBytes) refuse("A statement has up to 100 KB.");
    if (/;\s*\S/.test(sql.replace(/'(?:[^']|'')*'/g, "''"))) refuse("A statement is one statement.");
  }
  const parameters = sent.Parameters;
  if (parameters?.length === 0) refuse("A list of parameters is not empty.");
  const named = new Set(statements.flatMap(parametersIn));
  const names = new Set<string>();
  for (const { name, value } of parameters ?? []) {
    if (!limits.parameters.test(name)) refuse(`${name} is not a parameter's name.`);
    if (names.has(name)) refuse(`${name} is there twice.`);
    if (typeof value !== "string" || value === "")
      refuse("A parameter is a text of at least one character; there are no nulls.");
    if (!named.has(name)) refuse(`No statement refers to ${name}.`);
    names.add(name);
  }
  for (const name of named) if (!names.has(name)) refuse(`${name} has no value.`);
  if (sent.SessionId !== undefined) {
    if (sent.Database ?? sent.WorkgroupName ?? sent.ClusterIdentifier) refuse("A session knows its database.");
  } else if (!sent.Database || Boolean(sent.WorkgroupName) === Boolean(sent.ClusterIdentifier)) {
    refuse("A database of a workgroup or of a cluster is needed.");
  }
  return statements;
}

const { BOOL, INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC, VARCHAR, BPCHAR, DATE, TIMESTAMP } = types.builtins;

const typeNames: Readonly<Record<number, string>> = {
  [BOOL]: "bool",
  [INT2]: "int2",
  [INT4]: "int4",
  [INT8]: "int8",
  [FLOAT4]: "float4",
  [FLOAT8]: "float8",
  [NUMERIC]: "numeric",
  [VARCHAR]: "varchar",
  [BPCHAR]: "bpchar",
  [DATE]: "date",
  [TIMESTAMP]: "timestamp",
};

/** A whole number in JSON, all its digits; TypeScript's library does not know of it yet. */
const exactly = (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON;

function field(value: string | null, type: number): object {
  if (value === null) return { isNull: true };
  if (type === BOOL) return { booleanValue: value === "t" };
  if (type === INT2 || type === INT4 || type === INT8) return { longValue: exactly(value) };
  if (type === FLOAT4 || type === FLOAT8) return { doubleValue: Number(value) };
  // JDBC writes the fraction of a second in full.
  return { stringValue: type === TIMESTAMP ? value.replace(/\.\d+$/, (digits) => digits.padEnd(7, "0")) : value };
}
