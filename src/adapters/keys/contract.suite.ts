import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Keys, keyPurposes } from "#core/ports/keys.ts";

/** What every keeper of keys promises. `open` opens the same place anew, as another process would. */
export function describeKeys(name: string, prepare: () => Promise<{ open(): Keys; dispose(): Promise<void> }>): void {
  describe(`keys in ${name}`, () => {
    let place: Awaited<ReturnType<typeof prepare>>;
    let keys: Keys;

    beforeEach(async () => {
      place = await prepare();
      keys = place.open();
    });

    afterEach(() => place.dispose());

    test("each purpose has a 32-byte key of its own", async () => {
      const made = await Promise.all(keyPurposes.map((purpose) => keys.get(purpose)));
      expect(made.map((key) => key.length)).toEqual([32, 32, 32]);
      expect(new Set(made.map((key) => key.toString("hex"))).size).toBe(3);
    });

    test("a key is made once: asked again, by this process or the next, it is the same", async () => {
      const [first, second] = await Promise.all([keys.get("customers"), keys.get("customers")]);
      expect(second).toEqual(first);
      expect(await place.open().get("customers")).toEqual(first);
    });

    test("two who ask at once for a key nobody has made agree on it", async () => {
      const [one, other] = await Promise.all([keys.get("contents"), place.open().get("contents")]);
      expect(other).toEqual(one);
    });

    test("a caller who wipes the key wipes only their copy", async () => {
      const first = await keys.get("customers");
      const kept = Buffer.from(first);
      first.fill(0);
      expect(await keys.get("customers")).toEqual(kept);
    });

    test("looking at a chain makes nothing; it grows to a length and never shrinks, its first key staying", async () => {
      expect(await keys.chain("customers")).toEqual([]);
      const first = await keys.get("customers");
      await keys.extend("customers", 3);
      await keys.extend("customers", 2);
      const chain = await place.open().chain("customers");
      expect(chain).toHaveLength(3);
      expect(chain[0]).toEqual(first);
      expect(new Set(chain.map((key) => key.toString("hex"))).size).toBe(3);
      expect(await keys.chain("sessions")).toEqual([]);
    });
  });
}
