import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openSqliteAccess } from "#adapters/access/sqlite.ts";
import { openKeys } from "#adapters/keys/folder.ts";
import type { AccessStore } from "#core/ports/access-store.ts";
import { scopeOf } from "./people.ts";
import { lifetimes, SignIn } from "./sign-in.ts";

let home: string;
let store: AccessStore;
let clock: number;
let signIn: SignIn;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "sign-in-"));
  store = openSqliteAccess({ path: join(home, "access.sqlite") });
  clock = Date.UTC(2026, 2, 4);
  signIn = new SignIn({ store, keys: openKeys(home), now: () => clock });
});

afterEach(async () => {
  await store.close();
  rmSync(home, { recursive: true });
});

async function signedIn(): Promise<string> {
  return await sessionFrom(await signIn.issueLink());
}

async function sessionFrom(link: string): Promise<string> {
  const redeemed = await signIn.redeemLink(link);
  if (!("session" in redeemed)) throw new Error(`The link was refused: ${redeemed.refused}.`);
  return redeemed.session;
}

test("a link signs its holder in, once", async () => {
  const link = await signIn.issueLink();
  const session = await sessionFrom(link);
  expect(await signIn.sessionOf(session)).toMatchObject({ person: { role: "owner" } });
  expect(await signIn.redeemLink(link)).toEqual({ refused: "unknown" });
});

test("tokens have 128 bits and are never the same", async () => {
  const [one, other] = [await signIn.issueLink(), await signIn.issueLink()];
  expect(Buffer.from(one, "base64url")).toHaveLength(16);
  expect(one).not.toBe(other);
  expect(await signedIn()).not.toBe(await signedIn());
});

test("a link that lay about too long is refused", async () => {
  const link = await signIn.issueLink();
  clock += lifetimes.link;
  expect(await signIn.redeemLink(link)).toEqual({ refused: "unknown" });
  expect(await store.auditTrail(1)).toMatchObject([{ action: "link-refused", personId: null }]);
});

test("who guesses links is throttled and no longer written down, while the owner's link still works", async () => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] });
  try {
    const link = await signIn.issueLink();
    for (let guess = 0; guess < 20; guess += 1)
      expect(await signIn.redeemLink(`guess-${guess}`)).toEqual({ refused: "unknown" });
    for (let guess = 0; guess < 100; guess += 1)
      expect(await signIn.redeemLink(`more-${guess}`)).toMatchObject({ refused: "too-many" });
    expect(await store.auditTrail(1000)).toHaveLength(20);
    expect(await signIn.sessionOf(await sessionFrom(link))).toMatchObject({ person: { role: "owner" } });
    vi.advanceTimersByTime(60_000);
    expect(await signIn.redeemLink("a minute later")).toEqual({ refused: "unknown" });
  } finally {
    vi.useRealTimers();
  }
});

test("a link's token is no session, and a session's is no link", async () => {
  const link = await signIn.issueLink();
  expect(await signIn.sessionOf(link)).toBeUndefined();
  expect(await signIn.redeemLink(await signedIn())).toEqual({ refused: "unknown" });
});

test("a session ends when nobody uses it", async () => {
  const session = await signedIn();
  clock += lifetimes.idle - 1;
  expect(await signIn.sessionOf(session)).toBeDefined();
  clock += lifetimes.idle;
  expect(await signIn.sessionOf(session)).toBeUndefined();
});

test("a session ends after a week, however much it is used", async () => {
  const session = await signedIn();
  const begun = clock;
  while (clock < begun + lifetimes.absolute - lifetimes.idle / 2) {
    expect(await signIn.sessionOf(session)).toBeDefined();
    clock += lifetimes.idle / 2;
  }
  expect((await signIn.sessionOf(session))?.expiresAt).toBe(begun + lifetimes.absolute);
  clock = begun + lifetimes.absolute;
  expect(await signIn.sessionOf(session)).toBeUndefined();
});

test("signing out ends the session for every copy of its token", async () => {
  const session = await signedIn();
  await signIn.signOut(session);
  await signIn.signOut(session);
  expect(await signIn.sessionOf(session)).toBeUndefined();
  expect((await store.auditTrail(9)).map(({ action }) => action)).toEqual(["signed-out", "signed-in"]);
});

test("the store holds no token, only keyed hashes", async () => {
  const link = await signIn.issueLink();
  const session = await signedIn();
  const bytes = readdirSync(home, { withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => readFileSync(join(home, file.name), "latin1"))
    .join("");
  expect(bytes).toContain("owner");
  expect(bytes).not.toContain(link);
  expect(bytes).not.toContain(session);
});

test("the owner sees every café", () => {
  const person = { personId: "owner", name: "Owner", role: "owner" } as const;
  expect(scopeOf(person, [3, 1, 2]).locationIds).toEqual([1, 2, 3]);
});
