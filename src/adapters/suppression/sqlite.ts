import { chmodSync, readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { SettingError, TransientError } from "#core/errors.ts";
import type { SuppressionList } from "#core/ports/suppression-list.ts";

const schema = readFileSync(new URL("./sqlite.sql", import.meta.url), "utf8");

interface Row {
  customer_hash: bigint;
  key_fingerprint: string;
  settled: bigint;
}

/**
 * The suppression list in one SQLite file, which only its owner may read.
 *
 * @throws SettingError when the file cannot be opened as one.
 */
export function openSqliteSuppression({ path }: { path: string }): SuppressionList {
  const db = openDatabase(path);
  const transact = (work: () => void) => {
    try {
      db.exec("begin immediate");
      work();
      db.exec("commit");
    } catch (error) {
      if (db.isTransaction) db.exec("rollback");
      throw new TransientError(
        `The suppression list ${path} could not be written: it says what it said before.`,
        "Check the disk's space and permissions. If the file was removed or replaced while `infinity serve` runs, start that again. Then try again.",
        { cause: error },
      );
    }
  };
  return {
    async all() {
      return readRows(db, path).map((row) => ({
        customerHash: row.customer_hash,
        keyFingerprint: row.key_fingerprint,
        settled: row.settled === 1n,
      }));
    },
    async add(customerHashes, keyFingerprint) {
      const insert = db.prepare("insert or replace into suppressed_customers values (?, ?, 0)");
      transact(() => {
        for (const hash of customerHashes) insert.run(hash, keyFingerprint);
      });
    },
    async settle(customerHashes) {
      const update = db.prepare("update suppressed_customers set settled = 1 where customer_hash = ?");
      transact(() => {
        for (const hash of customerHashes) update.run(hash);
      });
    },
    async renumber(changes, keyFingerprint) {
      const remove = db.prepare("delete from suppressed_customers where customer_hash = ? returning settled");
      const insert = db.prepare("insert or replace into suppressed_customers values (?, ?, ?)");
      transact(() => {
        const found = [...changes].map(([from, to]) => ({
          to,
          row: remove.get(from) as { settled: number } | undefined,
        }));
        for (const { to, row } of found) if (row) insert.run(to, keyFingerprint, row.settled);
      });
    },
    async close() {
      if (db.isOpen) db.close();
    },
  };
}

function openDatabase(path: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { timeout: 5000 });
    if (process.platform !== "win32") chmodSync(path, 0o600);
    // One file and no log beside it, so that a copy of the file is a copy of the list; ids that were replaced are wiped.
    db.exec(`pragma journal_mode = delete; pragma synchronous = full; pragma secure_delete = on; ${schema}`);
    return db;
  } catch (error) {
    db?.close();
    throw unreadable(path, error);
  }
}

function readRows(db: DatabaseSync, path: string): Row[] {
  try {
    const select = db.prepare(
      "select customer_hash, key_fingerprint, settled from suppressed_customers order by customer_hash",
    );
    select.setReadBigInts(true);
    return select.all() as unknown as Row[];
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, cause: unknown): SettingError {
  return new SettingError(
    `The suppression list ${path} cannot be read.`,
    "Put it back from a backup. Without it, customers who asked to be forgotten would come back.",
    { cause },
  );
}
