import { createHmac, createSecretKey, randomBytes } from "node:crypto";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { AccessStore } from "#core/ports/access-store.ts";
import type { Keys } from "#core/ports/keys.ts";
import { type Person, personOf } from "./people.ts";

const minute = 60_000;
const hour = 60 * minute;

/** How long things last, in milliseconds. */
export const lifetimes = {
  /** A sign-in link that nobody uses. */
  link: 15 * minute,
  /** A session that nobody uses. */
  idle: 12 * hour,
  /** A session, however much it is used. */
  absolute: 7 * 24 * hour,
};

/** How old a session's last use may be before it is written again: one write a minute and session, not one a request. */
const touchEvery = minute;

/**
 * Wrong links that are answered and written down, in all: 20 a minute are more than people mistype, and guessing stays hopeless.
 * Addresses are not told apart, since whoever guesses has many.
 */
const mostRefusals = { points: 20, duration: 60 };

/** What became of a link: a session's token, or why there is none. */
export type Redeemed =
  | { readonly session: string }
  /** The link is unknown, used or too old. */
  | { readonly refused: "unknown" }
  /** The same, and so were too many before it. */
  | { readonly refused: "too-many"; readonly waitSeconds: number };

/** Somebody who is signed in. */
export interface Session {
  readonly person: Person;
  /** When it ends unless it is used again, milliseconds since the epoch. */
  readonly expiresAt: number;
}

export interface SignInParts {
  store: AccessStore;
  keys: Keys;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/**
 * The way in: a single-use link, then a session. Tokens are 128 random bits, known to their holder alone; the store has
 * HMAC-SHA-256 of them under the `sessions` key, so that neither a copy of it nor a timing opens a door. A new token is
 * made at every sign-in.
 */
export class SignIn {
  readonly #store: AccessStore;
  readonly #keys: Keys;
  readonly #now: () => number;
  readonly #refusals = new RateLimiterMemory(mostRefusals);

  constructor({ store, keys, now = Date.now }: SignInParts) {
    this.#store = store;
    this.#keys = keys;
    this.#now = now;
  }

  /** Makes a link's token. It works once, within a quarter of an hour. */
  async issueLink(personId = "owner"): Promise<string> {
    const token = newToken();
    await this.#store.sweep(this.#bounds());
    await this.#store.addLink({
      tokenHash: await this.#hash(`link:${token}`),
      personId,
      expiresAt: this.#now() + lifetimes.link,
    });
    return token;
  }

  /**
   * Uses a link up and begins a session. A link that works does so however many wrong ones came before it: whoever guesses
   * must not keep its owner out.
   */
  async redeemLink(token: string): Promise<Redeemed> {
    const now = this.#now();
    const link = await this.#store.takeLink(await this.#hash(`link:${token}`), now);
    const person = link && personOf(link.personId);
    if (!person) return await this.#refuse(now);
    const session = newToken();
    const tokenHash = await this.#hash(`session:${session}`);
    await this.#store.addSession({ tokenHash, personId: person.personId, createdAt: now, lastSeenAt: now });
    await this.#store.record({ at: now, personId: person.personId, action: "signed-in", subject: null });
    return { session };
  }

  /** Beyond {@link mostRefusals} nothing is written down either, or guessing would fill the disk. */
  async #refuse(at: number): Promise<Redeemed> {
    try {
      await this.#refusals.consume("links");
    } catch (reason) {
      if (!(reason instanceof RateLimiterRes)) throw reason;
      return { refused: "too-many", waitSeconds: Math.ceil(reason.msBeforeNext / 1000) };
    }
    await this.#store.record({ at, personId: null, action: "link-refused", subject: null });
    return { refused: "unknown" };
  }

  /** Whose session this is; undefined when it has ended, or its person is gone. Using it keeps it from going idle. */
  async sessionOf(token: string): Promise<Session | undefined> {
    const now = this.#now();
    const tokenHash = await this.#hash(`session:${token}`);
    const known = await this.#store.session(tokenHash);
    if (!known) return undefined;
    const { idleSince, bornSince } = this.#bounds();
    const person = personOf(known.personId);
    if (!person || known.lastSeenAt <= idleSince || known.createdAt <= bornSince) {
      await this.#store.removeSession(tokenHash);
      return undefined;
    }
    if (now - known.lastSeenAt >= touchEvery) await this.#store.touchSession(tokenHash, now);
    return { person, expiresAt: Math.min(now + lifetimes.idle, known.createdAt + lifetimes.absolute) };
  }

  /** Ends a session, here and for any copy of its token. */
  async signOut(token: string): Promise<void> {
    const tokenHash = await this.#hash(`session:${token}`);
    const known = await this.#store.session(tokenHash);
    await this.#store.removeSession(tokenHash);
    if (known)
      await this.#store.record({ at: this.#now(), personId: known.personId, action: "signed-out", subject: null });
  }

  /** Remembers that somebody asked for what is not theirs to see. */
  async auditOutOfScope(person: Person, subject: string): Promise<void> {
    await this.#store.record({ at: this.#now(), personId: person.personId, action: "out-of-scope", subject });
  }

  #bounds() {
    const now = this.#now();
    return { now, idleSince: now - lifetimes.idle, bornSince: now - lifetimes.absolute };
  }

  async #hash(text: string): Promise<string> {
    const key = createSecretKey(await this.#keys.get("sessions"));
    return createHmac("sha256", key).update(text).digest("base64url");
  }
}

function newToken(): string {
  return randomBytes(16).toString("base64url");
}
