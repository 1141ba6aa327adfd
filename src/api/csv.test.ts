import { afterEach, beforeEach, expect, test } from "vitest";
import { problem } from "./contract/problem.ts";
import { listsOf } from "./csv.ts";
import { metricDefinitions } from "./metric-definitions.ts";
import { neededOfTwo, openSiteOfTwo, type SmallSite } from "./small-site.suite.ts";

let site: SmallSite;

beforeEach(async () => {
  site = await openSiteOfTwo();
});

afterEach(() => site.dispose());

test("any list of an answer is a CSV file; formulas in it are harmless and negative numbers stay numbers", async () => {
  await site.enter();
  const response = await site.request("/api/metrics/league?format=csv&compare=week");
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(response.headers.get("content-disposition")).toBe(
    'attachment; filename="infinity-league-cafes-2026-03-03.csv"',
  );
  const bytes = Buffer.from(await response.arrayBuffer()).toString();
  expect(bytes.startsWith("\uFEFFcafeId,name,region,rank,")).toBe(true);
  expect(bytes).toContain(`"'=HYPERLINK(""http://x"")"`);
  expect(bytes).toMatch(/^1,Leeds,Yorkshire and The Humber,1,180,180,200,180,200,-20,-0.1,/m);
  const other = await site.request("/api/metrics/league?format=csv&compare=week&table=leftOut");
  expect(await other.text()).toContain(",South West,opened,,2026-03-03,");
});

test("a list without rows is exported with its header", async () => {
  await site.enter();
  const response = await site.request("/api/metrics/product-life?format=csv&table=declining&compare=none");
  expect((await response.text()).trim()).toBe(
    "name,flavour,category,itemsChange.now,itemsChange.before,itemsChange.difference,itemsChange.ratio," +
      "change.now,change.before,change.difference,change.ratio",
  );
});

test("every list that can be exported is a table, whose columns are the same whatever the data", async () => {
  await site.enter();
  for (const { metric, path } of metricDefinitions) {
    for (const table of listsOf(metric.answer)) {
      // The second café has nothing to be compared with.
      const questions = neededOfTwo[path] === undefined ? ["cafe=1", "cafe=2", "compare=none"] : [neededOfTwo[path]];
      const headers = questions.map(async (question) => {
        const response = await site.request(`${path}?format=csv&table=${table}&${question}`);
        expect(response.status, `${path} ${table} ${question}`).toBe(200);
        return (await response.text()).split("\n")[0];
      });
      const [header, ...others] = new Set(await Promise.all(headers));
      expect(header, `${path} ${table}`).toMatch(/\w,\w/);
      expect(others, `${path} ${table}`).toEqual([]);
    }
  }
});

test("a part of a row that is not there has its columns, empty", async () => {
  await site.enter();
  const response = await site.request("/api/metrics/league?format=csv&compare=week&cafe=2&table=cafes");
  const [head = "", row = ""] = (await response.text()).split("\n");
  expect(head).toContain(",beforePence,change.now,change.before,change.difference,change.ratio,receipts,");
  expect(row).toContain("South West,,500,0,0,,,,,1,");
});

test.each(["nothing", "__proto__", "constructor", "period", "trust"])(
  "%s is no list of an answer, and it says which are",
  async (table) => {
    await site.enter();
    const response = await site.request(`/api/metrics/league?format=csv&table=${table}`);
    expect(response.status).toBe(400);
    expect(problem.parse(await response.json())).toMatchObject({
      next: "It has: regions, cafes, leftOut.",
      errors: [{ parameter: "table" }],
    });
  },
);
