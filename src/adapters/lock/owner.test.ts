import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BusyError, SettingError } from "#core/errors.ts";
import { readOwner, takeOwnership } from "./owner.ts";
import { processStartedAt } from "./process.ts";

let outer: string;
let home: string;
let children: ChildProcess[];

beforeEach(() => {
  outer = mkdtempSync(join(tmpdir(), "lock-"));
  home = join(outer, "home");
  children = [];
});

afterEach(async () => {
  for (const child of children) await kill(child);
  rmSync(outer, { recursive: true });
});

const ownerFile = () => join(home, "owner.json");

/** Another process that tries to take the home folder, says `taken` or the error's name, and stays. */
async function rival(command = "infinity serve"): Promise<{ child: ChildProcess; outcome: string }> {
  const script = `
    import { takeOwnership } from ${JSON.stringify(new URL("./owner.ts", import.meta.url).href)};
    const outcome = await takeOwnership(${JSON.stringify(home)}, { command: ${JSON.stringify(command)} })
      .then(() => "taken", (error) => error.name);
    for (let round = 0; round < 5; round++) { await new Promise(setImmediate); gc(); }
    console.log(outcome);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--expose-gc", "--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const outcome = await new Promise<string>((resolve) => {
    child.stdout.once("data", (data) => resolve(String(data).trim()));
    child.once("exit", () => resolve("exited"));
  });
  return { child, outcome };
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await ended;
}

function leaveBehind(owner: object): void {
  writeFileSync(ownerFile(), JSON.stringify({ command: "infinity run", startedAt: "2026-01-02T03:04:05Z", ...owner }));
}

test("the owner's file says who it is, and goes when the home folder is released", async () => {
  const ownership = await takeOwnership(home, { command: "infinity run" });
  expect(JSON.parse(readFileSync(ownerFile(), "utf8"))).toEqual(ownership.owner);
  expect(ownership.owner).toMatchObject({ pid: process.pid, command: "infinity run" });
  expect(readOwner(home)).toEqual(ownership.owner);
  await ownership.release();
  await ownership.release();
  expect(readOwner(home)).toBeUndefined();
  expect(readdirSync(home)).toEqual(["owner.lock"]);
});

test("what is released can be taken again", async () => {
  await (await takeOwnership(home, { command: "infinity run" })).release();
  const ownership = await takeOwnership(home, { command: "infinity serve" });
  expect(readOwner(home)?.command).toBe("infinity serve");
  await ownership.release();
});

test("the same process cannot take it twice either", async () => {
  const ownership = await takeOwnership(home, { command: "infinity run" });
  await expect(takeOwnership(home, { command: "infinity run" })).rejects.toBeInstanceOf(BusyError);
  expect(readOwner(home)).toEqual(ownership.owner);
  expect((await rival()).outcome).toBe("BusyError");
  await ownership.release();
});

test("a second process is told what is running, which process it is and what to do", async () => {
  const { child, outcome } = await rival("infinity serve");
  expect(outcome).toBe("taken");
  const refusal = await takeOwnership(home, { command: "infinity run" }).catch((error) => error);
  expect(refusal).toBeInstanceOf(BusyError);
  expect(refusal.message).toMatch(/^`infinity serve` has been using .* since \d+ \w+ \d{4}/);
  expect(refusal.message).toContain(`process ${child.pid}`);
  expect(refusal.next).toContain("Ctrl+C");
});

test("what a killed process owned can be taken at once", async () => {
  const { child, outcome } = await rival();
  expect(outcome).toBe("taken");
  await kill(child);
  expect(readOwner(home)).toBeUndefined();
  const ownership = await takeOwnership(home, { command: "infinity run" });
  expect(readOwner(home)?.pid).toBe(process.pid);
  await ownership.release();
});

test("of several processes that take over from a dead one at once, one gets it", async () => {
  const dead = await rival();
  await kill(dead.child);
  const outcomes = (await Promise.all([rival(), rival(), rival(), rival()])).map(({ outcome }) => outcome);
  expect(outcomes.sort()).toEqual(["BusyError", "BusyError", "BusyError", "taken"]);
});

test("a file left behind by a process whose number now belongs to another is taken over", async () => {
  await (await takeOwnership(home, { command: "infinity run" })).release();
  leaveBehind({ pid: process.pid, processStartedAt: "another boot 123" });
  const ownership = await takeOwnership(home, { command: "infinity serve" });
  expect(ownership.owner.command).toBe("infinity serve");
  await ownership.release();
});

test("where the system does not tell when a process started, the lock alone decides", async () => {
  await (await takeOwnership(home, { command: "infinity run" })).release();
  leaveBehind({ pid: process.pid, processStartedAt: null });
  const ownership = await takeOwnership(home, { command: "infinity serve" });
  expect(ownership.owner.command).toBe("infinity serve");
  await ownership.release();
});

test.skipIf(process.platform !== "linux")(
  "an owner still running is respected though its lock was deleted",
  async () => {
    const { outcome } = await rival();
    expect(outcome).toBe("taken");
    rmSync(join(home, "owner.lock"));
    await expect(takeOwnership(home, { command: "infinity run" })).rejects.toBeInstanceOf(BusyError);
  },
);

test("the lock holds though the owner's file was deleted and its process forgot about it", async () => {
  expect((await rival()).outcome).toBe("taken");
  rmSync(ownerFile());
  await expect(takeOwnership(home, { command: "infinity run" })).rejects.toThrow(/Another infinity command/);
});

test("a file that makes no sense is taken over", async () => {
  await (await takeOwnership(home, { command: "infinity run" })).release();
  writeFileSync(ownerFile(), '{ "pid": "');
  const ownership = await takeOwnership(home, { command: "infinity serve" });
  expect(readOwner(home)).toEqual(ownership.owner);
  await ownership.release();
});

test("what the owner announces reaches readers, and only its own user can read it", async () => {
  const ownership = await takeOwnership(home, { command: "infinity serve" });
  await ownership.announce({ port: 8080, token: "a-token" });
  expect(readOwner(home)).toMatchObject({ pid: process.pid, command: "infinity serve", port: 8080, token: "a-token" });
  expect(readdirSync(home).sort()).toEqual(["owner.json", "owner.lock"]);
  if (process.platform !== "win32") {
    expect(statSync(ownerFile()).mode & 0o777).toBe(0o600);
    expect(statSync(home).mode & 0o777).toBe(0o700);
  }
  await ownership.release();
  await expect(ownership.announce({ port: 1, token: "late" })).rejects.toBeInstanceOf(BusyError);
});

test("a home folder that cannot be made is a setting error", async () => {
  writeFileSync(home, "a file");
  await expect(takeOwnership(home, { command: "infinity run" })).rejects.toBeInstanceOf(SettingError);
});

test.skipIf(process.platform !== "linux")(
  "a process's start is the same each time, and none is known once it ended",
  async () => {
    const { child } = await rival();
    const pid = child.pid ?? 0;
    expect(processStartedAt(pid)).toMatch(/^\S+ \d+$/);
    expect(processStartedAt(pid)).toBe(processStartedAt(pid));
    expect(processStartedAt(pid)).not.toBe(processStartedAt(process.ppid));
    await kill(child);
    expect(processStartedAt(pid)).toBeNull();
  },
);
