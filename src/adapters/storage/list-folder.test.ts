import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TransientError } from "#core/errors.ts";
import type { StoredObject } from "#core/ports/storage.ts";
import { listFolder, listInThread } from "./list-folder.ts";

let root: string;
const days = 45;
const cafes = 80;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "store-"));
  for (let day = 10; day < 10 + days; day += 1) {
    mkdirSync(join(root, `${day}`, "late"), { recursive: true });
    for (let cafe = 0; cafe < cafes; cafe += 1) {
      const path = join(root, `${day}`, cafe % 10 === 0 ? "late" : "", `é ${cafe}.csv`);
      writeFileSync(path, "x".repeat(cafe));
      utimesSync(path, 1_700_000_000 + day, 1_700_000_000 + day + 0.25);
    }
  }
  writeFileSync(join(root, "10", ".hidden"), "");
});

afterAll(() => rmSync(root, { recursive: true }));

test("a store of which a thread lists the most is listed whole, in key order, and each object is told of once", async () => {
  const told: StoredObject[] = [];
  const listed = await listFolder(root, (some) => told.push(...some));
  expect(listed).toHaveLength(days * cafes);
  expect(listed.map(({ key }) => key)).toEqual(listed.map(({ key }) => key).sort());
  expect(new Set(listed.map(({ key }) => key)).size).toBe(days * cafes);
  expect(listed[0]).toEqual({ key: "10/late/é 0.csv", size: 0, modifiedAt: 1_700_000_010_250 });
  expect(listed.at(-1)).toEqual({ key: "54/é 9.csv", size: 9, modifiedAt: 1_700_000_054_250 });
  expect(told.toSorted((a, b) => (a.key < b.key ? -1 : 1))).toEqual(listed);
});

test("a folder that a thread cannot list ends the listing with an error that may pass", async () => {
  const job = { root, folders: ["11/", "10/é 1.csv/"] };
  await expect(listInThread(job, () => undefined)).rejects.toThrow(TransientError);
  await expect(listInThread(job, () => undefined)).rejects.toThrow(/cannot be listed \(ENOTDIR\)/);
});

test("a folder that went away since it was seen holds nothing", async () => {
  const told: StoredObject[] = [];
  await listInThread({ root, folders: ["nowhere/"] }, (some) => told.push(...some));
  expect(told).toEqual([]);
});
