import {
  BusyError,
  DamagedWarehouseError,
  InfinityError,
  isDiskFull,
  RefusedError,
  TransientError,
} from "#core/errors.ts";

/** Every block of a database has a checksum, and its place in the file: what is wrong or missing is found when it is read. */
const damaged =
  /not a valid DuckDB database file|Corrupt database file|Serialization Error|Failure while replaying WAL|Could not read enough bytes from file "([^"]*)"/;

/** In words of ours where an error says that the warehouse's own file is damaged; undefined for any other error. */
function damageOf(error: unknown, path: string): InfinityError | undefined {
  const found = damaged.exec(textOf(error));
  // A staged file that ends too early says the same of itself.
  if (found === null || (found[1] !== undefined && !found[1].startsWith(path))) return undefined;
  return new DamagedWarehouseError(
    `The warehouse ${path} is damaged.`,
    "Run `npx infinity rebuild`: it makes it anew from the cleaned data, and keeps the damaged one beside it.",
    { cause: error },
  );
}

/** Why the file could not be opened. */
export function openingError(error: unknown, path: string): InfinityError {
  const damage = damageOf(error, path);
  if (damage) return damage;
  if (/Could not set lock|Conflicting lock|used by another process/i.test(textOf(error))) {
    return new BusyError(
      `The warehouse ${path} is open in another process.`,
      "Wait until that one has finished, then try again.",
      { cause: error },
    );
  }
  return new TransientError(
    `The warehouse ${path} could not be opened.`,
    "Check the disk and the file's permissions.",
    { cause: error },
  );
}

/** What is the disk's fault, in words of ours and worth another try; after some such errors the engine wants to be opened again. */
export function translated(error: unknown, path: string): unknown {
  if (error instanceof InfinityError) return error;
  const text = textOf(error);
  if (isDiskFull(error)) {
    return new TransientError("The warehouse could not be written: its disk is full.", "Make room, then run again.", {
      cause: error,
    });
  }
  const damage = damageOf(error, path);
  if (damage) return damage;
  if (/\b(IO|FATAL) Error/.test(text)) {
    return new TransientError(
      "The warehouse could not be read or written.",
      "Check its disk's space and permissions, then run again.",
      { cause: error },
    );
  }
  return error;
}

/** The engine's own words help the person who wrote the query; the warehouse holds nothing personal to quote. */
export function refusal(error: unknown, path: string): InfinityError {
  const damage = damageOf(error, path);
  if (damage) return damage;
  const text = error instanceof Error ? (error.message.split("\n\n")[0] ?? "") : String(error);
  return new RefusedError(
    `The query could not be run: ${text.trim()}`,
    'The tables and columns are in information_schema: try "select table_name, column_name from information_schema.columns".',
  );
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}
