import { lstatSync, readdirSync } from "node:fs";
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SettingError, TerminalError, TransientError } from "#core/errors.ts";
import { describeStorage } from "./contract.suite.ts";
import { openFolder } from "./folder.ts";

describeStorage("a folder", async () => {
  const root = await mkdtemp(join(tmpdir(), "store-"));
  return { open: async () => openFolder(root), dispose: () => rm(root, { recursive: true }) };
});

let outer: string;
let root: string;

beforeEach(async () => {
  outer = await mkdtemp(join(tmpdir(), "store-"));
  root = join(outer, "root");
  await mkdir(join(root, "north"), { recursive: true });
  await writeFile(join(root, "north", "leeds.csv"), "leeds");
  await writeFile(join(outer, "secret.csv"), "secret");
});

afterEach(() => rm(outer, { recursive: true }));

/** Every file and folder with all that writing to it would change. */
function snapshot(folder: string): unknown[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .concat(".")
    .sort()
    .map((name) => {
      const { size, mtimeMs, ctimeMs, ino } = lstatSync(join(folder, name));
      return { name, size, mtimeMs, ctimeMs, ino };
    });
}

test("a folder that does not exist is a setting error that names it", () => {
  expect(() => openFolder(join(outer, "nowhere"))).toThrow(SettingError);
  expect(() => openFolder(join(outer, "nowhere"))).toThrow(/nowhere does not exist/);
});

test("a file in place of the folder is a setting error", () => {
  expect(() => openFolder(join(outer, "secret.csv"))).toThrow(SettingError);
});

test("listing and reading write nothing", async () => {
  const before = snapshot(root);
  const storage = openFolder(root);
  await storage.list();
  await storage.stat("north/leeds.csv");
  await storage.read("north/leeds.csv");
  const local = await storage.localise("north/leeds.csv");
  await local.release();
  await storage.read("north/none.csv").catch(() => {});
  expect(snapshot(root)).toEqual(before);
});

test("links to files and folders are not listed, and nothing is reached through them", async () => {
  await symlink(join(outer, "secret.csv"), join(root, "link.csv"));
  await symlink(outer, join(root, "up"));
  await symlink(join(root, "north"), join(root, "inside"));
  const storage = openFolder(root);
  expect((await storage.list()).map((object) => object.key)).toEqual(["north/leeds.csv"]);
  for (const key of ["link.csv", "up/secret.csv", "inside/leeds.csv"]) {
    expect(await storage.stat(key)).toBeUndefined();
    await expect(storage.read(key)).rejects.toBeInstanceOf(TerminalError);
    await expect(storage.localise(key)).rejects.toBeInstanceOf(TerminalError);
    await expect(storage.remove(key)).rejects.toBeInstanceOf(TerminalError);
    const draft = join(await storage.scratch(), "draft");
    await writeFile(draft, "x");
    await expect(storage.adopt(key, draft)).rejects.toBeInstanceOf(TerminalError);
  }
  await expect(storage.adopt("up/new.csv", join(root, "north", "leeds.csv"))).rejects.toBeInstanceOf(TerminalError);
  expect(readdirSync(outer).sort()).toEqual(["root", "secret.csv"]);
});

test("a store that is itself reached through a link has the address of the real folder", async () => {
  await symlink(root, join(outer, "alias"));
  const storage = openFolder(join(outer, "alias"));
  expect(fileURLToPath(storage.url)).toBe(await realpath(root));
  expect(storage.url).toBe(openFolder(root).url);
  expect((await storage.read("north/leeds.csv")).toString()).toBe("leeds");
});

test("hidden files and folders are neither listed, nor read, nor written", async () => {
  await mkdir(join(root, ".git"));
  await writeFile(join(root, ".git", "config.csv"), "x");
  await writeFile(join(root, ".DS_Store"), "x");
  const storage = openFolder(root);
  expect(await storage.list()).toHaveLength(1);
  for (const key of [".git/config.csv", ".DS_Store", "none/.hidden"]) {
    expect(await storage.stat(key)).toBeUndefined();
    await expect(storage.read(key)).rejects.toBeInstanceOf(TerminalError);
    await expect(storage.adopt(key, join(root, "north", "leeds.csv"))).rejects.toBeInstanceOf(TerminalError);
  }
});

test.skipIf(process.platform === "win32")("a file whose name is not a safe key is skipped", async () => {
  await writeFile(join(root, "two\nlines.csv"), "x");
  await writeFile(join(root, "back\\slash.csv"), "x");
  expect((await openFolder(root).list()).map((object) => object.key)).toEqual(["north/leeds.csv"]);
});

test("a root that has gone is an error that may pass, not an empty store", async () => {
  const storage = openFolder(root);
  await rm(root, { recursive: true });
  await expect(storage.list()).rejects.toBeInstanceOf(TransientError);
});

test("scratch appears when it is asked for, stays the same, and comes back after being cleared", async () => {
  const storage = openFolder(root);
  expect(readdirSync(root)).toEqual(["north"]);
  const scratch = await storage.scratch();
  expect(await storage.scratch()).toBe(scratch);
  await writeFile(join(scratch, "left.parquet"), "x");
  await openFolder(root).clearScratch();
  expect(readdirSync(root)).toEqual(["north"]);
  expect(readdirSync(await storage.scratch())).toEqual([]);
});
