import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { BusyError, RefusedError, SettingError } from "#core/errors.ts";
import { readSettings } from "#core/settings.ts";
import { type Home, openHome } from "../home/open-home.ts";
import { findServer, withHome } from "../home/with-home.ts";
import { OwnOperations } from "../operations/own-operations.ts";
import { type RunningServer, startServer } from "./start-server.ts";

let folder: string;
let home: Home;
let server: RunningServer;
let notes: string[];

const silent = { onProgress() {}, onProblem() {} };
const settings = (flags: Record<string, unknown> = {}) =>
  readSettings({
    flags: { home: join(folder, "home"), source: join(folder, "tills"), port: 0, settleMs: 0, ...flags },
    environment: {},
    folder,
  });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "server-"));
  mkdirSync(join(folder, "tills"));
  deliver("leeds_03-03-2026_09-00-00.csv", "03/03/2026 09:00,Leeds,Ann Example,Regular Latte - 2.15,2.15,CASH,");
  notes = [];
  home = await openHome(settings(), "infinity serve");
  server = await startServer(home, {
    sample: true,
    note: (line) => notes.push(line),
    beforeScheduledRun: async () => void notes.push("prepared"),
  });
});

afterEach(async () => {
  await server.close();
  await home.close();
  rmSync(folder, { recursive: true });
});

function deliver(name: string, ...rows: string[]): void {
  writeFileSync(join(folder, "tills", name), `${rows.join("\n")}\n`);
}

async function door() {
  const found = await findServer(settings());
  if (!found) throw new Error("There is no door.");
  return found;
}

test("it serves, signs in by its link and shows what was loaded", async () => {
  await server.run({}, silent, "start");
  const entered = await fetch(await server.signInLink(), { redirect: "manual" });
  expect(entered.status).toBe(303);
  const cookie = entered.headers.get("set-cookie")?.split(";")[0] ?? "";
  const session = await fetch(`${server.url}/api/session`, { headers: { cookie } });
  expect(await session.json()).toMatchObject({
    sample: true,
    running: false,
    dates: { first: "2026-03-03", last: "2026-03-03" },
    lastRun: { trigger: "start", status: "completed", filesLoaded: 1 },
    schedule: "daily at 06:00, Europe/London",
    nextRunAt: expect.stringMatching(/Z$/),
  });
});

test("other commands work through it as if the home were theirs", async () => {
  const other = await door();
  const summary = await other.run({}, silent);
  expect(summary).toMatchObject({ status: "completed", files: { loaded: 1 }, totalPence: 215 });
  const own = new OwnOperations(home);
  expect(await other.status()).toEqual(await own.status());
  expect(await other.runs(5)).toEqual(await own.runs(5));
  expect(await other.runs(5)).toMatchObject([{ status: "completed", batches: { loaded: 1, queued: 0, dead: 0 } }]);
  await home.loadQueue.send([{ runId: "lost", batchId: "lost-1", sourceUrl: "file:///tills", prefix: "batches/none" }]);
  const [delivery] = await home.loadQueue.receive(1);
  await home.loadQueue.bury(delivery?.receipt ?? "", "TerminalError");
  expect(await other.redrive()).toEqual({ transform: 0, load: 1 });
  expect(await other.redrive()).toEqual({ transform: 0, load: 0 });
  const sql = "select transaction_id, total_pence, occurred_at, business_date, reconciled from transactions";
  expect(await other.select(sql)).toEqual(await own.select(sql));
  expect(await withHome(settings(), "infinity status", (operations) => operations.status())).toEqual(
    await own.status(),
  );
});

test("a run through the door reports its progress", async () => {
  const seen: number[] = [];
  await (await door()).run({}, { ...silent, onProgress: ({ filesDone }) => seen.push(filesDone) });
  expect(seen.at(-1)).toBe(1);
});

test("an error behind the door is the same error in front of it", async () => {
  const other = await door();
  const refusal = await other.select("drop table files").catch((error) => error);
  expect(refusal).toBeInstanceOf(RefusedError);
  expect(refusal.next).toContain("SELECT");
  await other.run({}, silent);
  const elsewhere = join(folder, "elsewhere");
  mkdirSync(elsewhere);
  await expect(other.run({ source: elsewhere }, silent)).rejects.toThrow(/filled from/);
});

test("runs wait for each other, whoever asked for them", async () => {
  const other = await door();
  const summaries = await Promise.all([server.run({}, silent), other.run({}, silent), other.run({}, silent)]);
  expect(summaries.map(({ files }) => files.loaded).sort()).toEqual([0, 0, 1]);
  const [row] = await home.warehouse.query<{ runs: number }>(
    `select count(*) as runs from runs as one join runs as other
     on one.run_id < other.run_id and one.finished_at > other.started_at and other.finished_at > one.started_at`,
  );
  expect(row?.runs).toBe(0);
});

test("the door opens to its token alone, and never to a browser", async () => {
  const { port, token } = home.ownership.owner;
  const knock = (headers: Record<string, string>) =>
    fetch(`http://127.0.0.1:${port}/status`, { method: "POST", body: "{}", headers });
  expect((await knock({})).status).toBe(403);
  expect((await knock({ authorization: "Bearer wrong" })).status).toBe(403);
  expect((await knock({ authorization: `Bearer ${token}`, origin: "http://localhost:4000" })).status).toBe(403);
  expect((await knock({ authorization: `Bearer ${token}` })).status).toBe(200);
  expect(
    (await fetch(`${server.url}/status`, { method: "POST", headers: { authorization: `Bearer ${token}` } })).status,
  ).toBe(403);
});

test("what the schedule missed is caught up, and said", async () => {
  await server.catchUp();
  expect(notes).toEqual([
    "prepared",
    expect.stringMatching(/^Scheduled run completed: 1 files, 1 receipts in \d+ ms\.$/),
  ]);
  await server.catchUp();
  expect(notes).toHaveLength(2);
});

test("a home that another command has, without a door, is busy", async () => {
  await server.close();
  await home.close();
  home = await openHome(settings(), "infinity run");
  await expect(withHome(settings(), "infinity query", async () => 1)).rejects.toBeInstanceOf(BusyError);
});

test("a port that is taken is a setting error that says what to do", async () => {
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(0, "127.0.0.1", resolve));
  const { port } = squatter.address() as { port: number };
  await server.close();
  await home.close();
  home = await openHome(settings({ port }), "infinity serve");
  const refusal = await startServer(home, { sample: false, note: () => undefined }).catch((error) => error);
  expect(refusal).toBeInstanceOf(SettingError);
  expect(refusal.next).toContain("--port");
  squatter.close();
});
