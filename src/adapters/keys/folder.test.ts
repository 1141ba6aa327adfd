import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SettingError } from "#core/errors.ts";
import { describeKeys } from "./contract.suite.ts";
import { openKeys } from "./folder.ts";

describeKeys("a folder", async () => {
  const folder = mkdtempSync(join(tmpdir(), "keys-"));
  return { open: () => openKeys(join(folder, "home")), dispose: async () => rmSync(folder, { recursive: true }) };
});

let outer: string;
let home: string;

beforeEach(() => {
  outer = mkdtempSync(join(tmpdir(), "keys-"));
  home = join(outer, "home");
});

afterEach(() => rmSync(outer, { recursive: true }));

const onPosix = test.skipIf(process.platform === "win32");

test("a key lies in a file named for its purpose, and is made once", async () => {
  const keys = openKeys(home);
  const [first, second] = await Promise.all([keys.get("customers"), keys.get("customers")]);
  expect(second).toEqual(first);
  expect(await openKeys(home).get("customers")).toEqual(first);
  expect(readFileSync(join(home, "keys", "customers.key"))).toEqual(first);
});

test("nothing is made before it is asked for, and nothing but the key is left behind", async () => {
  const keys = openKeys(home);
  expect(readdirSync(outer)).toEqual([]);
  await keys.get("sessions");
  expect(readdirSync(join(home, "keys"))).toEqual(["sessions.key"]);
});

onPosix("only the owner may open the keys and their folder", async () => {
  await openKeys(home).get("customers");
  expect(statSync(join(home, "keys")).mode & 0o777).toBe(0o700);
  expect(statSync(join(home, "keys", "customers.key")).mode & 0o777).toBe(0o600);
});

test("processes that start at once agree on the keys", async () => {
  const script = `
    import { createHash } from "node:crypto";
    import { openKeys } from ${JSON.stringify(new URL("./folder.ts", import.meta.url).href)};
    const keys = openKeys(${JSON.stringify(home)});
    process.stdout.write("r");
    process.stdin.once("data", async () => {
      console.log(createHash("sha256").update(await keys.get("customers")).digest("hex"));
      process.exit();
    });`;
  const children = [1, 2, 3, 4].map(() =>
    spawn(process.execPath, ["--input-type=module", "--eval", script], { stdio: ["pipe", "pipe", "inherit"] }),
  );
  await Promise.all(children.map((child) => new Promise((resolve) => child.stdout.once("data", resolve))));
  for (const child of children) child.stdin.write("go\n");
  const seen = await Promise.all(children.map((child) => text(child.stdout)));
  const kept = createHash("sha256")
    .update(await openKeys(home).get("customers"))
    .digest("hex");
  expect(seen.map((line) => line.trim())).toEqual([kept, kept, kept, kept]);
  expect(readdirSync(join(home, "keys"))).toEqual(["customers.key"]);
});

test("a key file that was cut short is a setting error, is left as it is, and can be put right", async () => {
  const path = join(home, "keys", "customers.key");
  await openKeys(home).get("customers");
  truncateSync(path, 31);
  const keys = openKeys(home);
  await expect(keys.get("customers")).rejects.toThrow(/customers\.key holds 31 bytes instead of 32/);
  expect(statSync(path).size).toBe(31);
  rmSync(path);
  expect(await keys.get("customers")).toHaveLength(32);
});

onPosix.each([0o640, 0o604])("a key file that others may open (mode %o) is a setting error", async (mode) => {
  await openKeys(home).get("customers");
  chmodSync(join(home, "keys", "customers.key"), mode);
  await expect(openKeys(home).get("customers")).rejects.toBeInstanceOf(SettingError);
});

onPosix("a key folder that others may open is a setting error that says what to run", async () => {
  await openKeys(home).get("customers");
  chmodSync(join(home, "keys"), 0o755);
  await expect(openKeys(home).get("customers")).rejects.toMatchObject({ next: expect.stringContaining("chmod 700") });
});

test("a chain grows by a key at a time, oldest first, and what was made stays", async () => {
  const keys = openKeys(home);
  expect(await keys.chain("customers")).toEqual([]);
  await keys.extend("customers", 1);
  const first = await keys.get("customers");
  expect(await keys.chain("customers")).toEqual([first]);
  await keys.extend("customers", 3);
  const chain = await keys.chain("customers");
  expect(chain).toHaveLength(3);
  expect(chain[0]).toEqual(first);
  expect(new Set(chain.map((key) => key.toString("hex"))).size).toBe(3);
  await openKeys(home).extend("customers", 2);
  expect(await openKeys(home).chain("customers")).toEqual(chain);
  expect(readdirSync(join(home, "keys")).sort()).toEqual(["customers.2.key", "customers.3.key", "customers.key"]);
});

test("looking for a chain makes nothing", async () => {
  await openKeys(home).chain("customers");
  expect(readdirSync(outer)).toEqual([]);
});

onPosix("a later key that others may open is a setting error too", async () => {
  await openKeys(home).extend("customers", 2);
  chmodSync(join(home, "keys", "customers.2.key"), 0o644);
  await expect(openKeys(home).chain("customers")).rejects.toBeInstanceOf(SettingError);
});
