import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SettingError } from "#core/errors.ts";
import { type Emulator, startEmulator } from "../aws/emulator.suite.ts";
import { describeStorage } from "./contract.suite.ts";
import { openBucket } from "./s3.ts";

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(() => emulator.stop());

const scratchFolder = () => join(emulator.folder, "scratch");

describeStorage("a bucket", async () => {
  const url = emulator.newBucket();
  return { open: async () => openBucket({ url, scratchFolder: scratchFolder() }), dispose: async () => undefined };
});

describeStorage("a prefix of a bucket others use too", async () => {
  const url = emulator.newBucket();
  await put(openBucket({ url, scratchFolder: scratchFolder() }), "tills-of-others/a.csv", "not ours");
  return {
    open: async () => openBucket({ url: `${url}/tills/`, scratchFolder: scratchFolder() }),
    dispose: async () => undefined,
  };
});

async function put(storage: ReturnType<typeof openBucket>, key: string, content: string | Buffer): Promise<void> {
  const path = join(await storage.scratch(), "draft");
  await writeFile(path, content);
  await storage.adopt(key, path);
}

test("a listing of several pages is whole", async () => {
  const storage = openBucket({ url: emulator.newBucket(), scratchFolder: scratchFolder(), pageSize: 3 });
  const keys = Array.from({ length: 10 }, (_, n) => `2026/01/${n}.csv`);
  for (const key of keys) await put(storage, key, key);
  expect((await storage.list()).map(({ key }) => key)).toEqual(keys);
});

test("a file larger than a part goes up in parts and comes back byte for byte", async () => {
  const partSize = 5 * 1024 * 1024;
  const storage = openBucket({ url: emulator.newBucket(), scratchFolder: scratchFolder(), partSize });
  const bytes = Buffer.alloc(2 * partSize + 7, "0123456789abcde");
  await put(storage, "large.parquet", bytes);
  expect((await storage.read("large.parquet")).equals(bytes)).toBe(true);
  const { path, release } = await storage.localise("large.parquet");
  expect(readFileSync(path).equals(bytes)).toBe(true);
  await release();
});

test("a copy on this machine is its user's alone and goes when it is released", async () => {
  const storage = openBucket({ url: emulator.newBucket(), scratchFolder: scratchFolder() });
  await put(storage, "a.csv", "hello");
  const { release } = await storage.localise("a.csv");
  expect(readdirSync(scratchFolder())).toHaveLength(1);
  await release();
  expect(readdirSync(scratchFolder())).toEqual([]);
});

test("an object deleted from under a listing is told apart from a bucket that is not there", async () => {
  const storage = openBucket({ url: "s3://no-such-bucket", scratchFolder: scratchFolder() });
  await expect(storage.list()).rejects.toBeInstanceOf(SettingError);
  await expect(storage.list()).rejects.toThrow(/NoSuchBucket/);
});

test("where the bucket keeps versions, removing an object removes every version of it and of no other", async () => {
  const removed: (string | null)[] = [];
  const entry = (kind: string, key: string, version: string) =>
    `<${kind}><Key>${key}</Key><VersionId>${version}</VersionId></${kind}>`;
  const versions = [
    entry("Version", "tills/a.csv", "v1"),
    entry("Version", "tills/a.csv", "v2"),
    entry("Version", "tills/a.csv.old", "v3"),
    entry("DeleteMarker", "tills/a.csv", "mark"),
  ].join("");
  const versioned = createServer((request, response) => {
    const { searchParams, pathname } = new URL(request.url ?? "", "http://bucket");
    if (request.method === "DELETE") {
      expect(pathname).toBe("/keeper/tills/a.csv");
      removed.push(searchParams.get("versionId"));
      if (!searchParams.has("versionId")) response.setHeader("x-amz-delete-marker", "true");
      response.writeHead(204).end();
      return;
    }
    expect(searchParams.get("prefix")).toBe("tills/a.csv");
    response.writeHead(200, { "content-type": "application/xml" });
    response.end(`<ListVersionsResult><IsTruncated>false</IsTruncated>${versions}</ListVersionsResult>`);
  });
  await new Promise<void>((resolve) => versioned.listen(0, "127.0.0.1", resolve));
  const { port } = versioned.address() as AddressInfo;
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${port}`;
  try {
    await openBucket({ url: "s3://keeper/tills", scratchFolder: scratchFolder() }).remove("a.csv");
    expect(removed).toEqual([null, "v1", "v2", "mark"]);
  } finally {
    process.env.AWS_ENDPOINT_URL = emulator.environment.AWS_ENDPOINT_URL;
    versioned.close();
  }
});

test.each(["s3://", "s3://UPPER/x", "s3://bucket/../x", "s3:/bucket", "s3://b/a//b"])(
  "%s is no bucket's address",
  (url) => {
    expect(() => openBucket({ url, scratchFolder: "unused" })).toThrow(SettingError);
  },
);
