import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openFolder } from "#adapters/storage/folder.ts";
import { TransientError } from "#core/errors.ts";
import type { Storage } from "#core/ports/storage.ts";
import { readSettings, type Settings } from "#core/settings.ts";
import { latte, shapes } from "../../../test/till-fixtures.ts";
import { openTracker, type Tracker } from "../../../test/tracker.ts";
import { pointerKey, UnusableSnapshotError } from "./pointer.ts";
import { publishIfChanged } from "./publish-snapshot.ts";
import { SnapshotWarehouse } from "./snapshot-warehouse.ts";

let tracker: Tracker;
let folder: string;
let place: string;
let settings: Settings;
let said: string[];
let problems: unknown[];
let clock: number;
let opened: SnapshotWarehouse[];

const log = {
  info: (words: string, facts: object) => void said.push(`${words} ${JSON.stringify(facts)}`),
  error: (words: string, facts: object) => void said.push(`${words} ${JSON.stringify(facts)}`),
};

beforeEach(async () => {
  tracker = await openTracker();
  folder = mkdtempSync(join(tmpdir(), "snapshot-faults-"));
  place = join(folder, "published");
  mkdirSync(place);
  const read = readSettings({ flags: { home: tracker.folder }, environment: {}, folder });
  settings = { ...read, warehouseMemoryMegabytes: 256, snapshots: place };
  [said, problems, opened, clock] = [[], [], [], 0];
});

afterEach(async () => {
  for (const snapshot of opened) await snapshot.close();
  await tracker.close();
  rmSync(folder, { recursive: true });
});

/** A function that has just started. */
function start(changes: Partial<Storage> = {}): SnapshotWarehouse {
  const snapshot = new SnapshotWarehouse({
    snapshots: { ...openFolder(place), ...changes },
    memoryMegabytes: 256,
    lookEveryMs: 1000,
    onProblem: (problem) => problems.push(problem),
    now: () => clock,
  });
  opened.push(snapshot);
  return snapshot;
}

const publish = () => publishIfChanged({ settings, warehouse: tracker.warehouse }, log);
const receiptsIn = async (snapshot: SnapshotWarehouse) =>
  Number((await snapshot.query<{ n: number }>("select count(*) as n from transactions"))[0]?.n);

async function loadAndPublish(date: string): Promise<void> {
  await tracker.deliver(`2026/03/${date}/leeds.csv`, shapes.list([latte("Leeds", `2026-03-${date} 09:00`)]));
  await tracker.run();
  await publish();
}

const pointer = () => JSON.parse(readFileSync(join(place, pointerKey), "utf8")) as { key: string; version: string };
const newest = () => join(place, pointer().key);
const repoint = (changes: object) =>
  writeFileSync(join(place, pointerKey), JSON.stringify({ ...pointer(), ...changes }));

const damages: Record<string, () => void> = {
  "cut short": () => truncateSync(newest(), statSync(newest()).size >> 1),
  "without its beginning": () => writeFileSync(newest(), Buffer.alloc(statSync(newest()).size)),
  "scrambled inside": () => {
    const bytes = readFileSync(newest());
    for (let at = 3 * 4096; at < bytes.length; at += 97) bytes[at] = (bytes[at] ?? 0) ^ 0x5a;
    writeFileSync(newest(), bytes);
  },
};

test.each(Object.entries(damages))(
  "a snapshot that is %s says which it is and what makes another, and the next run publishes a whole one",
  async (_, damage) => {
    await loadAndPublish("02");
    damage();
    const failed = await receiptsIn(start()).catch((error) => error);
    expect(failed).toBeInstanceOf(UnusableSnapshotError);
    expect(failed.message).toBe(`The snapshot ${pointer().key} of ${openFolder(place).url} is damaged.`);
    expect(`${failed.message} ${failed.next}`).not.toMatch(/rebuild/);
    await loadAndPublish("03");
    expect(said.filter((line) => line.includes("not published"))).toEqual([]);
    expect(await receiptsIn(start())).toBe(2);
  },
);

test("a damaged word on which is the newest is told, and written again by whoever publishes next", async () => {
  await loadAndPublish("02");
  writeFileSync(join(place, pointerKey), '{"key": "2026');
  const failed = await receiptsIn(start()).catch((error) => error);
  expect(failed).toBeInstanceOf(UnusableSnapshotError);
  expect(failed.message).toMatch(/current\.json is damaged/);
  await publish();
  expect(await receiptsIn(start())).toBe(1);
});

test("a newest snapshot that somebody removed, or that has other tables, is published again though nothing was loaded", async () => {
  await loadAndPublish("02");
  rmSync(newest());
  await publish();
  expect(await receiptsIn(start())).toBe(1);
  repoint({ tables: "of another version" });
  const failed = await receiptsIn(start()).catch((error) => error);
  expect(failed).toBeInstanceOf(UnusableSnapshotError);
  expect(failed.message).toMatch(/of another version of the tracker/);
  await publish();
  expect(await receiptsIn(start())).toBe(1);
});

test("whoever has a snapshot open answers from it while a newer one cannot be had, and says why", async () => {
  await loadAndPublish("02");
  let isAway = false;
  const away = async () => {
    throw new TransientError("The store is away.", "Wait.");
  };
  const folderStore = openFolder(place);
  const running = start({
    stat: (key) => (isAway ? away() : folderStore.stat(key)),
    localise: (key) => (isAway ? away() : folderStore.localise(key)),
  });
  expect(await receiptsIn(running)).toBe(1);
  await loadAndPublish("03");
  isAway = true;
  clock += 1000;
  expect(await receiptsIn(running)).toBe(1);
  expect(await receiptsIn(running)).toBe(1);
  expect(problems).toHaveLength(1);
  isAway = false;
  damages["cut short"]?.();
  clock += 1000;
  expect(await receiptsIn(running)).toBe(1);
  expect(problems[1]).toBeInstanceOf(UnusableSnapshotError);
  await loadAndPublish("04");
  clock += 1000;
  expect(await receiptsIn(running)).toBe(3);
});

test("of two that publish at once, the one that began later stays the newest, whoever ends first", async () => {
  await tracker.deliver("2026/03/02/leeds.csv", shapes.list([latte("Leeds", "2026-03-02 09:00")]));
  await tracker.run();
  const { warehouse } = tracker;
  let isFirst = true;
  // The first to publish is held up in the middle of it, until another has loaded and published more.
  const holdingUp = new Proxy(warehouse, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (typeof value !== "function") return value;
      return async (...asked: unknown[]) => {
        if (name === "unload" && isFirst) {
          isFirst = false;
          await loadAndPublish("03");
        }
        return (value as (...asked: unknown[]) => Promise<unknown>).apply(target, asked);
      };
    },
  });
  await publishIfChanged({ settings, warehouse: holdingUp }, log);
  const { key } = pointer();
  expect(said.filter((line) => line.includes("not published"))).toEqual([]);
  expect(await receiptsIn(start())).toBe(2);
  // Nothing is left to do: what was overtaken is not the newest.
  await publish();
  expect(pointer().key).toBe(key);
});
