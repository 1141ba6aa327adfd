import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { openParts } from "#entry/home/open-home.ts";
import { type Answer, infinity } from "../command.ts";
import { latte, shapes } from "../till-fixtures.ts";
import { type Cloud, openCloud } from "./cloud.ts";
import { onPostgres } from "./warehouses.ts";

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let cloud: Cloud;
let folder: string;

beforeAll(async () => {
  cloud = await openCloud({ warehouse: onPostgres });
  folder = join(cloud.folder, "somewhere");
  await mkdir(folder);
});

afterAll(() => cloud.stop());

const run = (...words: string[]): Promise<Answer> =>
  infinity(words, cloud.environment(join(cloud.folder, "command-home")), folder);

async function json<T>(...words: string[]): Promise<T> {
  const { stdout, stderr } = await run(...words, "--json");
  expect(stderr).toBe("");
  return JSON.parse(stdout) as T;
}

test("the commands work against buckets, queues, secrets and a database server, by settings alone", async () => {
  const day = (cafe: string, date: string) => shapes.list([latte(cafe, `${date} 09:00`), latte(cafe, `${date} 10:00`)]);
  for (const cafe of ["Leeds", "Longridge", "Uppingham"]) {
    await cloud.upload(`2026/03/02/${cafe}.csv`, day(cafe, "2026-03-02"));
  }
  await cloud.upload("2026/03/02/Broken.csv", "no,till\nwrites,this\n");
  const loaded = { status: "completed", files: { discovered: 4, loaded: 3, quarantined: 1 }, totalPence: 6 * 215 };
  expect(await json("run")).toMatchObject(loaded);
  expect(await json("run")).toMatchObject({ files: { loaded: 0, unchanged: 4 } });
  expect(await json("status")).toMatchObject({ cafes: 3, receipts: 6, lastRun: { status: "completed" } });
  expect(await json("quarantine")).toMatchObject({ files: 1 });
  expect(await json("replay", "--file", "2026/03/02/Leeds.csv")).toMatchObject({ files: { discovered: 1 } });
  expect(await json("query", "select count(*) as n from transactions")).toEqual([{ n: 6 }]);

  // A batch nobody could transform is put back by one command and loaded by the next.
  const parts = await openParts(cloud.settings(join(cloud.folder, "other-home")));
  await cloud.upload("2026/03/03/Leeds.csv", day("Leeds", "2026-03-03"));
  const object = { key: "2026/03/03/Leeds.csv", size: 1, modifiedAt: 1, version: 1 };
  await parts.transformQueue.send([
    { runId: "lost", batchId: "lost-1", sourceUrl: parts.settings.source ?? "", files: [object] },
  ]);
  const [delivery] = await parts.transformQueue.receive(1);
  await parts.transformQueue.bury(delivery?.receipt ?? "", "TransientError");
  await parts.close();
  expect(await json("redrive")).toEqual({ transform: 1, load: 0 });
  expect(await json("redrive")).toEqual({ transform: 0, load: 0 });
  expect(await json("run")).toMatchObject({ status: "completed", files: { loaded: 1 } });

  const runs = await json<{ status: string; trigger: string }[]>("runs");
  expect(runs.map(({ status, trigger }) => `${trigger} ${status}`)).toEqual(Array(4).fill("command completed"));
  expect((await run("runs", "--limit", "1")).stdout).toMatch(/command +completed/);
});

test("a link for the dashboard that a function serves is entered where that function looks", async () => {
  const { signInLink } = await json<{ signInLink: string }>("link");
  expect(signInLink).toMatch(/^https:\/\/infinity\.example\/sign-in\?token=[\w-]{22}$/);
});

test("rebuild says what to do instead, in words", async () => {
  const { code, stderr } = await run("rebuild");
  expect(code).toBe(1);
  expect(stderr).toMatch(/^Only a warehouse in the home folder is rebuilt/);
});
