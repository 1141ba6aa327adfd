import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SuppressionList } from "#core/ports/suppression-list.ts";

/** What every suppression list promises. `open` gives the same list each time; `dispose` removes it. */
export function describeSuppressionList(
  name: string,
  prepare: () => Promise<{ open(): Promise<SuppressionList>; dispose(): Promise<void> }>,
): void {
  describe(`a suppression list in ${name}`, () => {
    let place: Awaited<ReturnType<typeof prepare>>;
    let list: SuppressionList;

    beforeEach(async () => {
      place = await prepare();
      list = await place.open();
    });

    afterEach(async () => {
      await list.close();
      await place.dispose();
    });

    const [one, other] = [2n ** 63n - 1n, 7n];
    const on = (customerHash: bigint, settled: boolean, keyFingerprint = "keys") => ({
      customerHash,
      keyFingerprint,
      settled,
    });

    test("is empty at first", async () => {
      expect(await list.all()).toEqual([]);
    });

    test("keeps ids of 63 bits to the last bit, after it was opened again too", async () => {
      await list.add([one, other], "keys");
      await list.close();
      list = await place.open();
      expect(await list.all()).toEqual([on(other, false), on(one, false)]);
    });

    test("somebody is settled when told so, and not any more once added again", async () => {
      await list.add([one, other], "keys");
      await list.settle([one, 99n]);
      expect(await list.all()).toEqual([on(other, false), on(one, true)]);
      await list.add([one], "keys");
      expect(await list.all()).toEqual([on(other, false), on(one, false)]);
    });

    test("new ids take the place of the old, settled or not as before", async () => {
      await list.add([one, other], "keys");
      await list.settle([one]);
      // One's new id is the other's old one: neither may get lost.
      await list.renumber(
        new Map([
          [one, other],
          [other, 5n],
          [99n, 98n],
        ]),
        "new keys",
      );
      expect(await list.all()).toEqual([on(5n, false, "new keys"), on(other, true, "new keys")]);
    });

    test("adding or settling nobody changes nothing", async () => {
      await list.add([], "keys");
      await list.settle([]);
      await list.renumber(new Map(), "keys");
      expect(await list.all()).toEqual([]);
    });

    test("closing twice does nothing", async () => {
      await list.close();
      await list.close();
      list = await place.open();
    });
  });
}
