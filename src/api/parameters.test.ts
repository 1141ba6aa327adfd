import { afterEach, beforeEach, expect, test } from "vitest";
import { problem } from "./contract/problem.ts";
import { neededOfTwo, openSiteOfTwo, type SmallSite } from "./small-site.suite.ts";

let site: SmallSite;

beforeEach(async () => {
  site = await openSiteOfTwo();
});

afterEach(() => site.dispose());

test.each([
  ["sales?from=2026-02-30&to=2026-03-01", "from"],
  ["sales?from=2026-00-00", "from"],
  ["sales?from=0000-00-00", "from"],
  ["sales?to=2026-02-31", "to"],
  ["day-receipts?cafe=1&date=2026-02-30", "date"],
  ["what-changed?beforeFrom=2025-09-31", "beforeFrom"],
  ["what-changed?beforeFrom=2026-02-30", "beforeFrom"],
  ["what-changed?beforeFrom=2026-02-23&beforeTo=2026-02-29", "beforeTo"],
])("%s asks for a day that no calendar has, and is told which", async (question, parameter) => {
  await site.enter();
  const response = await site.request(`/api/metrics/${question}`);
  expect(response.status).toBe(400);
  expect(problem.parse(await response.json()).errors).toEqual([{ parameter, message: "a date such as 2026-03-03" }]);
});

test.each([
  ["day-receipts", "page", "1e3", "100000"],
  ["day-receipts", "page", "0x1", "100000"],
  ["day-receipts", "pageSize", "", "200"],
  ["day-receipts", "pageSize", "+5", "200"],
  ["products", "limit", "5.0", "500"],
  ["products", "limit", " 5", "500"],
])("%s takes digits as %s, not %j", async (metric, parameter, given, most) => {
  await site.enter();
  const asked = new URLSearchParams(neededOfTwo[`/api/metrics/${metric}`]);
  const ask = (value: string) =>
    site.request(`/api/metrics/${metric}?${asked}&${new URLSearchParams({ [parameter]: value })}`);
  const response = await ask(given);
  expect(response.status).toBe(400);
  expect(problem.parse(await response.json()).errors).toEqual([
    { parameter, message: `a whole number from 1 to ${most}` },
  ]);
  expect((await ask("5")).status).toBe(200);
});
