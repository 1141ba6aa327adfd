import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SettingError, TransientError } from "#core/errors.ts";
import { describeSuppressionList } from "./contract.suite.ts";
import { openSqliteSuppression } from "./sqlite.ts";

const newFolder = () => mkdtempSync(join(tmpdir(), "suppression-"));

describeSuppressionList("an SQLite file", async () => {
  const folder = newFolder();
  return {
    open: async () => openSqliteSuppression({ path: join(folder, "suppression.sqlite") }),
    dispose: async () => rmSync(folder, { recursive: true }),
  };
});

let folder: string;
let path: string;

beforeEach(() => {
  folder = newFolder();
  path = join(folder, "suppression.sqlite");
});

afterEach(() => rmSync(folder, { recursive: true }));

test.skipIf(process.platform === "win32")("the file is its owner's alone, and the only one", async () => {
  const list = openSqliteSuppression({ path });
  await list.add([1n], "keys");
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["suppression.sqlite"]);
  await list.close();
});

test("an id that was replaced is wiped from the file", async () => {
  const id = 0x1234_5678_9abc_def1n;
  const bytes = Buffer.from(id.toString(16), "hex");
  const list = openSqliteSuppression({ path });
  await list.add([id], "keys");
  expect(readFileSync(path).includes(bytes)).toBe(true);
  await list.renumber(new Map([[id, 5n]]), "new keys");
  expect(readFileSync(path).includes(bytes)).toBe(false);
  await list.close();
});

test("a file that is something else is a setting error that names it", () => {
  writeFileSync(path, "receipts, receipts, receipts ".repeat(100));
  expect(() => openSqliteSuppression({ path })).toThrow(SettingError);
});

test("a file that is damaged inside is a setting error as well, not an empty list", async () => {
  const list = openSqliteSuppression({ path });
  await list.add(
    Array.from({ length: 1000 }, (_, index) => BigInt(index)),
    "keys",
  );
  await list.close();
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0x99, 4096));
  const damaged = openSqliteSuppression({ path });
  await expect(damaged.all()).rejects.toThrow(SettingError);
  await damaged.close();
});

test.skipIf(process.platform === "win32")(
  "nobody is taken for forgotten on a file that was removed meanwhile",
  async () => {
    const list = openSqliteSuppression({ path });
    rmSync(path);
    await expect(list.add([1n], "keys")).rejects.toThrow(TransientError);
    await expect(list.add([1n], "keys")).rejects.toThrow(/says what it said before/);
    await list.close();
  },
);
