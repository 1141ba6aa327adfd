import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cleanEnvironment, infinity, program } from "./command.ts";
import { type FixtureReceipt, latte, shapes } from "./till-fixtures.ts";

let folder: string;
let source: string;

const cafes = ["Aberdeen", "Leeds", "Longridge", "Uppingham", "Chesterfield", "Camden"];
const days = 50;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "kill-"));
  source = join(folder, "tills");
  for (let day = 0; day < days; day++) {
    const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
    const place = join(source, date.replaceAll("-", "/"));
    await mkdir(place, { recursive: true });
    for (const [number, cafe] of cafes.entries()) {
      const receipts = Array.from({ length: 8 }, (_, minute): FixtureReceipt => {
        const at = `${date} ${String(8 + (minute % 10)).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
        return latte(cafe, at, `40000000000${String(10_000 + ((day * 7 + minute * number) % 900))}`);
      });
      const text = shapes.list(receipts);
      await writeFile(join(place, `${cafe}.csv`), text);
      // A copy of one file, and another file of the same day that takes its place.
      if (number === 0 && day % 10 === 0) await writeFile(join(place, `${cafe} copy.csv`), text);
      if (number === 1 && day % 10 === 5)
        await writeFile(join(place, `${cafe} late.csv`), shapes.list(receipts.slice(2)));
    }
  }
});

afterAll(() => rm(folder, { recursive: true }));

const variables = (home: string) => ({ INFINITY_HOME: home, INFINITY_SOURCE: source, INFINITY_BATCH_FILES: "40" });

/** Batches whose transform is finished. */
function finishedBatches(home: string): number {
  const batches = join(home, "clean", "batches");
  if (!existsSync(batches)) return 0;
  return readdirSync(batches).filter((batch) => existsSync(join(batches, batch, "manifest.json"))).length;
}

/** Starts a run and kills it, without any warning, when it has done some work. False when it ended before that. */
async function runAndKill(home: string, afterBatches: number, delayMs: number): Promise<boolean> {
  const child = spawn(process.execPath, [program, "run", "--json"], {
    cwd: folder,
    env: cleanEnvironment(variables(home)),
    stdio: "ignore",
  });
  const ended = once(child, "exit");
  const before = finishedBatches(home);
  while (child.exitCode === null && finishedBatches(home) < before + afterBatches) await pause(5);
  await pause(delayMs);
  child.kill("SIGKILL");
  const [code] = await ended;
  return code === null;
}

async function digest(home: string): Promise<unknown> {
  const { stdout, code } = await infinity(["digest", "--json"], variables(home), folder);
  expect(code).toBe(0);
  return JSON.parse(stdout);
}

test("killed again and again in the middle of a run, the warehouse ends as that of an undisturbed run", async () => {
  const [undisturbed, disturbed] = [join(folder, "undisturbed"), join(folder, "disturbed")];
  const whole = await infinity(["run", "--json"], variables(undisturbed), folder);
  expect(JSON.parse(whole.stdout)).toMatchObject({
    status: "completed",
    files: { loaded: 300, duplicate: 5, superseded: 5 },
  });
  // The same secret keys, or every customer would be somebody else.
  await mkdir(join(disturbed, "keys"), { recursive: true, mode: 0o700 });
  for (const key of readdirSync(join(undisturbed, "keys"))) {
    await copyFile(join(undisturbed, "keys", key), join(disturbed, "keys", key));
  }

  let kills = 0;
  for (const [afterBatches, delayMs] of [
    [1, 0],
    [2, 60],
  ] as const) {
    if (await runAndKill(disturbed, afterBatches, delayMs)) kills += 1;
  }
  expect(kills).toBeGreaterThan(0);
  const last = await infinity(["run", "--json"], variables(disturbed), folder);
  expect(last).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(last.stdout)).toMatchObject({ status: "completed", files: { discovered: 310 } });
  expect(await digest(disturbed)).toEqual(await digest(undisturbed));
  const runs = JSON.parse((await infinity(["runs", "--json"], variables(disturbed), folder)).stdout);
  expect(runs).toHaveLength(3);
  for (const { status, files, batches } of runs) {
    expect(status).toMatch(/^(in)?complete/);
    expect(batches).toMatchObject({ queued: 0, dead: 0 });
    // Whoever loaded a batch has its files, whichever run found them.
    expect(files.loaded > 0).toBe(batches.loaded > 0);
  }
  // What was cut off is cleared away.
  expect(readdirSync(join(disturbed, "clean")).filter((name) => name.startsWith("."))).toEqual([]);
}, 180_000);
