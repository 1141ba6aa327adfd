import { mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSqliteQueue } from "#adapters/queue/sqlite.ts";
import { openDuckdb } from "#adapters/warehouse/duckdb.ts";
import { transformMessage } from "#core/messages.ts";
import { type Answer, infinity } from "./command.ts";
import { latte, shapes } from "./till-fixtures.ts";

let folder: string;

const infinityAt = (...words: string[]): Promise<Answer> =>
  infinity(words, { INFINITY_HOME: join(folder, "home") }, folder);
const json = async (...words: string[]) => JSON.parse((await infinityAt(...words, "--json")).stdout);

const messages = (receives: number) =>
  openSqliteQueue({
    path: join(folder, "home", "queue.sqlite"),
    name: "transform",
    body: transformMessage,
    visibilityMs: 60_000,
    maxReceives: receives,
  });

/** A home in which a run was killed three times by one of its two batches: it never closed, and the batch is due to be put away. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "given-up-"));
  await mkdir(join(folder, "tills"));
  const file = (cafe: string) =>
    writeFile(join(folder, "tills", `2026-03-02-${cafe}.csv`), shapes.list([latte(cafe, "2026-03-02 09:00")]));
  await file("Leeds");
  await json("run", "--source", "tills");

  await file("York");
  const warehouse = await openDuckdb({
    path: join(folder, "home", "warehouse.duckdb"),
    readableFolders: [],
    memoryMegabytes: 256,
  });
  const [source] = await warehouse.query<{ url: string }>("select url from sources");
  await warehouse.transact([
    {
      sql: `insert into runs (run_id, trigger_kind, started_at, status)
            values ('killed', 'command', $started_at, 'running')`,
      params: { started_at: new Date() },
    },
    {
      sql: `insert into run_batches (batch_id, run_id, state, files, files_waiting)
            values ('killed-0', 'killed', 'listed', 3, 0), ('killed-1', 'killed', 'queued', 1, 0), ('killed-2', 'killed', 'queued', 1, 0)`,
    },
  ]);
  await warehouse.close();
  const { mtimeMs, size } = await stat(join(folder, "tills", "2026-03-02-York.csv"));
  const batch = { runId: "killed", sourceUrl: source?.url ?? "" };
  const poison = { key: "poison.csv", size: 1, modifiedAt: 1, version: 2 };
  const york = { key: "2026-03-02-York.csv", size, modifiedAt: Math.floor(mtimeMs), version: Date.now() * 1000 };
  const queue = messages(100);
  await queue.send([{ ...batch, batchId: "killed-1", files: [poison] }]);
  for (let receives = 0; receives < 3; receives += 1) {
    for (const { receipt } of await queue.receive(1)) await queue.giveBack(receipt, 0);
  }
  await queue.send([{ ...batch, batchId: "killed-2", files: [york] }]);
  await queue.close();
});

afterAll(() => rm(folder, { recursive: true }));

test("a run that was killed is over as soon as somebody else has its home", async () => {
  expect(await json("runs")).toMatchObject([
    { runId: "killed", status: "incomplete", files: { loaded: 0 }, batches: { loaded: 0, queued: 2, dead: 0 } },
    { status: "completed", files: { loaded: 1 }, batches: { loaded: 1 } },
  ]);
});

test("the next run has what it loaded of a killed one to its own name, and says what was given up", async () => {
  const { code, stdout, stderr } = await infinityAt("run");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Loaded 1 file .* 1 receipt, 1 item, £2\.15\./);
  expect(stderr).toMatch(/^1 batch was given up, .* `infinity redrive` puts it back for the next run\.\n$/);
  expect(await json("runs")).toMatchObject([
    { status: "completed", files: { loaded: 1 }, totalPence: 215, batches: { loaded: 1, queued: 0, dead: 0 } },
    { runId: "killed", status: "incomplete", totalPence: 0, batches: { loaded: 0, queued: 0, dead: 1 } },
    { status: "completed" },
  ]);
  expect((await infinityAt("runs")).stdout).toMatch(/incomplete .* 1 given up/);
  expect(await json("status")).toMatchObject({ givenUp: 1 });
  expect((await infinityAt("status")).stdout).toContain("Given up   1 batch; `infinity redrive` puts it back");
});

test("once it is put back, nothing says it was given up", async () => {
  expect(await json("redrive")).toEqual({ transform: 1, load: 0 });
  expect(await json("status")).toMatchObject({ givenUp: 0 });
  expect(await json("runs")).toMatchObject([{}, { runId: "killed", batches: { queued: 1, dead: 0 } }, {}]);
});
