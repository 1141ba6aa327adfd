import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SettingError } from "#core/errors.ts";
import { describeAccessStore } from "./contract.suite.ts";
import { openSqliteAccess } from "./sqlite.ts";

const newFolder = () => mkdtempSync(join(tmpdir(), "access-"));

describeAccessStore("an SQLite file", async () => {
  const folder = newFolder();
  return {
    open: async () => openSqliteAccess({ path: join(folder, "access.sqlite") }),
    dispose: async () => rmSync(folder, { recursive: true }),
  };
});

test.skipIf(process.platform === "win32")("the accounts file is its owner's alone", async () => {
  const folder = newFolder();
  const path = join(folder, "access.sqlite");
  const store = openSqliteAccess({ path });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await store.close();
  rmSync(folder, { recursive: true });
});

test("a file that is something else is a setting error that names it", () => {
  const folder = newFolder();
  const path = join(folder, "access.sqlite");
  writeFileSync(path, "receipts, receipts, receipts ".repeat(100));
  expect(() => openSqliteAccess({ path })).toThrow(SettingError);
  rmSync(folder, { recursive: true });
});
