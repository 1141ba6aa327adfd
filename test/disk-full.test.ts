import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, cleanEnvironment, infinity, program } from "./command.ts";
import { latte, shapes } from "./till-fixtures.ts";

// A disk that is full at any write. The system's limit on the size of a file does it for every process of a run, the
// transforms' too, and needs neither a disk nor an administrator: the write that would pass it fails. The smaller the limit, the earlier.

let folder: string;
let source: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "no-room-"));
  source = join(folder, "tills");
  for (const cafe of ["Aberdeen", "Leeds", "Longridge"]) {
    for (let day = 10; day < 16; day += 1) {
      const place = join(source, "2026", "01", String(day));
      mkdirSync(place, { recursive: true });
      const receipts = Array.from({ length: 1500 }, (_, place) => {
        const [hour, minute] = [8 + Math.floor(place / 150), place % 60].map((part) => String(part).padStart(2, "0"));
        return latte(
          cafe,
          `2026-01-${day} ${hour}:${minute}`,
          `4000000000${String(100_000 + day * 7919 + place * 13)}`,
        );
      });
      writeFileSync(join(place, `${cafe}.csv`), shapes.list(receipts));
    }
  }
  expect(await infinity(["run", "--json"], variables("undisturbed"))).toMatchObject({ code: 0 });
});

afterAll(() => rmSync(folder, { recursive: true }));

const variables = (home: string) => ({
  INFINITY_HOME: join(folder, home),
  INFINITY_SOURCE: source,
  INFINITY_BATCH_FILES: "6",
});

/** `infinity run` where no file may become larger than this. */
async function runWithin(kilobytes: number, home: string): Promise<Answer> {
  const child = spawn(
    "sh",
    ["-c", `ulimit -f ${kilobytes * 2} && exec "$0" "$@"`, process.execPath, program, "run", "--json"],
    {
      env: cleanEnvironment(variables(home)),
    },
  );
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code, stdout, stderr };
}

async function digest(home: string): Promise<unknown> {
  return JSON.parse((await infinity(["digest", "--json"], variables(home))).stdout);
}

describe.skipIf(process.platform === "win32")("with a disk that is full", () => {
  test.each([
    [8, "the first of all writes"],
    [100, "making the warehouse"],
    [900, "filling the calendar, or the first load"],
    [1400, "a load"],
  ])(
    "at %i kB (%s), the run fails cleanly and says so; with room, the next one completes, and nothing is lost",
    async (kilobytes) => {
      const home = `limited-${kilobytes}`;
      // The same secret keys, or every customer would be somebody else.
      mkdirSync(join(folder, home, "keys"), { recursive: true, mode: 0o700 });
      cpSync(join(folder, "undisturbed", "keys"), join(folder, home, "keys"), { recursive: true });
      const full = await runWithin(kilobytes, home);
      expect(full.code).toBe(1);
      expect(full.stderr).toMatch(/ disk/);
      expect(full.stderr).not.toMatch(/Something went wrong inside|\n\s+at /);

      const next = await infinity(["run", "--json"], variables(home));
      expect(next).toMatchObject({ code: 0, stderr: "" });
      expect(JSON.parse(next.stdout)).toMatchObject({ status: "completed" });
      expect(await digest(home)).toEqual(await digest("undisturbed"));
      expect(readdirSync(join(folder, home, "clean")).filter((name) => name.startsWith("."))).toEqual([]);
    },
    120_000,
  );
});
