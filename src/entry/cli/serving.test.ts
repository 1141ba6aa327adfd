import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";

const program = fileURLToPath(new URL("../../../bin/infinity.js", import.meta.url));

/** A dozen processes one after another, on a machine that may be busy. */
const patience = 120_000;

let folder: string;
let serving: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "serving-"));
  mkdirSync(join(folder, "tills"));
  const rows = ["03/03/2026 09:00,Leeds,Ann Example,Regular Latte - 2.15,2.15,CASH,"];
  writeFileSync(join(folder, "tills", "leeds_03-03-2026_09-00-00.csv"), `${rows.join("\n")}\n`);
});

afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true });
});

const environment = () => ({
  ...process.env,
  INFINITY_HOME: join(folder, "home"),
  INFINITY_SOURCE: join(folder, "tills"),
  INFINITY_SETTLE_MS: "0",
});

async function infinity(...words: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...words], {
    env: environment(),
    cwd: folder,
  });
  return stdout;
}

async function serve(): Promise<{ url: string; signInLink: string }> {
  const child = spawn(process.execPath, [program, "serve", "--port", "0", "--json"], {
    env: environment(),
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  serving = child;
  let printed = "";
  for await (const chunk of child.stdout) {
    printed += String(chunk);
    if (printed.trimEnd().endsWith("}")) break;
  }
  return JSON.parse(printed);
}

/** Asks the server to end, as Ctrl+C does; its exit code. */
async function stop(): Promise<number | null> {
  const child = serving;
  serving = undefined;
  if (child === undefined || child.exitCode !== null) return child?.exitCode ?? null;
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  child.kill("SIGTERM");
  return await ended;
}

test(
  "run, query and status print the same JSON with and without serve",
  async () => {
    await infinity("run", "--json");
    const words = [
      ["status", "--json"],
      ["query", "--json", "select * from transactions"],
      ["query", "--csv", "select * from products"],
    ];
    const alone: string[] = [];
    for (const command of words) alone.push(await infinity(...command));
    const runAlone = JSON.parse(await infinity("run", "--json"));
    const before = JSON.parse(await infinity("status", "--json"));
    await serve();
    for (const [index, command] of words.entries()) {
      const through = await infinity(...command);
      if (command[0] === "status")
        expect(JSON.parse(through)).toEqual({ ...JSON.parse(alone[index] ?? ""), lastRun: before.lastRun });
      else expect(through).toBe(alone[index]);
    }
    const runThrough = JSON.parse(await infinity("run", "--json"));
    const ofItsOwn = ["runId", "startedAt", "finishedAt", "durationMs"];
    const shape = (run: Record<string, unknown>) => Object.entries(run).filter(([name]) => !ofItsOwn.includes(name));
    expect(shape(runThrough)).toEqual(shape(runAlone));
    expect(Object.keys(runThrough)).toEqual(Object.keys(runAlone));
  },
  patience,
);

test(
  "link prints a fresh link while the dashboard is served, and serve ends when it is asked to",
  async () => {
    const { url, signInLink } = await serve();
    const link = (await infinity("link")).trim();
    expect(link).toMatch(new RegExp(`^${url}/sign-in\\?token=[\\w-]{22}$`));
    expect(link).not.toBe(signInLink);
    expect((await fetch(link, { redirect: "manual" })).status).toBe(303);
    expect(await stop()).toBe(0);
    await expect(infinity("link")).rejects.toThrow(/not being served/);
  },
  patience,
);
