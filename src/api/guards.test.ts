import { gunzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { lifetimes } from "#access/sign-in.ts";
import { openSmallSite, origin, type SmallSite } from "./small-site.suite.ts";

let site: SmallSite | undefined;

afterEach(async () => {
  await site?.dispose();
  site = undefined;
});

const form = { "content-type": "application/x-www-form-urlencoded" };
const post = { method: "POST", headers: { origin } };

test("a link signs in once and leads to the dashboard; its cookie is out of reach of scripts and other sites", async () => {
  site = await openSmallSite([]);
  const link = `/sign-in?token=${await site.signIn.issueLink()}`;
  const response = await site.request(link);
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toBe("/");
  expect(response.headers.get("set-cookie")).toMatch(
    /^infinity_session_4000=[\w-]{22}; .*Path=\/; HttpOnly; SameSite=Strict$/,
  );
  expect((await site.request("/api/session")).status).toBe(200);
  const again = await site.request(link);
  expect(again.status).toBe(403);
  expect(await again.text()).toContain("infinity link");
});

test("over HTTPS the cookie is secure, bound to the host, and browsers are told to stay with HTTPS", async () => {
  site = await openSmallSite([], { origins: ["https://tracker.example"] });
  const headers = { host: "tracker.example" };
  const response = await site.request(`/sign-in?token=${await site.signIn.issueLink()}`, { headers });
  expect(response.headers.get("set-cookie")).toMatch(
    /^__Host-infinity=.*; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  );
  expect(response.headers.get("strict-transport-security")).toBe("max-age=31536000");
});

test.each([
  ["another site sent the browser", { "sec-fetch-site": "cross-site" }],
  ["the browser only looks ahead", { "sec-purpose": "prefetch" }],
])("when %s, the link waits for a click", async (_, headers) => {
  site = await openSmallSite([]);
  const token = await site.signIn.issueLink();
  const page = await site.request(`/sign-in?token=${token}`, { headers });
  expect(page.status).toBe(200);
  expect(page.headers.get("set-cookie")).toBeNull();
  const body = new URLSearchParams({ token });
  const clicked = await site.request("/sign-in", { ...post, body });
  expect(clicked.status).toBe(303);
});

test("looking at a link's head does not use it up", async () => {
  site = await openSmallSite([]);
  const link = `/sign-in?token=${await site.signIn.issueLink()}`;
  await site.request(link, { method: "HEAD" });
  expect((await site.request(link)).status).toBe(303);
});

test("a whole link can be pasted", async () => {
  site = await openSmallSite([]);
  const body = new URLSearchParams({ token: `${origin}/sign-in?token=${await site.signIn.issueLink()}` });
  expect((await site.request("/sign-in", { ...post, body })).status).toBe(303);
});

test("too many links that do not work are answered with a wait, and a fresh one still opens the door", async () => {
  site = await openSmallSite([]);
  const link = `/sign-in?token=${await site.signIn.issueLink()}`;
  const statuses: number[] = [];
  for (let guess = 0; guess < 21; guess += 1)
    statuses.push((await site.request(`/sign-in?token=guess-${guess}`)).status);
  expect(statuses).toEqual([...Array.from({ length: 20 }, () => 403), 429]);
  const throttled = await site.request("/sign-in?token=again");
  expect(Number(throttled.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await throttled.text()).toContain("Wait a minute");
  expect((await site.request(link)).status).toBe(303);
});

test("what stands in a link is never HTML", async () => {
  site = await openSmallSite([]);
  const response = await site.request(`/sign-in?token=${encodeURIComponent('"><script>x</script>')}`, {
    headers: { "sec-fetch-site": "cross-site" },
  });
  expect(await response.text()).not.toContain("<script>");
});

test("a session ends when it is idle, and says so", async () => {
  site = await openSmallSite([]);
  await site.enter();
  site.pass(lifetimes.idle);
  expect((await site.request("/api/session")).status).toBe(401);
});

test("signing out ends the session and clears what the browser kept", async () => {
  site = await openSmallSite([]);
  await site.enter();
  const response = await site.request("/api/sign-out", post);
  expect(await response.json()).toEqual({ signedOut: true });
  expect(response.headers.get("clear-site-data")).toBe('"cache"');
  expect((await site.request("/api/session")).status).toBe(401);
});

test.each([
  ["another site", { origin: "https://elsewhere.example" }],
  ["a page without an origin", { origin: "null" }],
  ["nobody knows where", {}],
])("a change that comes from %s is refused, signing in included", async (_, headers) => {
  site = await openSmallSite([]);
  await site.enter();
  for (const path of ["/api/sign-out", "/sign-in"]) {
    const response = await site.request(path, { method: "POST", headers: headers as Record<string, string> });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ type: "/problems/cross-site" });
  }
  expect((await site.request("/api/session")).status).toBe(200);
});

test("a name that somebody else points at this machine is refused", async () => {
  site = await openSmallSite([]);
  for (const path of ["/", "/api/session", "/api/openapi.json", "/sign-in"]) {
    const response = await site.request(path, { headers: { host: "rebound.example:4000" } });
    expect(response.status).toBe(421);
  }
});

/** A body that ends before it is whole, as one does whose sender hangs up. */
const brokenOff = () =>
  new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("hung up")) });

const bodies: [what: string, status: number, type: string, headers: Record<string, string>, body: () => BodyInit][] = [
  ["larger than any form of ours", 413, "too-large", {}, () => "x".repeat(65_537)],
  ["not the form it says it is", 400, "body", { "content-type": "multipart/form-data; boundary=x" }, () => "garbage"],
  ["a form without a boundary", 400, "body", { "content-type": "multipart/form-data" }, () => "garbage"],
  ["broken off", 400, "body", {}, brokenOff],
  ["broken off with its length told", 400, "body", { ...form, "content-length": "9" }, brokenOff],
];

test.each(bodies)("a body that is %s is refused, and the log stays empty", async (_, status, type, headers, body) => {
  site = await openSmallSite([]);
  const sent = { ...post, headers: { origin, ...headers }, body: body(), duplex: "half" } as RequestInit;
  const response = await site.request("/sign-in", sent);
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ type: `/problems/${type}` });
  expect(site.failures).toEqual([]);
});

async function textOf(response: Response): Promise<string> {
  const bytes = Buffer.from(await response.arrayBuffer());
  return (response.headers.get("content-encoding") === "gzip" ? gunzipSync(bytes) : bytes).toString();
}

test.each([
  ["POST", "/api/metrics/sales", "GET, HEAD"],
  ["OPTIONS", "/api/session", "GET, HEAD"],
  ["DELETE", "/api/openapi.json", "GET, HEAD"],
  ["GET", "/api/sign-out", "POST"],
  ["PUT", "/sign-in", "GET, HEAD, POST"],
])("%s is not what %s takes, and it says what is", async (method, path, allowed) => {
  site = await openSmallSite([]);
  await site.enter();
  const response = await site.request(path, { method, headers: { origin, "accept-encoding": "gzip" } });
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe(allowed);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(JSON.parse(await textOf(response))).toMatchObject({ type: "/problems/method", status: 405 });
  const isChange = !["GET", "OPTIONS"].includes(method);
  if (isChange) expect((await site.request(path, { method })).status).toBe(403);
});

test("every answer forbids foreign scripts, frames and guessing at types", async () => {
  site = await openSmallSite([]);
  const own = ["/", "/api", "/api/session", "/nowhere", "/healthz"].map((path) => [path, "localhost:4000"] as const);
  for (const [path, host] of [...own, ["/", "rebound.example:4000"] as const]) {
    const { headers } = await site.request(path, { headers: { host } });
    expect(headers.get("content-security-policy")).toMatch(/script-src 'self';.*frame-ancestors 'none'/);
    expect(headers.get("content-security-policy")).not.toMatch(/script-src[^;]*unsafe/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("same-origin");
  }
});
