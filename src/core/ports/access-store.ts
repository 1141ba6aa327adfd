/** A way in for one person, once. Only the token's hash is kept. Times are milliseconds since the epoch. */
export interface SignInLink {
  readonly tokenHash: string;
  readonly personId: string;
  readonly expiresAt: number;
}

/** Somebody signed in, in one browser. Only the token's hash is kept. Times are milliseconds since the epoch. */
export interface SessionRecord {
  readonly tokenHash: string;
  readonly personId: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
}

/** Something worth remembering about who did what. No secrets and no customers, ever. */
export interface AuditEvent {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Null when nobody was signed in. */
  readonly personId: string | null;
  /** A word such as `signed-in` or `out-of-scope`. */
  readonly action: string;
  /** What it was about: a path, a café's id. */
  readonly subject: string | null;
}

/**
 * Who is let in: sign-in links, sessions and the audit trail. People, roles and grants of cafés join them here when accounts
 * come. Small, and outside the warehouse, so that it may be SQLite on one machine and DynamoDB at scale.
 */
export interface AccessStore {
  addLink(link: SignInLink): Promise<void>;
  /**
   * Uses a link up: the link, or undefined when there is none or it has expired. It is gone either way; of two callers at
   * the same moment one gets it.
   */
  takeLink(tokenHash: string, now: number): Promise<SignInLink | undefined>;
  addSession(session: SessionRecord): Promise<void>;
  session(tokenHash: string): Promise<SessionRecord | undefined>;
  /** Moves a session's last use forward, never back. No effect when it has ended. */
  touchSession(tokenHash: string, lastSeenAt: number): Promise<void>;
  /** No error when it has ended already. */
  removeSession(tokenHash: string): Promise<void>;
  removeSessionsOf(personId: string): Promise<void>;
  /** Forgets links that expired before `now`, and sessions last used before `idleSince` or begun before `bornSince`. */
  sweep(times: { now: number; idleSince: number; bornSince: number }): Promise<void>;
  record(event: AuditEvent): Promise<void>;
  /** The latest events, newest first. */
  auditTrail(limit: number): Promise<AuditEvent[]>;
  close(): Promise<void>;
}
