import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cafeBook } from "#core/cafes/cafe-book.ts";
import { BusyError } from "#core/errors.ts";
import type { CafeRegistry } from "#core/ports/cafe-registry.ts";

interface RegistryHarness {
  /** Opens the same store again, as another process would. */
  open(): Promise<CafeRegistry>;
  dispose(): Promise<void>;
}

const leeds = {
  name: "Leeds Headrow",
  aliases: ["Leds", "LEEDS: 1"],
  place: { region: "Yorkshire and The Humber", latitude: 53.8, longitude: -1.55 },
  openedOn: "2024-03-01",
  closedOn: "2027-01-01",
  closures: [{ from: "2026-05-04", to: "2026-05-12", reason: "Refit" }],
  owners: [
    { owner: "Ann Example Ltd", from: "2024-03-01", to: "2025-12-31" },
    { owner: "Pat Sample", from: "2026-01-01" },
  ],
};
const book = cafeBook.parse({ closures: [{ from: "2026-12-25", reason: "Christmas Day" }], cafes: { Leeds: leeds } });

/** What every registry of cafés promises. */
export function describeCafeRegistry(name: string, harness: () => Promise<RegistryHarness>): void {
  describe(name, () => {
    let parts: RegistryHarness;
    let registry: CafeRegistry;

    beforeEach(async () => {
      parts = await harness();
      registry = await parts.open();
    });

    afterEach(async () => parts.dispose());

    const write = async (next: typeof book) => registry.replace(next, (await registry.read()).version);

    test("it is empty before anything was written", async () => {
      expect((await registry.read()).book).toEqual({ closures: [], cafes: {} });
    });

    test("it says what was written, also to whoever opens it later", async () => {
      await write(book);
      expect((await registry.read()).book).toEqual(book);
      expect((await (await parts.open()).read()).book).toEqual(book);
    });

    test("a book takes the place of the one before, with all of it", async () => {
      await write(book);
      await write(cafeBook.parse({ cafes: { York: { openedOn: "2026-01-01" } } }));
      expect((await registry.read()).book).toEqual({ closures: [], cafes: { York: { openedOn: "2026-01-01" } } });
      await write(cafeBook.parse({}));
      expect((await registry.read()).book).toEqual({ closures: [], cafes: {} });
    });

    test("of two who change the same reading one is told to try again", async () => {
      const { version } = await registry.read();
      await registry.replace(book, version);
      await expect(registry.replace(cafeBook.parse({}), version)).rejects.toBeInstanceOf(BusyError);
      expect((await registry.read()).book).toEqual(book);
    });

    test("the version is the same while nothing changes", async () => {
      await write(book);
      expect((await registry.read()).version).toBe((await (await parts.open()).read()).version);
      expect(await registry.version()).toBe((await registry.read()).version);
    });

    test.each(['Café №1, "The Best"', "# 12", "yes", "1e3", "2026-01-01", "- x", "a: b", "=1+1", "Leeds\t", " Leeds"])(
      "a café may be called %j",
      async (cafe) => {
        const named = cafeBook.parse({ cafes: { [cafe]: { aliases: [`${cafe} 2`], closedOn: "2026-01-01" } } });
        await write(named);
        expect((await registry.read()).book).toEqual(named);
      },
    );
  });
}
