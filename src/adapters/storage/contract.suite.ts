import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { TerminalError } from "#core/errors.ts";
import type { Storage, StoredObject } from "#core/ports/storage.ts";

/** An empty store under test. */
export interface StorageFixture {
  /** A handle on the store; each call opens another. */
  open(): Promise<Storage>;
  dispose(): Promise<void>;
}

/** What every store promises. An adapter's test calls this with a way to make an empty store. */
export function describeStorage(name: string, make: () => Promise<StorageFixture>): void {
  describe(`${name} keeps the storage contract`, () => {
    let fixture: StorageFixture;
    let storage: Storage;

    beforeEach(async () => {
      fixture = await make();
      storage = await fixture.open();
    });

    afterEach(() => fixture.dispose());

    const draft = async (content: string | Buffer, file = "draft") => {
      const path = join(await storage.scratch(), file);
      await writeFile(path, content);
      return path;
    };
    const put = async (key: string, content: string | Buffer) => storage.adopt(key, await draft(content));
    const keys = async () => (await storage.list()).map((object) => object.key);

    test("an empty store lists nothing", async () => {
      expect(await storage.list()).toEqual([]);
    });

    test("an adopted file is read back byte for byte and has left its old place", async () => {
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
      const path = await draft(bytes);
      await storage.adopt("2026/01/leeds.csv", path);
      expect(await storage.read("2026/01/leeds.csv")).toEqual(bytes);
      await expect(stat(path)).rejects.toMatchObject({ code: "ENOENT" });
    });

    test("a listing is in key order, whatever the extension, with each object's size", async () => {
      for (const key of ["b.txt", "a/2.csv", "a/10.csv", "a.csv", "Z", "é£ 1.parquet"]) await put(key, key);
      const listed = await storage.list();
      expect(listed.map((object) => object.key)).toEqual([
        "Z",
        "a.csv",
        "a/10.csv",
        "a/2.csv",
        "b.txt",
        "é£ 1.parquet",
      ]);
      for (const object of listed) expect(object.size).toBe(Buffer.byteLength(object.key));
    });

    test("a listing tells of each object once while it goes on", async () => {
      for (const key of ["b.csv", "a/1.csv", "a/2.csv", "a/b/c.csv", "c/d.csv"]) await put(key, key);
      const told: StoredObject[] = [];
      const listed = await storage.list((objects) => void told.push(...objects));
      expect(told.sort((one, other) => (one.key < other.key ? -1 : 1))).toEqual(listed);
    });

    test("stat says what a listing says, in whole milliseconds", async () => {
      await put("a/b.csv", "hello");
      const [listed] = await storage.list();
      expect(await storage.stat("a/b.csv")).toEqual(listed);
      expect(listed?.modifiedAt).toSatisfy(Number.isSafeInteger);
    });

    test("stat of what is not there, of a folder and of an unsafe key is undefined", async () => {
      await put("a/b.csv", "hello");
      for (const key of ["a/c.csv", "a", "a/b.csv/c", "../a", ""]) expect(await storage.stat(key)).toBeUndefined();
    });

    test("adopting under a key that is taken replaces the object", async () => {
      await put("a.csv", "first");
      await put("a.csv", "the second");
      expect((await storage.read("a.csv")).toString()).toBe("the second");
      expect(await storage.list()).toMatchObject([{ key: "a.csv", size: 10 }]);
    });

    test("a reader sees the old object or the new one, never a mixture", async () => {
      const versions = ["a", "b", "c", "d"].map((letter) => letter.repeat(300_000));
      await put("a.csv", versions[0] ?? "");
      const paths = await Promise.all(versions.map((version, n) => draft(version, `draft-${n}`)));
      const writing = (async () => {
        for (const path of paths) await storage.adopt("a.csv", path);
      })();
      for (let round = 0; round < 20; round++) {
        const seen = await storage.read("a.csv").catch(() => undefined);
        if (seen !== undefined) expect(versions).toContain(seen.toString());
      }
      await writing;
    });

    test("adopting a file that is not there fails and leaves the object as it was", async () => {
      await put("a.csv", "first");
      await expect(storage.adopt("a.csv", join(await storage.scratch(), "nothing"))).rejects.toThrow();
      expect((await storage.read("a.csv")).toString()).toBe("first");
    });

    test("reading or localising what is not there is a terminal error", async () => {
      await put("a/b.csv", "hello");
      for (const key of ["none.csv", "a", "a/b.csv/c"]) {
        await expect(storage.read(key)).rejects.toBeInstanceOf(TerminalError);
        await expect(storage.localise(key)).rejects.toBeInstanceOf(TerminalError);
      }
    });

    test("a localised object can be read at its path, and is still in the store after its release", async () => {
      await put("a/b.csv", "hello");
      const local = await storage.localise("a/b.csv");
      expect(await readFile(local.path, "utf8")).toBe("hello");
      await local.release();
      expect(await keys()).toEqual(["a/b.csv"]);
    });

    test("a removed object is gone, and removing it again is no error", async () => {
      await put("a/b.csv", "hello");
      await put("a/c.csv", "hello");
      await storage.remove("a/b.csv");
      await storage.remove("a/b.csv");
      expect(await keys()).toEqual(["a/c.csv"]);
    });

    test.each(["", "/etc/hosts", "../a.csv", "a/../../b.csv", "a/./b.csv", "a//b.csv", "a/", "a\\b.csv", "a\0.csv"])(
      "the unsafe key %j is refused with a terminal error",
      async (key) => {
        await expect(storage.read(key)).rejects.toBeInstanceOf(TerminalError);
        await expect(storage.localise(key)).rejects.toBeInstanceOf(TerminalError);
        await expect(storage.adopt(key, await draft("x"))).rejects.toBeInstanceOf(TerminalError);
        await expect(storage.remove(key)).rejects.toBeInstanceOf(TerminalError);
        expect(await storage.list()).toEqual([]);
      },
    );

    test("scratch is not part of the store", async () => {
      await draft("half a file");
      expect(await storage.list()).toEqual([]);
    });

    test("two handles on one store have the same address and see the same objects", async () => {
      const other = await fixture.open();
      await put("a.csv", "hello");
      expect(other.url).toBe(storage.url);
      expect(await other.list()).toEqual(await storage.list());
    });
  });
}
