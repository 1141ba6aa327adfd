import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type Emulator, startEmulator } from "../aws/emulator.suite.ts";
import { openBucket } from "../storage/s3.ts";
import { describeCafeRegistry } from "./contract.suite.ts";
import { openCafeObject } from "./object.ts";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(() => emulator.stop());

describeCafeRegistry("an object of a bucket", async () => {
  const url = emulator.newBucket();
  return {
    open: async () => openCafeObject(openBucket({ url, scratchFolder: join(emulator.folder, "scratch") })),
    dispose: async () => undefined,
  };
});
