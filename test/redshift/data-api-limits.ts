import { parametersIn, type SentParameter } from "./statements-on-postgres.ts";

/** https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html and the API reference. */
export const limits = { statements: 40, statementBytes: 100_000, pageRows: 1000, parameters: /^[0-9a-zA-Z_]+$/ };

/** A request to the Data API, whichever. */
export interface Sent {
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

/** An answer that says no, as the Data API names it. */
export class Refusal extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** What the documentation says a call must be. */
export function checkCall(sent: Sent, call: string): readonly string[] {
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
