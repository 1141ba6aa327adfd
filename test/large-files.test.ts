import { createWriteStream } from "node:fs";
import { appendFile, mkdir, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { transformBatch } from "#pipeline/transform/transform-batch.ts";
import { latte, shapes } from "./till-fixtures.ts";
import { openTracker, type Tracker } from "./tracker.ts";

// Files that are meant to fill the memory, or do so by mistake: refused whole, with no more memory than the largest file may have.

const megabyte = 1024 * 1024;
/** What the setting `largestFileMegabytes` is unless somebody changes it. */
const largestFile = 256 * megabyte;

let tracker: Tracker;
let folder: string;

beforeEach(async () => {
  tracker = await openTracker();
  folder = join(tracker.folder, "source", "2026", "03", "02");
  await mkdir(folder, { recursive: true });
  // What a run needs before it meets the file is needed for any other file too.
  await tracker.deliver("2026/03/01/Leeds.csv", shapes.list([latte("Leeds", "2026-03-01 09:00")]));
  await run();
});

afterEach(() => tracker.close());

const run = () =>
  tracker.run({ transform: (message) => transformBatch(message, { ...tracker.transformContext, largestFile }) });

/**
 * Runs with one more file. Returns what became of it, and by how many megabytes the most memory that this process ever held is
 * more than what it held before: never less than what the file took. So the largest comes last.
 */
async function refusalOf(name: string): Promise<{ status: string; reason: string; grownBy: number }> {
  const before = process.memoryUsage.rss();
  expect(await run()).toMatchObject({ status: "completed", files: { discovered: 2, quarantined: 1 } });
  const grownBy = process.resourceUsage().maxRSS / 1024 - before / megabyte;
  await rm(join(folder, name));
  const [file] = await tracker.query<{ status: string; reason: string }>(
    `select status, reason from files where key like '%${name}'`,
  );
  return { status: file?.status ?? "", reason: file?.reason ?? "", grownBy };
}

test("a line of a gigabyte is refused unread", async () => {
  const path = join(folder, "Longridge.csv");
  await writeFile(path, `${shapes.list([latte("Longridge", "2026-03-02 09:00")])}02/03/2026 09:01,Longridge,`);
  // The rest of it is a hole in the file, which takes no room on the disk.
  await truncate(path, 1024 * megabyte);
  const { grownBy, ...file } = await refusalOf("Longridge.csv");
  expect(file).toEqual({ status: "quarantined", reason: "file_too_large" });
  expect(grownBy).toBeLessThan(128);
}, 60_000);

test("a gzip bomb is never inflated, and the reason says what it is", async () => {
  const path = join(folder, "Aberdeen.csv.gz");
  // Compressed twice: a few hundred bytes that would become a quarter of a gigabyte.
  await pipeline(Readable.from(zeros(256)), createGzip(), createGzip(), createWriteStream(path));
  const { grownBy, ...file } = await refusalOf("Aberdeen.csv.gz");
  expect(file).toEqual({ status: "quarantined", reason: "file_compressed" });
  expect(grownBy).toBeLessThan(128);
}, 60_000);

function* zeros(megabytes: number): Generator<Buffer> {
  for (let part = 0; part < megabytes; part += 1) yield Buffer.alloc(megabyte);
}

test("a line as long as the largest file is refused, and held in memory once", async () => {
  const path = join(folder, "Uppingham.csv");
  await writeFile(path, "02/03/2026 09:01,Uppingham,");
  const part = "x".repeat(megabyte);
  for (let parts = 0; parts < 250; parts += 1) await appendFile(path, part);
  const { grownBy, ...became } = await refusalOf("Uppingham.csv");
  expect(became).toEqual({ status: "quarantined", reason: "file_line_too_long" });
  expect(grownBy).toBeLessThan(400);
}, 60_000);
