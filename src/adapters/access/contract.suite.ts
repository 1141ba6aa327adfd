import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { AccessStore } from "#core/ports/access-store.ts";

/** What every access store promises. `open` gives the same store each time; `dispose` removes it. */
export function describeAccessStore(
  name: string,
  prepare: () => Promise<{ open(): Promise<AccessStore>; dispose(): Promise<void> }>,
): void {
  describe(`an access store in ${name}`, () => {
    let place: Awaited<ReturnType<typeof prepare>>;
    let store: AccessStore;

    beforeEach(async () => {
      place = await prepare();
      store = await place.open();
    });

    afterEach(async () => {
      await store.close();
      await place.dispose();
    });

    const link = { tokenHash: "link", personId: "owner", expiresAt: 2000 };
    const session = { tokenHash: "session", personId: "owner", createdAt: 1000, lastSeenAt: 1000 };

    test("a link is used once", async () => {
      await store.addLink(link);
      expect(await store.takeLink("link", 1999)).toEqual(link);
      expect(await store.takeLink("link", 1999)).toBeUndefined();
    });

    test("of many who use a link at the same moment one gets it", async () => {
      await store.addLink(link);
      const taken = await Promise.all(Array.from({ length: 8 }, () => store.takeLink("link", 0)));
      expect(taken.filter(Boolean)).toHaveLength(1);
    });

    test("an expired link is no link, and trying it uses it up", async () => {
      await store.addLink(link);
      expect(await store.takeLink("link", 2000)).toBeUndefined();
      expect(await store.takeLink("link", 0)).toBeUndefined();
    });

    test("a session is found until it is removed, and after the store was opened again", async () => {
      await store.addSession(session);
      await store.close();
      store = await place.open();
      expect(await store.session("session")).toEqual(session);
      await store.removeSession("session");
      await store.removeSession("session");
      expect(await store.session("session")).toBeUndefined();
    });

    test("a session's last use moves forward only", async () => {
      await store.addSession(session);
      await store.touchSession("session", 1500);
      await store.touchSession("session", 1200);
      await store.touchSession("another", 9999);
      expect(await store.session("session")).toEqual({ ...session, lastSeenAt: 1500 });
    });

    test("all sessions of a person end together, and nobody else's", async () => {
      await store.addSession(session);
      await store.addSession({ ...session, tokenHash: "phone" });
      await store.addSession({ ...session, tokenHash: "other", personId: "sam" });
      await store.removeSessionsOf("owner");
      expect(await store.session("session")).toBeUndefined();
      expect(await store.session("phone")).toBeUndefined();
      expect(await store.session("other")).toMatchObject({ personId: "sam" });
    });

    test("sweeping forgets what is over and keeps the rest", async () => {
      await store.addLink(link);
      await store.addLink({ ...link, tokenHash: "fresh", expiresAt: 9000 });
      await store.addSession({ ...session, tokenHash: "idle", lastSeenAt: 1000 });
      await store.addSession({ ...session, tokenHash: "old", createdAt: 10, lastSeenAt: 4000 });
      await store.addSession({ ...session, tokenHash: "live", createdAt: 3000, lastSeenAt: 4000 });
      await store.sweep({ now: 5000, idleSince: 2000, bornSince: 500 });
      expect(await store.takeLink("link", 0)).toBeUndefined();
      expect(await store.takeLink("fresh", 5000)).toBeDefined();
      expect(await store.session("idle")).toBeUndefined();
      expect(await store.session("old")).toBeUndefined();
      expect(await store.session("live")).toBeDefined();
    });

    test("the audit trail is newest first", async () => {
      const events = [1, 2, 3].map((at) => ({
        at,
        personId: at === 2 ? null : "owner",
        action: "signed-in",
        subject: null,
      }));
      for (const event of events) await store.record(event);
      expect(await store.auditTrail(2)).toEqual([events[2], events[1]]);
    });
  });
}
