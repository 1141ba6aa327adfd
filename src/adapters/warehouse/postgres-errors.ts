import { DatabaseError } from "pg";
import {
  errorCode,
  InfinityError,
  isDiskFull,
  makeRoom,
  RefusedError,
  SettingError,
  TerminalError,
  TransientError,
} from "#core/errors.ts";

/** SQLSTATE classes where another try may do better: connection, resources, operator, rollback, lock, system. */
const passing = /^(?:08|40|53|55|57|58)/;
/** Who we are, what we may do, which database: for whoever set it up. */
const setUp = /^(?:28|3D|42501)/;

/**
 * An error of the server named for the decision it asks for. Codes and names of tables are told, the server's details never:
 * they quote rows.
 */
export function warehouseError(error: unknown, address: string): InfinityError {
  if (error instanceof InfinityError) return error;
  if (!(error instanceof DatabaseError)) {
    if (isDiskFull(error)) {
      return new TransientError(
        `What goes to or comes from the warehouse at ${address} found no room: this machine's disk is full.`,
        `${makeRoom}; then it is tried again.`,
      );
    }
    return new TransientError(
      `The warehouse at ${address} could not be reached, or the connection broke${codeOf(error)}.`,
      "See that the server is up; what was not finished is tried again, and the ledger knows what was.",
    );
  }
  const { code = "" } = error;
  const where = [error.table, error.column, error.constraint].filter(Boolean).join(", ");
  const what = `SQLSTATE ${code}${where ? `, ${where}` : ""}`;
  if (passing.test(code)) {
    return new TransientError(
      `The warehouse at ${address} could not do it now (${what}).`,
      "It is tried again; if it stays like this, look into the server's log.",
    );
  }
  if (setUp.test(code)) {
    return new SettingError(
      `The warehouse at ${address} does not let us in, or not do what is needed (${what}).`,
      "Check the user, the password, the database's name and the user's rights: it must be able to create tables.",
    );
  }
  // Words about the statement itself are ours; words about values may quote them.
  const said = code.startsWith("42") ? `: ${error.message}` : "";
  return new TerminalError(
    `The warehouse at ${address} refused a statement (${what})${said}.`,
    "Nothing of it was written. Please report this with the code.",
  );
}

/** The server's own words help the person who wrote the query; the warehouse holds nothing personal to quote. */
export function queryError(error: unknown, address: string): InfinityError {
  if (!(error instanceof DatabaseError) || /^(?:08|28|3D|53|58)/.test(error.code ?? "")) {
    return warehouseError(error, address);
  }
  if (error.code === "57014") {
    return new RefusedError("The query took too long and was stopped.", "Ask for less: fewer days, or fewer cafés.");
  }
  return new RefusedError(
    `The query could not be run: ${error.message}`,
    'The tables and columns are in information_schema: try "select table_name, column_name from information_schema.columns".',
  );
}

function codeOf(error: unknown): string {
  const code = errorCode(error);
  return code === undefined ? "" : ` (${code})`;
}
