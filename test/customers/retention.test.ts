import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RefusedError, TransientError } from "#core/errors.ts";
import { purgeRawFiles } from "#pipeline/purge-raw-files.ts";
import { latte, shapes } from "../till-fixtures.ts";
import { openTracker, type Tracker } from "../tracker.ts";

let tracker: Tracker;

/** A file of every fate: loaded, the same again, superseded, with a refused row, refused whole. */
beforeEach(async () => {
  tracker = await openTracker();
  const leeds = [9, 10].map((hour) => latte("Leeds", `2026-03-02 ${String(hour).padStart(2, "0")}:00`));
  await tracker.deliver("leeds.csv", shapes.list(leeds.slice(0, 1)));
  await tracker.deliver("leeds more.csv", shapes.list(leeds));
  await tracker.deliver("leeds more again.csv", shapes.list(leeds));
  await tracker.deliver("longridge.csv", `${shapes.list([latte("Longridge", "2026-03-02 09:00")])}half a row\n`);
  await tracker.deliver("odd.csv", "this,is,no,till\n");
  await tracker.run();
});

afterEach(() => tracker.close());

const all = ["leeds more again.csv", "leeds more.csv", "leeds.csv", "longridge.csv"];
const isThere = (key: string) => existsSync(join(tracker.folder, "source", key));
const left = async () => (await tracker.context.source.list()).map(({ key }) => key);
const purge = (days = 0, dryRun = false) => purgeRawFiles(tracker.context, { days, dryRun });
const marked = async () =>
  (await tracker.query<{ key: string }>("select key from files where raw_purged_at is not null order by key")).map(
    ({ key }) => key,
  );

test("without the setting, a run removes nothing", async () => {
  await tracker.run();
  expect(await left()).toEqual([...all, "odd.csv"]);
});

test("a run removes what was loaded long enough ago, remembers it, and finds nothing new afterwards", async () => {
  const digest = await tracker.digest();
  await tracker.run({ rawRetentionDays: 1 });
  expect(await left()).toEqual([...all, "odd.csv"]);
  await tracker.run({ rawRetentionDays: 0 });
  expect(await left()).toEqual(["odd.csv"]);
  expect(await marked()).toEqual(all);
  expect(await tracker.run({ rawRetentionDays: 0 })).toMatchObject({ files: { loaded: 0, discovered: 1 } });
  expect(await tracker.digest()).toEqual(digest);
});

test("a run that could not finish removes nothing", async () => {
  await tracker.deliver("new.csv", shapes.list([latte("Leeds", "2026-03-04 09:00")]));
  const transform = async () => {
    throw new TransientError("No.", "Later.");
  };
  expect(await tracker.run({ rawRetentionDays: 0, transform })).toMatchObject({ status: "incomplete" });
  expect(await left()).toHaveLength(6);
});

test("a dry run says which would go and leaves them", async () => {
  expect(await purge(0, true)).toMatchObject({ dryRun: true, keys: all, withRowsSetAside: 1, changedSince: 0 });
  expect(await left()).toHaveLength(5);
  expect(await marked()).toEqual([]);
});

test("a file that is not the one that was loaded stays, and so does one that nobody has loaded", async () => {
  await tracker.deliver("longridge.csv", shapes.list([latte("Longridge", "2026-03-02 10:00")]));
  await tracker.touch("leeds.csv");
  await tracker.deliver("new.csv", shapes.list([latte("Leeds", "2026-03-04 09:00")]));
  expect(await purge()).toMatchObject({ keys: ["leeds more again.csv", "leeds more.csv"], changedSince: 2 });
  expect(await left()).toEqual(["leeds.csv", "longridge.csv", "new.csv", "odd.csv"]);
});

test("a file that changes between the look and the removal stays", async () => {
  const { source } = tracker.context;
  const late = { ...source, stat: async (key: string) => ({ ...(await source.stat(key)), modifiedAt: 1 }) as never };
  await purgeRawFiles({ ...tracker.context, source: late }, { days: 0, dryRun: false });
  expect(await left()).toHaveLength(5);
});

test("a good version stays while the newer one in its place was refused", async () => {
  await tracker.deliver("longridge.csv", "this,is,no,till\n");
  await tracker.run({ rawRetentionDays: 0 });
  expect(isThere("longridge.csv")).toBe(true);
});

test("a file that cannot be removed is not said to be, and keeps no other from going", async () => {
  const { source } = tracker.context;
  const stuck = {
    ...source,
    async remove(key: string) {
      if (key === "leeds more.csv") throw new TransientError(`${key} is held.`, "Try again.");
      await source.remove(key);
    },
  };
  const purging = purgeRawFiles({ ...tracker.context, source: stuck }, { days: 0, dryRun: false });
  await expect(purging).rejects.toThrow(/^leeds more\.csv is held\.$/);
  expect(await left()).toEqual(["leeds more.csv", "odd.csv"]);
  expect(await marked()).toEqual(all.filter((key) => key !== "leeds more.csv"));
});

test("where nothing can be removed, the run says so, and the next purge removes it", async () => {
  const { source } = tracker.context;
  const stuck = {
    ...source,
    remove: async () => {
      throw new TransientError("The disk is read-only.", "Try again.");
    },
  };
  const problems: string[] = [];
  const onProblem = ({ message }: { message: string }) => problems.push(message);
  expect(await tracker.run({ source: stuck, rawRetentionDays: 0 }, { onProblem })).toMatchObject({
    status: "completed",
  });
  expect(problems).toEqual(["The disk is read-only. Nor could others."]);
  expect(await left()).toHaveLength(5);
  expect(await marked()).toEqual([]);
  await purge();
  expect(await left()).toEqual(["odd.csv"]);
});

test("a replay tells removed files from those that are missing or changed, and reads the others", async () => {
  await tracker.deliver("york.csv", shapes.list([latte("York", "2026-03-02 09:00")]));
  await tracker.deliver("ely.csv", shapes.list([latte("Ely", "2026-03-02 09:00")]));
  await tracker.run();
  await purge();
  for (const cafe of ["York", "Ely"]) {
    await tracker.deliver(`${cafe.toLowerCase()}.csv`, shapes.list([latte(cafe, "2026-03-02 10:00")]));
  }
  await tracker.run();
  await tracker.touch("york.csv");
  await rm(join(tracker.folder, "source", "odd.csv"));
  const problems: string[] = [];
  const onProblem = ({ message }: { message: string }) => problems.push(message);
  const { files } = await tracker.run({}, { replay: { outdated: false }, onProblem });
  expect(files).toMatchObject({ discovered: 1, unchanged: 1, waiting: 0, unreadable: 6 });
  expect(problems).toEqual([
    "4 files cannot be read again: removed from the source as rawRetentionDays asks.",
    "1 file cannot be read again: no longer in the source.",
    "1 file cannot be read again: changed in the source since.",
  ]);
});

test("a replay of which nothing can be read is refused, and was no run", async () => {
  await purge();
  await tracker.touch("odd.csv");
  const replay = async (file: string) => tracker.run({}, { replay: { file } }).catch((error: unknown) => error);
  const removed = await replay("leeds.csv");
  expect(removed).toBeInstanceOf(RefusedError);
  expect(removed).toMatchObject({
    message: expect.stringMatching(/^1 file cannot be read again: removed .*Days asks/),
  });
  expect(await replay("odd.csv")).toMatchObject({ next: expect.stringContaining("`infinity run`") });
  expect(await tracker.query("select status from runs")).toEqual([{ status: "completed" }]);
});

test("a removed file that is delivered again is there again, and counts once", async () => {
  const digest = await tracker.digest();
  await purge();
  await tracker.deliver("longridge.csv", `${shapes.list([latte("Longridge", "2026-03-02 09:00")])}half a row\n`);
  await tracker.run();
  expect(await marked()).toEqual(all.slice(0, 3));
  expect(await tracker.digest()).toEqual(digest);
});
