import { type InfinityError, RefusedError, SettingError, TerminalError, TransientError } from "#core/errors.ts";
import { awsErrorName, awsFailure, awsStatus } from "../aws/translated.ts";

/** What the database says where another try may do better: locks, conflicts, resources, connections. */
const passing =
  /serializ|isolation violation|deadlock|could not obtain lock|timed? ?out|connection|could not complete because of conflict|out of memory|disk full|no space|try again|cancell?ed|aborted by|internal error|restart/i;

/** Exceptions of the Data API itself that are about the moment, not about the request. */
const passingExceptions =
  /Throttl|ActiveStatements|ActiveSessions|InternalServer|Timeout|TooManyRequests|BatchExecuteStatementException|QueryTimeout|DatabaseConnection/;

/**
 * A failed statement named for the decision it asks for. The database's own words may quote rows: only what they are about is
 * told.
 */
export function failedStatement(said: string | undefined, status: string, warehouse: string): InfinityError {
  const text = said ?? "";
  if (status === "ABORTED" || passing.test(text)) {
    return new TransientError(
      `The Redshift warehouse ${warehouse} could not do it now (${status.toLowerCase()}).`,
      "It is tried again; if it stays like this, look at the query history in the Redshift console.",
    );
  }
  if (/permission denied|not authorized|access ?denied|must be owner/i.test(text)) {
    return new SettingError(
      `The Redshift warehouse ${warehouse} does not let us do what is needed.`,
      "The user must be able to create tables, and the role to read the staging folder.",
    );
  }
  return new TerminalError(
    `The Redshift warehouse ${warehouse} refused a statement${place(text)}.`,
    "Nothing of it was written. The query history in the Redshift console has the database's words.",
  );
}

/** The names in quotes of tables, columns and functions: never of values, which stand in quotes of the other kind. */
function place(text: string): string {
  const names =
    /^ERROR: (?:null value in column|Cannot insert a NULL value into column|relation|column|function)[^":]*"?([\w.]+)/i;
  const found = names.exec(text);
  return found ? ` (${found[1]})` : "";
}

/** Somebody else's query that failed: the database's words help the person who wrote it. */
export function failedQuery(said: string | undefined, status: string, warehouse: string): InfinityError {
  if (status === "ABORTED") {
    return new RefusedError("The query took too long and was stopped.", "Ask for less: fewer days, or fewer cafés.");
  }
  if (said === undefined || /connection|internal error/i.test(said)) return failedStatement(said, status, warehouse);
  return new RefusedError(
    `The query could not be run: ${said.replace(/^ERROR: /, "")}`,
    'The tables and columns are in information_schema: try "select table_name, column_name from information_schema.columns".',
  );
}

/** An error of the Data API, S3, the network or this machine's disk. */
export function awsError(error: unknown, warehouse: string): InfinityError {
  const failure = awsFailure(error, `The Redshift warehouse ${warehouse} or its staging folder could not be used`);
  const [name, status = 0] = [awsErrorName(error) ?? "", awsStatus(error)];
  const isRefused = status >= 400 && status < 500 && status !== 429 && !passingExceptions.test(name);
  if (!(failure instanceof TransientError) || failure === error || !isRefused) return failure;
  return new TerminalError(
    `The Data API refused a request for the Redshift warehouse ${warehouse} (${name}).`,
    "Nothing of it was written. Please report this with the code.",
    { cause: error },
  );
}
