import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openSmallSite, type SmallSite } from "./small-site.suite.ts";

const script = `export const text = "${"latte ".repeat(400)}";`;

let outer: string;
let site: SmallSite;

beforeEach(async () => {
  outer = mkdtempSync(join(tmpdir(), "dist-"));
  const folder = join(outer, "dist");
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(outer, "secret.txt"), "secret");
  writeFileSync(join(folder, "index.html"), "<!doctype html><title>Infinity</title>");
  writeFileSync(join(folder, "assets", "index-4f2a.js"), script);
  site = await openSmallSite([], { dashboardFolder: folder });
});

afterEach(async () => {
  await site.dispose();
  rmSync(outer, { recursive: true });
});

test("hashed assets are kept for good, the page is asked for each time", async () => {
  const asset = await site.request("/assets/index-4f2a.js");
  expect(asset.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(asset.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(await asset.text()).toBe(script);
  const page = await site.request("/");
  expect(page.headers.get("cache-control")).toBe("no-cache");
  const again = await site.request("/", { headers: { "if-none-match": page.headers.get("etag") ?? "" } });
  expect(again.status).toBe(304);
});

test("assets come compressed to who takes it", async () => {
  const packed = await site.request("/assets/index-4f2a.js", { headers: { "accept-encoding": "gzip, br" } });
  expect(packed.headers.get("content-encoding")).toBe("br");
  expect(brotliDecompressSync(await packed.arrayBuffer()).toString()).toBe(script);
  const older = await site.request("/assets/index-4f2a.js", { headers: { "accept-encoding": "gzip" } });
  expect(gunzipSync(await older.arrayBuffer()).toString()).toBe(script);
});

test.each([
  ["gzip;q=0", null],
  ["br;q=0, gzip", "gzip"],
  ["gzip;q=1.0, br;q=0.5", "gzip"],
  ["gzip;q=0.5, br;q=0.5", "br"],
  ["*", "br"],
  ["br;q=0, *;q=0.1", "gzip"],
  ["identity", null],
  ["", null],
])("who takes %j gets %s", async (accepted, encoding) => {
  const asset = await site.request("/assets/index-4f2a.js", { headers: { "accept-encoding": accepted } });
  expect(asset.headers.get("content-encoding")).toBe(encoding);
});

test("a page of the dashboard's router is the page; a file that is not there is not", async () => {
  const deep = await site.request("/regions?region=Wales");
  expect(await deep.text()).toContain("<title>Infinity</title>");
  expect((await site.request("/assets/gone.js")).status).toBe(404);
});

test.each([
  "/../secret.txt",
  "/%2e%2e/secret.txt",
  "/..%2fsecret.txt",
  "/assets/..%2f..%2fsecret.txt",
  "/%00",
  "/%E0%A4",
])("%s leads nowhere", async (path) => {
  expect(await (await site.request(path)).text()).not.toContain("secret\n");
  expect(await (await site.request(path)).text()).not.toBe("secret");
});
