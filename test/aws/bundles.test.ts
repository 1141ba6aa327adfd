import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { SQSBatchResponse } from "aws-lambda";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { SignIn } from "#access/sign-in.ts";
import { openPostgres } from "#adapters/warehouse/postgres.ts";
import { openAccess, openKeeper } from "#entry/home/choose-adapters.ts";
import { digestTables } from "#pipeline/load/digest.ts";
import { openTracker } from "../tracker.ts";
import {
  type Cloud,
  cloudKeys,
  deliverAll,
  type Functions,
  httpEvent,
  objectCreatedEvent,
  openCloud,
  scheduledEvent,
} from "./cloud.ts";
import { history } from "./history.ts";
import { bundleFunctions, type FunctionName, startUnzipped, type UnzippedFunction } from "./unzipped.ts";
import { onPostgres } from "./warehouses.ts";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

/** What Lambda takes, unzipped: 250 MB. */
const mostBytes = 250 * 1024 * 1024;
const names: readonly FunctionName[] = ["extract", "transform", "load", "api"];

let warehouse: string;
let cloud: Cloud;
const bundles = {} as Record<FunctionName, UnzippedFunction>;

beforeAll(async () => {
  cloud = await openCloud({
    publishes: true,
    warehouse: async () => {
      const server = await onPostgres();
      warehouse = server.url;
      return server;
    },
  });
  const out = join(cloud.folder, "bundles");
  await bundleFunctions(out);
  for (const name of names) {
    const [folder, home] = [join(cloud.folder, "unzipped", name), join(cloud.folder, "tmp", name)];
    await mkdir(home, { recursive: true });
    bundles[name] = await startUnzipped(join(out, `${name}.zip`), folder, cloud.environment(home));
  }
});

afterAll(async () => {
  for (const bundle of Object.values(bundles)) bundle.stop();
  await cloud?.stop();
});

const functions: Functions = {
  extract: (event) => bundles.extract.invoke(event),
  transform: async (event) => (await bundles.transform.invoke(event)) as SQSBatchResponse,
  load: async (event) => (await bundles.load.invoke(event)) as SQSBatchResponse,
};

test.each(names)("the bundle of %s is small enough for Lambda, unzipped", (name) => {
  expect(bundles[name].bytes).toBeLessThan(mostBytes);
  expect(bundles[name].bytes).toBeGreaterThan(10_000_000);
});

test("the bundles alone, in processes of their own, end in the warehouse the embedded run ends in, and serve it", async () => {
  const [first = [], second = []] = history;
  for (const [key, content] of first) await cloud.upload(key, content);
  expect(await functions.extract(scheduledEvent)).toMatchObject({ found: first.length, status: null });
  expect(await deliverAll(cloud, functions)).toEqual([]);
  for (const [key, content] of second) await cloud.upload(key, content);
  for (const [key] of second) await functions.extract(objectCreatedEvent(cloud.tillBucket, `tills/${key}`));
  expect(await deliverAll(cloud, functions)).toEqual([]);

  const tracker = await openTracker({ keys: cloudKeys });
  for (const round of history) {
    for (const [key, content] of round) await tracker.deliver(key, content);
    await tracker.run();
  }
  const loaded = openPostgres(warehouse);
  try {
    expect(await digestTables(loaded)).toEqual(await digestTables(tracker.warehouse));
    const runs = await loaded.query("select trigger_kind, status from runs order by started_at");
    expect(runs).toEqual([
      { trigger_kind: "schedule", status: "completed" },
      ...second.map(() => ({ trigger_kind: "upload", status: "completed" })),
    ]);

    const settings = cloud.settings(join(cloud.folder, "command"));
    const signIn = new SignIn({
      store: await openAccess({ ...settings, records: settings.records ?? "" }),
      keys: await openKeeper(settings),
    });
    const token = await signIn.issueLink();
    const entered = await ask("/sign-in", { query: `token=${token}` });
    expect(entered.statusCode).toBe(303);
    const cookie = entered.cookies?.[0]?.split(";")[0] ?? "";
    expect(cookie).toMatch(/^__Host-infinity=/);
    const sales = JSON.parse(
      (await ask("/api/metrics/sales", { query: "from=2026-03-02&to=2026-03-03", cookie })).body,
    );
    const [own] = await tracker.query<{ pence: number }>(
      "select cast(sum(total_pence) as bigint) as pence from transactions",
    );
    expect(JSON.stringify(sales)).toContain(`:${own?.pence}`);
    expect((await ask("/api/metrics/sales")).statusCode).toBe(401);
  } finally {
    await loaded.close();
    await tracker.close();
  }
});

interface HttpAnswer {
  statusCode: number;
  body: string;
  cookies?: string[];
  headers: Record<string, string>;
}

async function ask(path: string, options: Parameters<typeof httpEvent>[1] = {}): Promise<HttpAnswer> {
  return (await bundles.api.invoke(httpEvent(path, options))) as HttpAnswer;
}

test("the API's bundle has the dashboard in it", async () => {
  const page = await ask("/");
  expect(page.statusCode).toBe(200);
  expect(page.headers["content-type"]).toContain("text/html");
  expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
  expect(existsSync(join(cloud.folder, "unzipped", "transform", "dashboard"))).toBe(false);
});

test("a bundle that fails says what kind of error it was, and nothing of the event", async () => {
  await expect(bundles.extract.invoke({ Records: [{ name: "Pat Sample" }] })).rejects.toThrow(
    /^Extract failed: RefusedError\.$/,
  );
});
