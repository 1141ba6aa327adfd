import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { desk, drawn, openPage, openStranger, phone, withBrowser } from "./manager.ts";

withBrowser();

test("who is not signed in is told how to get in", async () => {
  const page = await openStranger("/regions");
  await page.getByRole("heading", { name: "Open a fresh link to sign in" }).waitFor();
  expect(await page.getByText("npx infinity link").isVisible()).toBe(true);
});

test("an empty warehouse says what to do", async () => {
  const page = await openPage("/", desk, { empty: true });
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("No sales have been loaded yet");
  expect(await page.getByText("npx infinity run").isVisible()).toBe(true);
});

test("a figure that fails keeps its place, says so, and can be asked for again", async () => {
  const whole = await openPage("/");
  const hours = (page: Page) => page.locator(".section", { has: page.getByText("Receipts an hour, mean of") });
  const height = (await hours(whole).boundingBox())?.height ?? 0;
  let refuse = true;
  const problem = {
    type: "/problems/internal",
    title: "Something went wrong here",
    status: 500,
    next: "Try again.",
    id: "7F3A-21",
  };
  const page = await openPage("/", desk, {
    meant: /status of 500/,
    before: (page) =>
      page.route("**/api/metrics/sales-by-hour*", (route) =>
        refuse ? route.fulfill({ status: 500, json: problem }) : route.continue(),
      ),
  });
  const section = hours(page);
  expect(await section.getByRole("alert").textContent()).toContain("Something went wrong here");
  expect(await section.textContent()).toContain("Error 7F3A-21");
  expect(Math.abs(((await section.boundingBox())?.height ?? 0) - height)).toBeLessThanOrEqual(22);
  expect(await page.locator(".kpi").count()).toBe(5);
  refuse = false;
  await section.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("group", { name: "Receipts an hour by weekday" }).waitFor();
});

test("while a figure is on its way its place is kept", async () => {
  const page = await openPage("/");
  const heights = () =>
    page.locator(".section").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().height));
  const after = await heights();
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/api/metrics/**", async (route) => {
    await held;
    await route.continue();
  });
  await page.reload();
  await page.locator(".skeleton").first().waitFor();
  const waiting = await heights();
  release();
  await drawn(page);
  // Lists are as long as they are; charts and figures keep their height to the pixel, or a line of text.
  for (const index of [0, 1, 3, 4])
    expect(Math.abs((waiting[index] ?? 0) - (after[index] ?? 0))).toBeLessThanOrEqual(22);
});

test.each([
  ["/", desk],
  ["/", phone],
  ["/cafes/1", phone],
])("nothing moves once it is drawn: %s", async (path, device) => {
  const page = await openPage(path, device, {
    // Answers that come one after the other, each as late as a reader can see.
    before: (page) =>
      page.route("**/api/metrics/**", async (route) => {
        await new Promise((resolve) => setTimeout(resolve, route.request().url().includes("/sales?") ? 400 : 800));
        await route.continue();
      }),
  });
  const shift = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(sum), 200);
      }),
  );
  expect(shift).toBeLessThan(0.05);
});

const widths = [320, 768, 1200, 1280, 1440];
test.each<[string, number]>([
  ["/?period=28d", 134556800],
  ["/regions", 4552250],
  ["/?cafe=1,2,3&period=7d", 552250],
  ["/cafes/1", 1071200],
])(`no table is wider than its place, in windows of ${widths} px: %s`, async (path, pence) => {
  const page = await openPage(path, desk, { before: (page) => withSales(page, pence) });
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    await drawn(page);
    const beyond = await page.evaluate(() => {
      const tables = [...document.querySelectorAll("main .section table")].filter((one) => one.checkVisibility());
      const rightOf = (one: Element | null) => one?.getBoundingClientRect().right ?? 0;
      const wide = tables.filter((table) => rightOf(table) > rightOf(table.closest(".section")) + 1);
      return [document.documentElement.scrollWidth - innerWidth, ...wide.map(({ className }) => className)];
    });
    expect([width, ...beyond]).toEqual([width, 0]);
  }
});

/** Sales as large as those of a chain of a hundred cafés: the tests' own has a part of them. */
async function withSales(page: Page, pence: number): Promise<void> {
  await page.route("**/api/metrics/{sales,league}?*", async (route) => {
    const response = await route.fetch();
    const body = (await response.text())
      .replaceAll(/"(totalPence|comparedPence|value)":\d{5,}/g, `"$1":${pence}`)
      .replaceAll(/"difference":-?\d{3,}/g, `"difference":${-Math.round(pence / 30)}`);
    await route.fulfill({ response, body });
  });
}

test("what failed together comes back by one press", async () => {
  let away = true;
  const page = await openPage("/", desk, {
    meant: /ERR_/,
    before: (page) => page.route("**/api/metrics/**", (route) => (away ? route.abort() : route.continue())),
  });
  expect(await page.locator(".deck").textContent()).toMatch(/^The figures did not come\./);
  expect(await page.getByRole("alert").count()).toBeGreaterThan(5);
  const feet = await page.locator(".section-foot").allTextContents();
  expect(feet.join()).toContain("Last asked");
  expect(feet.join()).not.toContain("by this number");
  away = false;
  await page.getByRole("button", { name: "Try again" }).first().click();
  await page.getByRole("button", { name: "Try again" }).first().waitFor({ state: "detached" });
  await drawn(page);
  expect(await page.getByRole("alert").count()).toBe(0);
  expect(await page.locator(".deck").textContent()).toMatch(/^£[\d,.]+ from/);
});

test("a day that no data are of leads to the nearest that has some", async () => {
  const page = await openPage("/cafes/1/2020-01-01");
  const { dates } = await (await page.request.get("/api/session")).json();
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("This day is not here");
  await page.getByRole("link", { name: /^Go to .+ on \w{3} \d/ }).click();
  await drawn(page);
  expect(new URL(page.url()).pathname).toBe(`/cafes/1/${dates.first}`);
});

test.each(["2026-13-45", "2026-02-30", "yesterday"])("there is no day called %s", async (day) => {
  const page = await openPage(`/cafes/1/${day}`);
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("This day is not here");
});

test("a page that cannot be drawn says so, and leads back", async () => {
  const page = await openPage("/regions", desk, {
    meant: /broken on purpose/,
    before: (page) =>
      page.route("**/assets/RegionsPage-*.js", (route) =>
        route.fulfill({
          contentType: "text/javascript",
          body: "export function RegionsPage() { throw new Error('broken on purpose'); }",
        }),
      ),
  });
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("This page could not be drawn");
  await page.getByRole("link", { name: "Go to today’s brief" }).click();
  await drawn(page);
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toMatch(/^Sales/);
});
