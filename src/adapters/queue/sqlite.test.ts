import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { z } from "zod";
import { SettingError, TransientError } from "#core/errors.ts";
import type { Queue } from "#core/ports/queue.ts";
import { describeQueue, testBody } from "./contract.suite.ts";
import { openSqliteQueue } from "./sqlite.ts";

describeQueue("an SQLite file", async (settings) => {
  const folder = await mkdtemp(join(tmpdir(), "queue-"));
  const opened: Queue<unknown>[] = [];
  let clock = 1_700_000_000_000;
  return {
    async open<Body>(body: z.ZodType<Body>) {
      const queue = openSqliteQueue({ path: join(folder, "queue.db"), name: "q", body, ...settings, now: () => clock });
      opened.push(queue as Queue<unknown>);
      return queue;
    },
    advance(ms) {
      clock += ms;
    },
    async dispose() {
      for (const queue of opened) await queue.close();
      await rm(folder, { recursive: true });
    },
  };
});

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "queue-"));
  path = join(folder, "queue.db");
});

afterEach(() => rm(folder, { recursive: true }));

const open = (name = "transform", file = path) =>
  openSqliteQueue({ path: file, name, body: testBody, visibilityMs: 60_000, maxReceives: 3 });

/** Runs code in another process, with `open` there as it is here. */
function another(code: string) {
  const address = JSON.stringify(new URL("./sqlite.ts", import.meta.url).href);
  const script = `import { z } from "zod";
    import { openSqliteQueue } from ${address};
    const queue = openSqliteQueue({
      path: ${JSON.stringify(path)}, name: "transform", body: z.object({ id: z.number() }), visibilityMs: 60_000, maxReceives: 3,
    });
    ${code}`;
  return spawn(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: import.meta.dirname,
    stdio: ["pipe", "pipe", "inherit"],
  });
}

test("queues in one file do not see each other's messages or receipts", async () => {
  const [transform, load] = [open("transform"), open("load")];
  await transform.send([{ id: 1 }]);
  expect(await load.receive(10)).toEqual([]);
  const [delivery] = await transform.receive(1);
  await load.acknowledge(delivery?.receipt ?? "");
  await load.bury(delivery?.receipt ?? "", "not_this_one");
  expect(await load.releaseInFlight()).toBe(0);
  expect(await transform.depth()).toEqual({ waiting: 0, inFlight: 1, dead: 0 });
  expect(await load.depth()).toEqual({ waiting: 0, inFlight: 0, dead: 0 });
  await transform.close();
  await load.close();
});

test("processes that open a new file at once and take turns get every message once", async () => {
  const children = [1, 2, 3, 4].map((child) =>
    another(`
      await queue.send([1, 2, 3, 4, 5].map((n) => ({ id: ${child} * 10 + n })));
      for (let left = 5; left > 0; left--) {
        for (const { body, receipt } of await queue.receive(1)) {
          console.log(body.id);
          await queue.acknowledge(receipt);
        }
      }
      await queue.close();`),
  );
  const printed = await Promise.all(children.map((child) => text(child.stdout)));
  const queue = open();
  const left = await queue.receive(100);
  const seen = [
    ...printed.flatMap((lines) => lines.trim().split("\n").map(Number)),
    ...left.map(({ body }) => body.id),
  ];
  const sent = [1, 2, 3, 4].flatMap((child) => [1, 2, 3, 4, 5].map((n) => child * 10 + n));
  expect(seen.sort((a, b) => a - b)).toEqual(sent);
  await queue.close();
});

test("what a killed process had in flight is released at once, counted, and its receipt is void", async () => {
  const child = another(`
    await queue.send([{ id: 1 }]);
    const [delivery] = await queue.receive(1);
    console.log(delivery.receipt);
    setInterval(() => {}, 1000);`);
  const receipt = await new Promise<string>((resolve) =>
    child.stdout.once("data", (data) => resolve(String(data).trim())),
  );
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
  const queue = open();
  expect(await queue.receive(10)).toEqual([]);
  expect(await queue.releaseInFlight()).toBe(1);
  await queue.acknowledge(receipt);
  expect(await queue.receive(10)).toMatchObject([{ body: { id: 1 }, receiveCount: 2 }]);
  await queue.close();
});

test("releasing leaves alone what waits out a delay", async () => {
  const queue = open();
  await queue.send([{ id: 1 }]);
  const [delivery] = await queue.receive(1);
  await queue.giveBack(delivery?.receipt ?? "", 60_000);
  expect(await queue.releaseInFlight()).toBe(0);
  expect(await queue.receive(10)).toEqual([]);
  await queue.close();
});

test("a file that is not a queue, or lies nowhere, is a setting error that names it", async () => {
  await writeFile(path, "receipts, receipts, receipts ".repeat(100));
  expect(() => open()).toThrow(SettingError);
  expect(() => open("transform", join(folder, "nowhere", "queue.db"))).toThrow(/nowhere/);
});

test("a trouble of the database is an error that may pass", async () => {
  const queue = open();
  const vandal = new (await import("node:sqlite")).DatabaseSync(path);
  vandal.exec("drop table messages");
  vandal.close();
  await expect(queue.send([{ id: 1 }])).rejects.toBeInstanceOf(TransientError);
  await queue.close();
});
