import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type Emulator, startEmulator } from "../aws/emulator.suite.ts";
import { openBucket } from "../storage/s3.ts";
import { describeAccessStore } from "./contract.suite.ts";
import { openStoredAccess } from "./objects.ts";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(() => emulator.stop());

describeAccessStore("objects of a bucket", async () => {
  const url = emulator.newBucket();
  const scratchFolder = join(emulator.folder, "scratch");
  return { open: async () => openStoredAccess(openBucket({ url, scratchFolder })), dispose: async () => undefined };
});
