import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { foreseen } from "#api/work-ahead.ts";
import { drawn, openPage, withBrowser } from "./manager.ts";

withBrowser();

/** Chooses one value of a filter, by the start of its name. */
type Choice = readonly [filter: RegExp, value: RegExp];

test.each<{ path: string; choices: Choice[] }>([
  {
    path: "/",
    choices: [
      [/^Compare/, /^−364 days/],
      [/^Period/, /^Last 7 days/],
      [/^Period/, /^Last 28 days/],
      [/^Region/, /^South West/],
      [/^Compare/, /^−28 days/],
    ],
  },
  {
    path: "/regions",
    choices: [
      [/^Period/, /^Last 28 days/],
      [/^Compare/, /^−28 days/],
      [/^Region/, /^South West/],
    ],
  },
])(
  "all that $path asks, whatever is chosen of its named filters, the server has foreseen",
  async ({ path, choices }) => {
    const asked = new Set<string>();
    const page = await openPage(path, undefined, { before: async (opened) => listen(opened, asked) });
    for (const [filter, value] of choices) {
      await page.getByRole("button", { name: filter }).first().click();
      await page.getByRole("button", { name: value }).first().click();
      await drawn(page);
    }
    const session = await (await page.request.get("/api/session")).json();
    const known = new Set(
      [...foreseen(session)].map(({ metric, asked, own }) => question(metric.name, { ...asked, ...own })),
    );
    expect(asked.size).toBeGreaterThan(choices.length);
    expect([...asked].filter((one) => !known.has(one))).toEqual([]);
  },
);

function listen(page: Page, asked: Set<string>): void {
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    const [, metric] = /^\/api\/metrics\/(.+)$/.exec(pathname) ?? [];
    if (metric) asked.add(question(metric, Object.fromEntries(searchParams)));
  });
}

function question(metric: string, parameters: object): string {
  return `${metric}?${Object.entries(parameters)
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join("&")}`;
}
