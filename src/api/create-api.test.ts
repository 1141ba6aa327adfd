import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { latte } from "#metrics/small-chain.suite.ts";
import { problem } from "./contract/problem.ts";
import { routes } from "./contract/routes.ts";
import { sessionAnswer } from "./contract/session.ts";
import { neededOfTwo, openSiteOfTwo, type SmallSite } from "./small-site.suite.ts";

let site: SmallSite;

beforeEach(async () => {
  site = await openSiteOfTwo();
});

afterEach(() => site.dispose());

async function problemFrom(response: Response) {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  return problem.parse(await response.json());
}

const metricPaths = Object.values(routes)
  .map(({ path }) => path)
  .filter((path) => path.startsWith("/api/metrics/"));

test.each(["/api/session", ...metricPaths])("%s answers nobody who is not signed in", async (path) => {
  const refusal = await site.request(path);
  expect(refusal.status).toBe(401);
  expect(await problemFrom(refusal)).toMatchObject({
    type: "/problems/signed-out",
    next: expect.stringContaining("infinity link"),
  });
});

test.each(Object.values(routes).filter(({ path }) => path.startsWith("/api/metrics/")))(
  "$path answers what its contract says",
  async (route) => {
    await site.enter();
    const response = await site.request(`${route.path}?${neededOfTwo[route.path] ?? "compare=week"}`);
    expect(response.status).toBe(200);
    const schema = route.responses[200].content["application/json"].schema;
    const answer = await response.json();
    // Nothing more than the contract says, and nothing less.
    expect(schema.parse(answer)).toEqual(answer);
  },
);

test("the session says who, what they may see, and which days there are", async () => {
  await site.enter();
  const answer = sessionAnswer.parse(await (await site.request("/api/session")).json());
  expect(answer).toMatchObject({
    person: { role: "owner" },
    scope: { everyCafe: true, cafes: 2 },
    sample: false,
    dates: {
      first: "2026-02-23",
      last: "2026-03-03",
      named: {
        "last-month": { from: "2026-02-23", to: "2026-02-28", days: 6 },
        "7d": { from: "2026-02-25", to: "2026-03-03", days: 7 },
      },
    },
    regions: [
      { region: "South West", cafes: 1 },
      { region: "Yorkshire and The Humber", cafes: 1 },
    ],
    lastRun: null,
    nextRunAt: null,
  });
});

test("a café outside the scope is not there, and the try is in the audit trail", async () => {
  await site.enter();
  const response = await site.request("/api/metrics/sales?cafe=99");
  expect(response.status).toBe(404);
  expect(await problemFrom(response)).toMatchObject({ type: "/problems/not-found" });
  expect(await site.store.auditTrail(1)).toMatchObject([
    { personId: "owner", action: "out-of-scope", subject: "café 99" },
  ]);
});

test("a parameter that cannot be is named, and what was given is not repeated", async () => {
  await site.enter();
  const response = await site.request("/api/metrics/sales?from=5234567890123456&compare=decade");
  expect(response.status).toBe(400);
  const refusal = await problemFrom(response);
  expect(refusal.errors?.map(({ parameter }) => parameter)).toEqual(["from", "compare"]);
  expect(JSON.stringify(refusal)).not.toContain("5234567890123456");
});

test("dates without data are a problem of their own", async () => {
  await site.enter();
  const response = await site.request("/api/metrics/sales?from=2030-01-01");
  expect(await problemFrom(response)).toMatchObject({ type: "/problems/no-data", status: 404 });
});

test("an unchanged answer is 304, and new data has a new tag", async () => {
  await site.enter();
  const first = await site.request("/api/metrics/sales");
  const tag = first.headers.get("etag") ?? "";
  expect(first.headers.get("cache-control")).toBe("private, no-cache");
  const again = await site.request("/api/metrics/sales", { headers: { "if-none-match": tag } });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe("");
  site.chain.deliver(2, "2026-02-24", [latte("09:00", 400)]);
  await site.chain.load();
  const changed = await site.request("/api/metrics/sales", { headers: { "if-none-match": tag } });
  expect(changed.status).toBe(200);
  expect(await changed.json()).toMatchObject({ measures: { sales: { week: { before: 600 } } } });
});

test("parameters in another order are the same question", async () => {
  await site.enter();
  const one = await site.request("/api/metrics/sales?compare=year&cafe=1");
  const other = await site.request("/api/metrics/sales?cafe=1&compare=year");
  expect(one.headers.get("etag")).toBe(other.headers.get("etag"));
});

test("what was worked out ahead is what the first view asks, and nothing is worked out twice", async () => {
  await site.ahead.start();
  await site.enter();
  const day = "from=2026-03-03&to=2026-03-03";
  // Without its roll-ups the warehouse could not answer any of these any more.
  for (const table of ["location_days", "hourly_sales", "daily_products"]) {
    await site.chain.warehouse.transact([{ sql: `alter table ${table} rename to old_${table}` }]);
  }
  for (const question of [
    `sales?${day}&compare=week`,
    `change?${day}&compare=week`,
    `sales-trend?${day}&compare=year&grain=day`,
    `sales-by-hour?${day}&compare=week`,
    `products?${day}&compare=week&limit=6`,
    `deliveries?${day}&compare=week`,
    `league?${day}&compare=week`,
    `league?${day}&compare=year`,
  ]) {
    expect((await site.request(`/api/metrics/${question}`)).status, question).toBe(200);
  }
  expect((await site.request(`/api/metrics/sales?${day}&cafe=1`)).status).toBe(500);
});

test("receipts are never stored by a browser", async () => {
  await site.enter();
  const response = await site.request("/api/metrics/day-receipts?cafe=1&date=2026-03-03");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("etag")).toBeNull();
});

test("what nobody foresaw is a problem with an id; the log has it without the engine's words", async () => {
  await site.enter();
  await site.chain.warehouse.transact([{ sql: "drop table daily_products" }]);
  const response = await site.request("/api/metrics/products");
  expect(response.status).toBe(500);
  const refusal = await problemFrom(response);
  expect(refusal).toMatchObject({ type: "/problems/internal", id: expect.stringMatching(/^[0-9A-F]{4}-[0-9A-F]{4}$/) });
  expect(JSON.stringify(refusal)).not.toContain("daily_products");
  expect(site.failures).toMatchObject([{ id: refusal.id, status: 500, path: "/api/metrics/products", error: "Error" }]);
  expect(JSON.stringify(site.failures)).not.toContain("daily_products");
});

test("a failure is not remembered", async () => {
  await site.enter();
  await site.chain.warehouse.transact([{ sql: "alter table location_days rename to elsewhere" }]);
  expect((await site.request("/api/metrics/sales")).status).toBe(500);
  await site.chain.warehouse.transact([{ sql: "alter table elsewhere rename to location_days" }]);
  expect((await site.request("/api/metrics/sales")).status).toBe(200);
});

test("an address of the API that is not there is a problem, not the dashboard", async () => {
  await site.enter();
  const response = await site.request("/api/metrics/nothing");
  expect(response.status).toBe(404);
  expect(await problemFrom(response)).toMatchObject({ type: "/problems/not-found" });
});

test("the API describes itself, as a document and as a page", async () => {
  const document = (await (await site.request("/api/openapi.json")).json()) as { openapi: string; paths: object };
  expect(document.openapi).toBe("3.1.0");
  expect(JSON.stringify(document)).toContain(
    '"last-month":{"anyOf":[{"$ref":"#/components/schemas/Period"},{"type":"null"}]}',
  );
  expect(JSON.stringify(document)).toContain('{"type":"integer","minimum":1,"maximum":100000,"default":1}');
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining(["/api/session", "/api/sign-out", ...metricPaths]),
  );
  const page = await (await site.request("/api")).text();
  for (const path of metricPaths) expect(page).toContain(path);
  expect(page).not.toContain("<script");
});

test("the document of the API comes compressed to who takes it", async () => {
  const response = await site.request("/api/openapi.json", { headers: { "accept-encoding": "gzip" } });
  expect(response.headers.get("content-encoding")).toBe("gzip");
  expect(response.headers.get("vary")).toMatch(/accept-encoding/i);
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(JSON.parse(gunzipSync(bytes).toString())).toMatchObject({ openapi: "3.1.0" });
});

test("health is answered to anybody, and says nothing else", async () => {
  const response = await site.request("/healthz", { headers: { host: "10.0.0.7" } });
  expect(await response.json()).toEqual({ status: "ok" });
});
