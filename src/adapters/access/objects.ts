import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { AccessStore, AuditEvent, SessionRecord, SignInLink } from "#core/ports/access-store.ts";
import type { Storage } from "#core/ports/storage.ts";
import { storeText } from "#core/store-text.ts";

const link = z.object({ tokenHash: z.string(), personId: z.string(), expiresAt: z.number() });
const session = z.object({
  tokenHash: z.string(),
  personId: z.string(),
  createdAt: z.number(),
  lastSeenAt: z.number(),
});
const event = z.object({
  at: z.number(),
  personId: z.string().nullable(),
  action: z.string(),
  subject: z.string().nullable(),
});

/**
 * The access store as small objects of a store, one a link, session or event. Simple, and enough for the few people who sign in
 * by link. What it cannot promise: of two machines that use the same link within the same few milliseconds both may get it,
 * since a store has no "remove, and say whether it was there". Within one process only one does.
 */
export function openStoredAccess(storage: Storage): AccessStore {
  /** One at a time: what reads and removes must not be interleaved. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const own = last.then(work);
    last = own.catch(() => undefined);
    return own;
  };
  const read = async <T>(key: string, shape: z.ZodType<T>): Promise<T | undefined> =>
    (await storage.stat(key)) === undefined
      ? undefined
      : shape.parse(JSON.parse((await storage.read(key)).toString("utf8")));
  const write = (key: string, value: SignInLink | SessionRecord | AuditEvent) =>
    storeText(storage, key, JSON.stringify(value));
  const keysBelow = async (folder: string) =>
    (await storage.list()).map(({ key }) => key).filter((key) => key.startsWith(`${folder}/`));
  const removeWhere = async <T>(folder: string, shape: z.ZodType<T>, condition: (value: T) => boolean) => {
    for (const key of await keysBelow(folder)) {
      const value = await read(key, shape);
      if (value !== undefined && condition(value)) await storage.remove(key);
    }
  };
  return {
    addLink: (value) => write(linkKey(value.tokenHash), value),
    takeLink: (tokenHash, now) =>
      inTurn(async () => {
        const found = await read(linkKey(tokenHash), link);
        await storage.remove(linkKey(tokenHash));
        return found === undefined || found.expiresAt <= now ? undefined : found;
      }),
    addSession: (value) => write(sessionKey(value.tokenHash), value),
    session: (tokenHash) => read(sessionKey(tokenHash), session),
    touchSession: (tokenHash, lastSeenAt) =>
      inTurn(async () => {
        const known = await read(sessionKey(tokenHash), session);
        if (known && known.lastSeenAt < lastSeenAt) await write(sessionKey(tokenHash), { ...known, lastSeenAt });
      }),
    removeSession: (tokenHash) => inTurn(() => storage.remove(sessionKey(tokenHash))),
    removeSessionsOf: (personId) => removeWhere("sessions", session, (value) => value.personId === personId),
    async sweep({ now, idleSince, bornSince }) {
      await removeWhere("links", link, ({ expiresAt }) => expiresAt <= now);
      const isOver = ({ lastSeenAt, createdAt }: SessionRecord) => lastSeenAt < idleSince || createdAt < bornSince;
      await removeWhere("sessions", session, isOver);
    },
    record: (value) => write(`events/${String(value.at).padStart(16, "0")}-${randomUUID()}.json`, value),
    async auditTrail(limit) {
      const newest = (await keysBelow("events")).reverse().slice(0, limit);
      const events = await Promise.all(newest.map((key) => read(key, event)));
      return events.filter((value) => value !== undefined);
    },
    async close() {},
  };
}

/** Hashes of tokens are base64url: fit for a key as they are. */
function linkKey(tokenHash: string): string {
  return `links/${tokenHash}.json`;
}

function sessionKey(tokenHash: string): string {
  return `sessions/${tokenHash}.json`;
}
