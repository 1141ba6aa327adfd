import { afterEach, beforeEach, expect, test } from "vitest";
import { type InfinityError, SettingError, TerminalError, TransientError } from "#core/errors.ts";
import type { TransformMessage } from "#core/messages.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import type { RunProgress } from "#pipeline/run.ts";
import { transformBatch } from "#pipeline/transform/transform-batch.ts";
import { latte, shapes } from "./till-fixtures.ts";
import { openTracker, type Tracker } from "./tracker.ts";

let tracker: Tracker;

beforeEach(async () => {
  tracker = await openTracker();
});

afterEach(() => tracker.close());

async function deliver(...cafes: string[]): Promise<void> {
  for (const cafe of cafes) {
    await tracker.deliver(`2026/03/02/${cafe}.csv`, shapes.list([latte(cafe, "2026-03-02 09:00")]));
  }
}

const holds = ({ files }: TransformMessage, cafe: string) => files.some(({ key }) => key.includes(cafe));

test("a batch that fails and may work another time is tried again within the run", async () => {
  await deliver("Leeds");
  let tries = 0;
  const summary = await tracker.run({
    async transform(message) {
      tries += 1;
      if (tries < 3) throw new TransientError("The transform stopped.", "It is tried again.");
      return tracker.context.transform(message);
    },
  });
  expect(tries).toBe(3);
  expect(summary).toMatchObject({ status: "completed", files: { loaded: 1, unchanged: 0 } });
});

test.each([TransientError, TerminalError])(
  "a file that always fails with a %o goes to the dead letters alone",
  async (Kind) => {
    await deliver("Leeds", "Longridge", "Poison", "Uppingham", "Aberdeen");
    const problems: InfinityError[] = [];
    const transform = async (message: TransformMessage) => {
      if (holds(message, "Poison")) throw new Kind("This batch cannot be transformed.", "Look at its file.");
      return tracker.context.transform(message);
    };
    const request = { onProblem: (problem: InfinityError) => problems.push(problem) };
    const summary = await tracker.run({ transform, maxReceives: 1 }, request);
    expect(summary).toMatchObject({ status: "incomplete", files: { discovered: 5, loaded: 4, unchanged: 0 } });
    expect(problems.map(({ message }) => message)).toEqual(["This batch cannot be transformed."]);
    const letters = await tracker.transformQueue.deadLetters();
    expect(letters.map(({ body, reason }) => [body?.files.map(({ key }) => key), reason])).toEqual([
      [["2026/03/02/Poison.csv"], Kind.name],
    ]);

    // It is still new to the ledger: once it can be read, the next run takes it; its dead letter is then a stale no-op.
    expect(await tracker.run()).toMatchObject({ status: "completed", files: { loaded: 1, unchanged: 4 } });
    const before = await tracker.digest();
    expect(await tracker.transformQueue.redrive()).toBe(1);
    expect(await tracker.run()).toMatchObject({ status: "completed", files: { loaded: 0, unchanged: 5 } });
    expect(await tracker.digest()).toEqual(before);
  },
);

test("an error nobody foresaw ends the run as failed, after the others are done, and the next run completes", async () => {
  await deliver("Leeds", "Longridge", "Uppingham");
  let working = 0;
  const transform = async (message: TransformMessage) => {
    working += 1;
    try {
      if (holds(message, "Leeds")) throw new Error("a fault in the code");
      return await tracker.context.transform(message);
    } finally {
      working -= 1;
    }
  };
  const limits = { files: 1, bytes: 1_000_000 };
  await expect(tracker.run({ transform, limits, transformers: 3 })).rejects.toThrow("a fault in the code");
  expect(working).toBe(0);
  expect(await tracker.query("select status from runs")).toEqual([{ status: "failed" }]);
  await tracker.recover();
  expect(await tracker.run()).toMatchObject({ status: "completed" });
  expect(await tracker.query("select count(*) as n from transactions")).toEqual([{ n: 3 }]);
  expect(await tracker.audit()).toEqual([]);
});

test("a warehouse that fails once while it loads leaves nothing half done, and the next run completes", async () => {
  await deliver("Leeds", "Longridge");
  let loads = 0;
  const warehouse: Warehouse = {
    ...tracker.warehouse,
    query: (sql, params) => tracker.warehouse.query(sql, params),
    queryMany: (sql, params) => tracker.warehouse.queryMany(sql, params),
    transact(statements, staged = []) {
      const broken = [...statements, { sql: "select no_such_function()" }];
      if (staged.length > 0) loads += 1;
      return tracker.warehouse.transact(staged.length > 0 && loads === 1 ? broken : statements, staged);
    },
  };
  await expect(tracker.run({ warehouse })).rejects.toThrow();
  expect(await tracker.query("select count(*) as n from transactions")).toEqual([{ n: 0 }]);
  expect(await tracker.query("select count(*) as n from files")).toEqual([{ n: 0 }]);
  expect(await tracker.run({ warehouse })).toMatchObject({ status: "completed" });
  expect(await tracker.query("select count(*) as n from transactions")).toEqual([{ n: 2 }]);
});

test("what a load needs cannot be made: the run fails, the batch is back in its queue, and the next run loads it", async () => {
  await deliver("Leeds");
  const breaksLoad: Warehouse = {
    ...tracker.warehouse,
    query: (sql, params) => tracker.warehouse.query(sql, params),
    queryMany: (sql, params) => tracker.warehouse.queryMany(sql, params),
    transact: (statements, staged = []) =>
      staged.length > 0 ? Promise.reject(new Error("a fault")) : tracker.warehouse.transact(statements, staged),
  };
  await expect(tracker.run({ warehouse: breaksLoad })).rejects.toThrow("a fault");
  const hasNoCalendar: Warehouse = {
    ...breaksLoad,
    query: (sql, params) =>
      sql.includes("from calendar") ? Promise.reject(new Error("no calendar")) : tracker.warehouse.query(sql, params),
  };
  await expect(tracker.run({ warehouse: hasNoCalendar })).rejects.toThrow("no calendar");
  expect(await tracker.loadQueue.depth()).toMatchObject({ waiting: 1, inFlight: 0 });
  expect(await tracker.run()).toMatchObject({ status: "completed" });
  expect(await tracker.query("select count(*) as n from transactions")).toEqual([{ n: 1 }]);
});

test("while the warehouse is away, batches wait for it; once it is back they are loaded, and nothing is transformed again", async () => {
  await deliver("Leeds", "Longridge", "Uppingham");
  let away = false;
  const tries = new Map<string, number>();
  let transforms = 0;
  const demand = () => {
    if (away) throw new TransientError("The warehouse does not answer.", "Wait until it is back.");
  };
  const warehouse: Warehouse = {
    migrate: () => tracker.warehouse.migrate(),
    select: (sql) => tracker.warehouse.select(sql),
    unload: (select, path) => tracker.warehouse.unload(select, path),
    close: () => tracker.warehouse.close(),
    async query(sql, params) {
      demand();
      return tracker.warehouse.query(sql, params);
    },
    async queryMany(sql, params) {
      demand();
      return tracker.warehouse.queryMany(sql, params);
    },
    async transact(statements, staged = []) {
      for (const { path } of staged.slice(0, 1)) tries.set(path, (tries.get(path) ?? 0) + 1);
      demand();
      return tracker.warehouse.transact(statements, staged);
    },
  };
  const changes = {
    warehouse,
    limits: { files: 1, bytes: 1_000_000 },
    async transform(message: TransformMessage) {
      transforms += 1;
      const made = await tracker.context.transform(message);
      // Gone as soon as there is something to load.
      away = transforms === 1 || away;
      return made;
    },
  };
  const waiting = async () => {
    const [toTransform, toLoad] = [await tracker.transformQueue.depth(), await tracker.loadQueue.depth()];
    return toTransform.waiting + toLoad.waiting;
  };

  const started = performance.now();
  await expect(tracker.run(changes)).rejects.toThrow("The warehouse does not answer.");
  // Tried as often as a message may be, with pauses between.
  expect(Math.max(...tries.values())).toBe(3);
  expect(performance.now() - started).toBeGreaterThan(1000);
  for (let hour = 1; hour <= 3; hour += 1) {
    await tracker.recover();
    expect(await waiting()).toBe(3);
    await expect(tracker.run(changes)).rejects.toThrow("The warehouse does not answer.");
  }
  expect(await tracker.loadQueue.deadLetters()).toEqual([]);

  away = false;
  await tracker.recover();
  expect(await tracker.run(changes)).toMatchObject({ status: "completed", files: { loaded: 3 } });
  expect(transforms).toBe(3);
  expect(await tracker.query("select count(*) as n from transactions")).toEqual([{ n: 3 }]);
  expect(await tracker.audit()).toEqual([]);
});

test("a batch that the warehouse alone cannot take goes to the dead letters, and the others are loaded", async () => {
  await deliver("Leeds", "Longridge");
  let poisoned: string | undefined;
  const warehouse: Warehouse = {
    ...tracker.warehouse,
    query: (sql, params) => tracker.warehouse.query(sql, params),
    queryMany: (sql, params) => tracker.warehouse.queryMany(sql, params),
    async transact(statements, staged = []) {
      poisoned ??= staged[0]?.path;
      if (staged.length > 0 && staged[0]?.path === poisoned)
        throw new TransientError("This batch fails.", "Look at it.");
      return tracker.warehouse.transact(statements, staged);
    },
  };
  const summary = await tracker.run({ warehouse, limits: { files: 1, bytes: 1_000_000 } });
  expect(summary).toMatchObject({ status: "incomplete", files: { loaded: 1 } });
  expect(await tracker.loadQueue.deadLetters()).toHaveLength(1);
  expect(await tracker.run()).toMatchObject({ status: "completed", files: { loaded: 1, unchanged: 1 } });
});

test("a run of some days leaves the other files alone", async () => {
  for (const day of ["01", "02", "03"]) {
    await tracker.deliver(`2026/03/${day}/leeds.csv`, shapes.list([latte("Leeds", `2026-03-${day} 09:00`)]));
  }
  const days = { from: "2026-03-02", to: "2026-03-02" };
  expect(await tracker.run({}, { days })).toMatchObject({ files: { discovered: 1, loaded: 1, unchanged: 0 } });
  expect(await tracker.run()).toMatchObject({ files: { discovered: 3, loaded: 2, unchanged: 1 } });
});

test("files that are no till files are not touched", async () => {
  await tracker.deliver("notes.txt", "not a receipt");
  await deliver("Leeds");
  expect(await tracker.run()).toMatchObject({ files: { discovered: 1, loaded: 1 } });
});

test("a file still being written waits until it is stable", async () => {
  await deliver("Leeds");
  const { source } = tracker.context;
  const [written] = await source.list();
  if (written === undefined) throw new Error("no file");
  const growing = { ...source, stat: async () => ({ ...written, size: written.size + 1 }) };
  const now = () => new Date(written.modifiedAt + 5);
  const summary = await tracker.run({ source: growing, settleMs: 20, now });
  expect(summary).toMatchObject({ status: "completed", files: { discovered: 1, loaded: 0, waiting: 1, unchanged: 0 } });
  expect(await tracker.run()).toMatchObject({ files: { loaded: 1, waiting: 0 } });
});

test("how much news there is, is told before it is found, and nothing where there is none", async () => {
  await tracker.deliver("notes.txt", "not a receipt");
  await deliver("Leeds", "Longridge");
  const told: string[] = [];
  const request = {
    onNews: (files: number) => void told.push(`news of ${files}`),
    onProgress: ({ filesTotal }: RunProgress) => void told.push(`${filesTotal} files`),
  };
  await tracker.run({}, request);
  expect(told.slice(0, 2)).toEqual(["news of 2", "2 files"]);
  expect(told.filter((word) => word.startsWith("news"))).toHaveLength(1);
  told.length = 0;
  await tracker.deliver("notes.txt", "newer, and still not a receipt");
  await tracker.run({}, request);
  expect(told.filter((word) => word.startsWith("news"))).toEqual([]);
});

test("what is delivered while a run finishes another's work is found by that run", async () => {
  await deliver("Leeds");
  const breaks = () => Promise.reject(new Error("a fault in the code"));
  await expect(tracker.run({ transform: breaks })).rejects.toThrow("a fault in the code");
  await tracker.recover();
  let finished = 0;
  const transform = async (message: TransformMessage) => {
    finished += 1;
    if (finished === 1) await deliver("Longridge");
    return await tracker.context.transform(message);
  };
  expect(await tracker.run({ transform })).toMatchObject({ files: { discovered: 2, loaded: 2 } });
});

test("another source is refused unless it is added; then both count", async () => {
  await deliver("Leeds");
  await tracker.run();
  const other = await openTracker();
  await other.deliver("2026/03/02/longridge.csv", shapes.list([latte("Longridge", "2026-03-02 09:00")]));
  const { source } = other.context;
  const transform = (message: TransformMessage) => transformBatch(message, { ...tracker.transformContext, source });
  await expect(tracker.run({ source, transform })).rejects.toBeInstanceOf(SettingError);
  expect(await tracker.run({ source, transform }, { addSource: true })).toMatchObject({ files: { loaded: 1 } });
  expect(await tracker.query("select count(*) as n from transactions")).toEqual([{ n: 2 }]);
  // The first is still known and unchanged.
  expect(await tracker.run()).toMatchObject({ files: { loaded: 0, unchanged: 1 } });
  await other.close();
});
