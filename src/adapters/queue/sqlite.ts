import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import type { z } from "zod";
import { errorCode, InfinityError, SettingError, TerminalError, TransientError } from "#core/errors.ts";
import type { DeadLetter, Delivery, Queue } from "#core/ports/queue.ts";

const schema = readFileSync(new URL("./sqlite.sql", import.meta.url), "utf8");

/** How long one process waits while another writes, in milliseconds. */
const busyTimeoutMs = 10_000;
const sqliteBusy = 5;

export interface SqliteQueueOptions<Body> {
  /** The database file; several queues may share one. */
  path: string;
  name: string;
  /** What a message must look like, on its way in and on its way out. */
  body: z.ZodType<Body>;
  visibilityMs: number;
  maxReceives: number;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** A queue in a file knows one thing Amazon SQS does not: whether anybody else can be at work on it. */
export interface SqliteQueue<Body> extends Queue<Body> {
  /**
   * What a dead process had in flight becomes visible at once, and its receipts lose their power. Only for the sole owner
   * of the file, at start-up: anyone else would take work out of living hands. Receive counts stay, since a message that
   * kills its process is poison too. Returns how many.
   */
  releaseInFlight(): Promise<number>;
}

interface MessageRow {
  id: number;
  body: string;
  receive_count: number;
}

/**
 * A durable queue in an SQLite file: what was sent is on disk when `send` returns. Oldest first, as a habit and not as a
 * promise.
 *
 * @throws SettingError when the file cannot be opened as a queue.
 */
export function openSqliteQueue<Body>(options: SqliteQueueOptions<Body>): SqliteQueue<Body> {
  const { name, visibilityMs, maxReceives, now = Date.now } = options;
  const db = openDatabase(options.path);
  const run = (sql: string, ...values: SQLInputValue[]) => Number(db.prepare(sql).run(...values).changes);
  const rows = <R>(sql: string, ...values: SQLInputValue[]) => db.prepare(sql).all(...values) as R[];

  const transact = <T>(work: () => T): T => {
    try {
      db.exec("begin immediate");
      const result = work();
      db.exec("commit");
      return result;
    } catch (error) {
      if (db.isOpen && db.isTransaction) db.exec("rollback");
      throw translated(error, name);
    }
  };

  const parse = (text: string): Body | undefined => {
    try {
      return options.body.safeParse(JSON.parse(text)).data;
    } catch {
      return undefined;
    }
  };

  const buryWhere = (condition: string, reason: string, ...values: SQLInputValue[]) => {
    run(
      `insert into dead_letters (queue, body, reason, died_at)
       select queue, body, ?, ? from messages where queue = ? and ${condition} order by id`,
      ...[reason, now(), name, ...values],
    );
    run(`delete from messages where queue = ? and ${condition}`, name, ...values);
  };

  const deliver = (message: MessageRow, body: Body, at: number): Delivery<Body> => {
    const receipt = randomUUID();
    run(
      "update messages set receipt = ?, receive_count = receive_count + 1, visible_at = ? where id = ?",
      ...[receipt, at + visibilityMs, message.id],
    );
    return { body, receipt, receiveCount: message.receive_count + 1 };
  };

  return {
    name,
    async send(bodies) {
      const texts = bodies.map((body) => {
        const text = JSON.stringify(body);
        if (parse(text) === undefined) throw misshapen(name);
        return text;
      });
      transact(() => {
        const insert = db.prepare("insert into messages (queue, body, visible_at) values (?, ?, ?)");
        for (const text of texts) insert.run(name, text, now());
      });
    },
    async receive(max) {
      return transact(() => {
        // One time for all of it, or a message could come of age between being counted and being handed out.
        const at = now();
        buryWhere("visible_at <= ? and receive_count >= ?", "too_many_receives", at, maxReceives);
        const deliveries: Delivery<Body>[] = [];
        const next =
          "select id, body, receive_count from messages where queue = ? and visible_at <= ? order by id limit ?";
        // What cannot be read makes room for what can, so look again until nothing is left or the hands are full.
        for (let missing = max; missing > 0; missing = max - deliveries.length) {
          const found = rows<MessageRow>(next, name, at, missing);
          for (const message of found) {
            const body = parse(message.body);
            if (body === undefined) buryWhere("id = ?", "unreadable_message", message.id);
            else deliveries.push(deliver(message, body, at));
          }
          if (found.length < missing) break;
        }
        return deliveries;
      });
    },
    async acknowledge(receipt) {
      transact(() => run("delete from messages where queue = ? and receipt = ?", name, receipt));
    },
    async giveBack(receipt, delayMs) {
      const visibleAt = Math.ceil(now() + Math.max(0, delayMs));
      transact(() =>
        run(
          "update messages set receipt = null, visible_at = ? where queue = ? and receipt = ?",
          visibleAt,
          name,
          receipt,
        ),
      );
    },
    async bury(receipt, reason) {
      transact(() => buryWhere("receipt = ?", reason, receipt));
    },
    async depth() {
      const sql = `select
          (select count(*) from messages where queue = :name) as alive,
          (select count(*) from messages where queue = :name and receipt is not null and visible_at > :now) as in_flight,
          (select count(*) from dead_letters where queue = :name) as dead`;
      return guarded(name, () => {
        const counts = db.prepare(sql).get({ name, now: now() }) as { alive: number; in_flight: number; dead: number };
        return { waiting: counts.alive - counts.in_flight, inFlight: counts.in_flight, dead: counts.dead };
      });
    },
    async deadLetters() {
      const sql = "select body, reason, died_at from dead_letters where queue = ? order by id";
      const letters = guarded(name, () => rows<{ body: string; reason: string; died_at: number }>(sql, name));
      return letters.map(
        ({ body, reason, died_at }): DeadLetter<Body> => ({ body: parse(body), reason, diedAt: died_at }),
      );
    },
    async redrive() {
      return transact(() => {
        run(
          "insert into messages (queue, body, visible_at) select queue, body, ? from dead_letters where queue = ? order by id",
          ...[now(), name],
        );
        return run("delete from dead_letters where queue = ?", name);
      });
    },
    async releaseInFlight() {
      return transact(() =>
        run(
          "update messages set receipt = null, visible_at = ? where queue = ? and receipt is not null and visible_at > ?",
          ...[now(), name, now()],
        ),
      );
    },
    async close() {
      if (db.isOpen) db.close();
    },
  };
}

function openDatabase(path: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { timeout: busyTimeoutMs });
    switchToWal(db);
    db.exec("pragma synchronous = full");
    db.exec(`begin immediate; ${schema} commit`);
    return db;
  } catch (error) {
    db?.close();
    throw new SettingError(
      `The queue file ${path} cannot be opened (${describe(error)}).`,
      "Check that its folder exists and can be written to, and that no other program holds it. If it is damaged, remove it: the next run finds again what was not loaded.",
      { cause: error },
    );
  }
}

/** SQLite does not wait for its lock here when two processes switch a new file at the same moment, so we do. */
function switchToWal(db: DatabaseSync): void {
  const deadline = performance.now() + busyTimeoutMs;
  for (;;) {
    try {
      db.exec("pragma journal_mode = wal");
      return;
    } catch (error) {
      if (primaryCode(error) !== sqliteBusy || performance.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function misshapen(name: string): TerminalError {
  return new TerminalError(
    `A message for the queue ${name} does not have that queue's shape.`,
    "This is a fault in the tracker; please report it.",
  );
}

function guarded<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translated(error, name);
  }
}

function translated(error: unknown, name: string): unknown {
  if (error instanceof InfinityError || errorCode(error) !== "ERR_SQLITE_ERROR") return error;
  return new TransientError(
    `The queue ${name} could not be used (${describe(error)}).`,
    "Check the disk's space and permissions; it will be tried again.",
    { cause: error },
  );
}

/** SQLite's error number without its details, which are in the higher bits. */
function primaryCode(error: unknown): number | undefined {
  return error instanceof Error && "errcode" in error ? Number(error.errcode) & 0xff : undefined;
}

/** SQLite's own words name files, tables and columns, never values. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const code = primaryCode(error);
  return code === undefined ? error.message : `SQLite ${code}: ${error.message}`;
}
