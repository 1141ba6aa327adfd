import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type InfinityError, SettingError, TerminalError, TransientError } from "#core/errors.ts";
import { type Emulator, startEmulator } from "../aws/emulator.suite.ts";
import { type Fault, openFaultyWay } from "../aws/faulty-way.suite.ts";
import { openBucket } from "./s3.ts";

let emulator: Emulator;
let way: Awaited<ReturnType<typeof openFaultyWay>>;

beforeAll(async () => {
  emulator = await startEmulator();
  way = await openFaultyWay(`http://127.0.0.1:${emulator.server.port}`);
  process.env.AWS_ENDPOINT_URL_S3 = way.address;
});

afterEach(() => {
  way.fault = () => undefined;
});

afterAll(async () => {
  delete process.env.AWS_ENDPOINT_URL_S3;
  await way.stop();
  await emulator.stop();
});

const scratchFolder = () => join(emulator.folder, "scratch");
const open = (options: Partial<Parameters<typeof openBucket>[0]> = {}) =>
  openBucket({ url: emulator.newBucket(), scratchFolder: scratchFolder(), ...options });

async function put(storage: ReturnType<typeof openBucket>, key: string, content: string): Promise<void> {
  const path = join(await storage.scratch(), "draft");
  await writeFile(path, content);
  await storage.adopt(key, path);
}

const slow: Fault = { status: 503, code: "SlowDown" };

test("what is throttled or reset once or twice is asked again, and nobody hears of it", async () => {
  const storage = open({ pageSize: 2 });
  const fault = ({ number }: { number: number }) => ([slow, "reset", undefined] as const)[number % 3];
  way.fault = fault;
  const keys = ["a.csv", "b.csv", "c.csv", "d.csv", "e.csv"];
  for (const key of keys) await put(storage, key, `of ${key}`);
  expect((await storage.list()).map(({ key }) => key)).toEqual(keys);
  for (const key of keys) {
    expect((await storage.read(key)).toString()).toBe(`of ${key}`);
    expect(await storage.stat(key)).toMatchObject({ size: `of ${key}`.length });
    await storage.remove(key);
  }
  expect(await storage.list()).toEqual([]);
  expect(way.faults()).toBeGreaterThan(20);
}, 120_000);

const everything = {
  listed: (storage: ReturnType<typeof open>) => storage.list(),
  "looked at": (storage: ReturnType<typeof open>) => storage.stat("a.csv"),
  read: (storage: ReturnType<typeof open>) => storage.read("a.csv"),
  copied: (storage: ReturnType<typeof open>) => storage.localise("a.csv"),
  stored: (storage: ReturnType<typeof open>) => put(storage, "a.csv", "new"),
  removed: (storage: ReturnType<typeof open>) => storage.remove("a.csv"),
};

const again = { kind: TransientError, next: /tried again/ };
const mend = { kind: SettingError, next: /region/ };
const signIn = { kind: SettingError, next: /^Sign in to AWS again|credentials are still good/ };

test.each([
  ["that throttles for long", slow, again],
  ["on which every connection is reset", "reset" as const, again],
  ["that one may not use", { status: 403, code: "AccessDenied" }, mend],
  ["of another region", { status: 301, code: "PermanentRedirect" }, mend],
  ["of another region, told another way", { status: 400, code: "AuthorizationHeaderMalformed" }, mend],
  ["for which the credentials are too old", { status: 400, code: "ExpiredToken" }, signIn],
  ["whose clock is another", { status: 403, code: "RequestTimeTooSkewed" }, signIn],
])(
  "a bucket %s: whatever was asked says what was not done, to which object, and what to do",
  async (_, fault, { kind, next }) => {
    const storage = open();
    way.fault = () => fault as Fault;
    for (const [what, ask] of Object.entries(everything)) {
      const error = await ask(storage).then(
        () => undefined,
        (thrown: InfinityError) => thrown,
      );
      expect(error, what).toBeInstanceOf(kind);
      expect(error?.message, what).toMatch(what === "listed" ? storage.url : /"a\.csv" of s3:\/\/bucket-\d+/);
      expect(error?.message, what).not.toMatch(/unknown|\(Error\)|Pat Sample/i);
      expect(error?.next, what).toMatch(next);
    }
  },
  120_000,
);

test("an archived object says that it is archived, and is not tried again", async () => {
  const storage = open();
  await put(storage, "a.csv", "old");
  way.fault = () => ({ status: 403, code: "InvalidObjectState" });
  await expect(storage.read("a.csv")).rejects.toThrow(/"a\.csv" of s3:.* is archived/);
  await expect(storage.localise("a.csv")).rejects.toBeInstanceOf(TerminalError);
});

test("an answer that breaks off is no object, and leaves no half of a copy", async () => {
  const storage = open();
  await put(storage, "a.csv", "x".repeat(100_000));
  way.fault = ({ method }) => (method === "GET" ? "cut" : undefined);
  await expect(storage.read("a.csv")).rejects.toThrow(/could not be read \(ECONNRESET\)/);
  await expect(storage.localise("a.csv")).rejects.toBeInstanceOf(TransientError);
  expect(readdirSync(scratchFolder())).toEqual([]);
});

test("a connection that has died without a sign is given up", async () => {
  const storage = open({ silenceMs: 200 });
  way.fault = () => "silent";
  await expect(storage.list()).rejects.toBeInstanceOf(TransientError);
  await expect(storage.read("a.csv")).rejects.toBeInstanceOf(TransientError);
});

test.skipIf(process.platform === "win32")(
  "a disk that is full is said to be full, whatever S3 has to do with it",
  async () => {
    const url = emulator.newBucket();
    await put(open({ url }), "a.csv", "x".repeat(100_000));
    const folder = join(emulator.folder, "full");
    mkdirSync(folder);
    const script = `
    const { openBucket } = await import("./src/adapters/storage/s3.ts");
    const asked = openBucket({ url: ${JSON.stringify(url)}, scratchFolder: ${JSON.stringify(folder)} }).localise("a.csv");
    await asked.catch(({ name, message, next }) => console.log(JSON.stringify({ name, message, next })));`;
    // The system's limit on the size of a file, in blocks of 512 bytes, stands for a disk without room.
    const command = ["-c", 'ulimit -f 8 && exec "$0" --input-type=module -e "$1"', process.execPath, script];
    const { stdout } = await promisify(execFile)("sh", command, { env: { ...process.env, NODE_OPTIONS: "" } });
    const told = JSON.parse(stdout) as Record<string, string>;
    expect(told).toMatchObject({
      name: "TransientError",
      message: expect.stringMatching(/: this machine's disk is full/),
    });
    expect(told.next).toMatch(/\/tmp/);
    expect(existsSync(folder) && readdirSync(folder)).toEqual([]);
  },
);

test("keys come through as they are, whatever is in them", async () => {
  const storage = open();
  const keys = [
    "a b+c.csv",
    "100%25.csv",
    "a&b=c?d#e.csv",
    "Café №1/£ ☕ 𝒳.csv",
    'it\'s "quoted" <x>.csv',
    "~(tilde)!*.csv",
    "2026-03-02/..csv",
  ];
  for (const key of keys) await put(storage, key, key);
  expect((await storage.list()).map(({ key }) => key)).toEqual([...keys].sort());
  for (const key of keys) {
    expect((await storage.read(key)).toString()).toBe(key);
    expect((await storage.stat(key))?.key).toBe(key);
    await storage.remove(key);
  }
  expect(await storage.list()).toEqual([]);
});
