import { chmodSync, readFileSync } from "node:fs";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { SettingError } from "#core/errors.ts";
import type { AccessStore, AuditEvent, SessionRecord, SignInLink } from "#core/ports/access-store.ts";

const schema = readFileSync(new URL("./sqlite.sql", import.meta.url), "utf8");

/**
 * The access store in one SQLite file, which only its owner may read. What was written is on disk when the promise settles.
 *
 * @throws SettingError when the file cannot be opened as one.
 */
export function openSqliteAccess({ path }: { path: string }): AccessStore {
  const db = openDatabase(path);
  const run = (sql: string, ...values: SQLInputValue[]) => {
    db.prepare(sql).run(...values);
  };
  return {
    async addLink({ tokenHash, personId, expiresAt }) {
      run(
        "insert into sign_in_links (token_hash, person_id, expires_at) values (?, ?, ?)",
        tokenHash,
        personId,
        expiresAt,
      );
    },
    async takeLink(tokenHash, now) {
      // One statement reads and removes it, so that no second caller can come in between.
      const row = db
        .prepare("delete from sign_in_links where token_hash = ? returning token_hash, person_id, expires_at")
        .get(tokenHash) as { token_hash: string; person_id: string; expires_at: number } | undefined;
      if (row === undefined || row.expires_at <= now) return undefined;
      return { tokenHash: row.token_hash, personId: row.person_id, expiresAt: row.expires_at } satisfies SignInLink;
    },
    async addSession({ tokenHash, personId, createdAt, lastSeenAt }) {
      const sql = "insert into sessions (token_hash, person_id, created_at, last_seen_at) values (?, ?, ?, ?)";
      run(sql, tokenHash, personId, createdAt, lastSeenAt);
    },
    async session(tokenHash) {
      const row = db
        .prepare("select person_id, created_at, last_seen_at from sessions where token_hash = ?")
        .get(tokenHash) as { person_id: string; created_at: number; last_seen_at: number } | undefined;
      if (row === undefined) return undefined;
      const { person_id: personId, created_at: createdAt, last_seen_at: lastSeenAt } = row;
      return { tokenHash, personId, createdAt, lastSeenAt } satisfies SessionRecord;
    },
    async touchSession(tokenHash, lastSeenAt) {
      run("update sessions set last_seen_at = max(last_seen_at, ?) where token_hash = ?", lastSeenAt, tokenHash);
    },
    async removeSession(tokenHash) {
      run("delete from sessions where token_hash = ?", tokenHash);
    },
    async removeSessionsOf(personId) {
      run("delete from sessions where person_id = ?", personId);
    },
    async sweep({ now, idleSince, bornSince }) {
      run("delete from sign_in_links where expires_at <= ?", now);
      run("delete from sessions where last_seen_at < ? or created_at < ?", idleSince, bornSince);
    },
    async record({ at, personId, action, subject }) {
      run(
        "insert into audit_events (at, person_id, action, subject) values (?, ?, ?, ?)",
        at,
        personId,
        action,
        subject,
      );
    },
    async auditTrail(limit) {
      const rows = db
        .prepare("select at, person_id, action, subject from audit_events order by id desc limit ?")
        .all(limit) as { at: number; person_id: string | null; action: string; subject: string | null }[];
      return rows.map(
        ({ at, person_id: personId, action, subject }): AuditEvent => ({ at, personId, action, subject }),
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
    db = new DatabaseSync(path, { timeout: 5000 });
    if (process.platform !== "win32") chmodSync(path, 0o600);
    db.exec(`pragma journal_mode = wal; pragma synchronous = full; ${schema}`);
    return db;
  } catch (error) {
    db?.close();
    throw new SettingError(
      `The accounts file ${path} cannot be opened.`,
      "Check that its folder can be written to, and that it is the accounts file of this home folder.",
      { cause: error },
    );
  }
}
