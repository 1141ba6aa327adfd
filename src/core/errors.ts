/**
 * Errors are named for the decision they ask for. A message says what happened and to which file or café; `next` says
 * what to do about it. Neither ever holds a customer's data: engine errors quote row values, so they are never passed on.
 */
export class InfinityError extends Error {
  /** What the reader should do now, as a full sentence. */
  readonly next: string;

  constructor(message: string, next: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.next = next;
  }
}

/** A setting is wrong: the person who started the command must change it. */
export class SettingError extends InfinityError {}

/** The command was called with something it cannot do, such as a query that is not a SELECT. */
export class RefusedError extends InfinityError {}

/** Somebody else holds what is needed (the warehouse, a run): wait or use theirs. */
export class BusyError extends InfinityError {}

/** Trying the same thing again may work: the message goes back to its queue. */
export class TransientError extends InfinityError {}

/** Trying again will not help: the message goes to the dead letters. */
export class TerminalError extends InfinityError {}

/**
 * What is said of an error that nobody foresaw, whatever was asked for. Other code's message may quote a row of a till file, so only
 * its kind is shown.
 */
export function unforeseen(error: unknown, where: string): InfinityError {
  const kind = error instanceof Error ? error.name : typeof error;
  return new InfinityError(
    `Something went wrong inside ${where} (${kind}).`,
    "Try the same again: nothing is done twice. If it happens every time, tell whoever looks after Infinity the word in brackets.",
  );
}

/** The warehouse's own file cannot be read any more, or is gone: it must be restored, or made anew. */
export class DamagedWarehouseError extends InfinityError {}

/** What to do about a full disk of this machine, which may be a function's. */
export const makeRoom = "Make room (a function's /tmp can be given more)";

/** Whether what failed is that a disk of this machine is full, as Node or an engine says it. */
export function isDiskFull(error: unknown): boolean {
  if (/^(?:ENOSPC|EDQUOT|EFBIG)$/.test(errorCode(error) ?? "")) return true;
  return error instanceof Error && /No space left|File too large|disk is full|disk quota/i.test(error.message);
}

/** The code of an error raised by Node or SQLite, such as `ENOENT`; undefined when it has none. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
