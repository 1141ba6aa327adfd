import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { SettingError } from "#core/errors.ts";
import { describeCafeRegistry } from "./contract.suite.ts";
import { openCafeFile } from "./file.ts";

describeCafeRegistry("a YAML file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cafes-"));
  return {
    open: async () => openCafeFile(folder),
    dispose: async () => rmSync(folder, { recursive: true }),
  };
});

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "cafes-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const path = () => join(folder, "cafes.yaml");

test("a person's comments and order stay when something else changes", async () => {
  writeFileSync(
    path(),
    "cafes:\n  York:\n    # by the Minster\n    openedOn: 2024-01-01\n  Leeds:\n    closedOn: 2026-01-01\n",
  );
  const registry = openCafeFile(folder);
  const { book, version } = await registry.read();
  await registry.replace({ ...book, cafes: { ...book.cafes, Leeds: { closedOn: "2026-02-01" } } }, version);
  expect(readFileSync(path(), "utf8")).toBe(
    "cafes:\n  York:\n    # by the Minster\n    openedOn: 2024-01-01\n  Leeds:\n    closedOn: 2026-02-01\n",
  );
  expect(readdirSync(folder)).toEqual(["cafes.yaml"]);
});

test("what a person writes into it is read the next time it is asked, also when it makes no sense", async () => {
  const registry = openCafeFile(folder);
  writeFileSync(path(), "cafes: { York: { openedOn: 2024-01-01 } }\n");
  const first = await registry.read();
  expect(await registry.read()).toEqual(first);
  writeFileSync(path(), "cafes: { York: { openedOn: 2024-01-02 } }\n");
  const second = await registry.read();
  expect(second.book.cafes).toEqual({ York: { openedOn: "2024-01-02" } });
  expect(second.version).not.toBe(first.version);
  writeFileSync(path(), "cafes: [");
  await expect(registry.read()).rejects.toBeInstanceOf(SettingError);
});

test.each([
  ["cafes: [", /not valid YAML \(line 1\)/],
  ["cafes:\n  Leeds:\n    closedOn: soon\n", /cafes > Leeds > closedOn: a date such as/],
  ["cafes:\n  Leeds: { openedOn: 2026-02-01, closedOn: 2026-01-01 }\n", /cafes > Leeds: a café closes after/],
  ["cafes:\n  Leeds: { colour: red }\n", /cafes > Leeds: Unrecognized key: "colour"/],
  ["cafes:\n  Leeds: { aliases: [York] }\n  York: {}\n", /cafes > York: the name "York" means Leeds already/],
  ["closures: [{ from: 2026-12-26, to: 2026-12-25, reason: x }]\n", /closures > 0: a closure ends/],
  [
    "cafes:\n  Leeds: { owners: [{ owner: A, from: 2026-01-01 }, { owner: B, from: 2026-02-01 }] }\n",
    /Leeds > owners: two owners have it on the same day/,
  ],
])("%j is refused, saying where and why", async (text, message) => {
  writeFileSync(path(), text);
  const refusal = await openCafeFile(folder)
    .read()
    .catch((error) => error);
  expect(refusal).toBeInstanceOf(SettingError);
  expect(refusal.message).toMatch(message);
  expect(refusal.message).toContain("cafes.yaml");
});

test("what is written after all was taken back is in lines, as at first", async () => {
  const registry = openCafeFile(folder);
  const write = async (cafes: Record<string, object>) => {
    await registry.replace({ closures: [], cafes }, (await registry.read()).version);
  };
  await write({ Bath: { name: "Bath Spa" } });
  await write({});
  await write({ Bath: { name: "Bath Spa" }, York: { closedOn: "2026-09-01" } });
  expect(readFileSync(path(), "utf8")).toMatch(
    /\ncafes:\n {2}Bath:\n {4}name: Bath Spa\n {2}York:\n {4}closedOn: 2026-09-01\n/,
  );
});

test("keys after which nothing is written say nothing, and take in what comes later", async () => {
  writeFileSync(path(), "closures:\ncafes:\n");
  const registry = openCafeFile(folder);
  const { book, version } = await registry.read();
  expect(book).toEqual({ closures: [], cafes: {} });
  await registry.replace({ ...book, cafes: { York: { closedOn: "2026-09-01" } } }, version);
  expect(readFileSync(path(), "utf8")).toContain("\ncafes:\n  York:\n    closedOn: 2026-09-01\n");
  writeFileSync(path(), "cafes:\n  York:\n  Leeds:\n    aliases:\n    closedOn: 2026-09-01\n");
  expect((await registry.read()).book.cafes).toEqual({ Leeds: { closedOn: "2026-09-01" } });
});

test("an empty entry says nothing, and is no mistake", async () => {
  writeFileSync(path(), "# nothing yet\ncafes: {}\n");
  expect((await openCafeFile(folder).read()).book).toEqual({ closures: [], cafes: {} });
});
