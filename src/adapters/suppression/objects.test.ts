import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emulator, startEmulator } from "../aws/emulator.suite.ts";
import { openFolder } from "../storage/folder.ts";
import { openBucket } from "../storage/s3.ts";
import { describeSuppressionList } from "./contract.suite.ts";
import { openStoredSuppression } from "./objects.ts";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(() => emulator.stop());

describeSuppressionList("objects of a bucket", async () => {
  const url = emulator.newBucket();
  const scratchFolder = join(emulator.folder, "scratch");
  return {
    open: async () => openStoredSuppression(openBucket({ url, scratchFolder })),
    dispose: async () => undefined,
  };
});

test("a renumbering that was cut off loses nobody, and doing it again finishes it", async () => {
  const root = mkdtempSync(join(tmpdir(), "suppressed-"));
  const storage = openFolder(root);
  const list = openStoredSuppression(storage);
  await list.add([1n, 2n], "old");
  await list.settle([2n]);
  const changes = new Map([
    [1n, 11n],
    [2n, 12n],
  ]);
  const broken = { ...storage, remove: async () => Promise.reject(new Error("cut off")) };
  await expect(openStoredSuppression(broken).renumber(changes, "new")).rejects.toThrow("cut off");
  expect((await list.all()).map(({ customerHash }) => customerHash)).toEqual(expect.arrayContaining([1n, 2n]));
  await list.renumber(changes, "new");
  expect(await list.all()).toEqual([
    { customerHash: 11n, keyFingerprint: "new", settled: false },
    { customerHash: 12n, keyFingerprint: "new", settled: true },
  ]);
  rmSync(root, { recursive: true });
});
