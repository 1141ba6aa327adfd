import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { desk, drawn, openPage, phone, withBrowser } from "./manager.ts";

withBrowser();

/** A busy machine may take a while. */
const patience = { timeout: 20_000 };

const hours = (page: Page) => page.getByRole("group", { name: "Receipts an hour by weekday" });
const lineColour = (page: Page) =>
  page
    .getByRole("group", { name: "Sales a day" })
    .locator("path[stroke='var(--accent)']")
    .first()
    .evaluate((line) => getComputedStyle(line).stroke);

test("cells of the heat map are walked by arrow keys, and tell their exact figures", async () => {
  const page = await openPage("/");
  const spoken = hours(page).locator("[aria-live]");
  await hours(page).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Home");
  for (let row = 0; row < 7; row += 1) await page.keyboard.press("ArrowUp");
  expect(await spoken.textContent()).toMatch(/^Monday \d\d:00–\d\d:00: Usual receipts \d+\.\d\d/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  expect(await spoken.textContent()).toMatch(/^Tuesday /);
  await page.keyboard.press("Escape");
  expect(await spoken.textContent()).toBe("");
});

test("the pointer finds the cell under it", async () => {
  const page = await openPage("/");
  const box = await hours(page).boundingBox();
  if (!box) throw new Error("The heat map is not on the page.");
  await hours(page).scrollIntoViewIfNeeded();
  await hours(page).hover({ position: { x: 60, y: box.height - 20 } });
  expect(await hours(page).locator(".readout strong").textContent()).toMatch(/^Sunday /);
  await hours(page).hover({ position: { x: 10, y: 10 } });
  expect(await hours(page).locator(".readout").count()).toBe(0);
});

test("a tap shows a point, another moves on, and one on the same point or elsewhere closes it", async () => {
  const page = await openPage("/", phone);
  const chart = page.getByRole("group", { name: "Sales a day" });
  await chart.scrollIntoViewIfNeeded();
  const { width = 0 } = (await chart.boundingBox()) ?? {};
  const said = chart.locator(".readout strong");
  await chart.tap({ position: { x: width * 0.6, y: 90 } });
  const first = await said.textContent();
  expect(first).toMatch(/^\w{3} \d+ \w{3}/);
  await chart.tap({ position: { x: width * 0.3, y: 90 } });
  expect(await said.textContent()).not.toBe(first);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await chart.tap({ position: { x: width * 0.3, y: 90 } });
  await expect.poll(() => said.count(), patience).toBe(0);

  await page.getByRole("button", { expanded: false }).filter({ hasText: "is the peak" }).tap();
  await hours(page).scrollIntoViewIfNeeded();
  await hours(page).tap({ position: { x: width - 20, y: 120 } });
  expect(await hours(page).locator(".readout strong").textContent()).toMatch(/\d\d:00–\d\d:00$/);
  await page.locator("h1").tap();
  await expect.poll(() => hours(page).locator(".readout").count(), patience).toBe(0);
  expect(new URL(page.url()).search).toBe("");
});

test("a drawing wears the theme that is chosen, and the system's", async () => {
  const page = await openPage("/", { ...desk, colorScheme: "light" });
  expect(await lineColour(page)).toBe("rgb(169, 74, 16)");
  await page.getByRole("button", { name: "Dark" }).click();
  expect(await lineColour(page)).toBe("rgb(240, 147, 91)");
  await page.getByRole("button", { name: "System" }).click();
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await lineColour(page)).toBe("rgb(240, 147, 91)");
});

test("a drawing is as wide as the window lets it be", async () => {
  const page = await openPage("/");
  const width = () =>
    page
      .getByRole("group", { name: "Sales a day" })
      .locator("svg")
      .evaluate((svg) => svg.clientWidth);
  const wide = await width();
  await page.setViewportSize({ width: 900, height: 900 });
  await expect.poll(width, patience).toBeLessThan(wide);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test("a chart that cannot be loaded says so, and its table has the figures", async () => {
  const page = await openPage("/", desk, {
    meant: /ERR_FAILED|dynamically imported/,
    before: (page) => page.route("**/assets/engine-*.js", (route) => route.abort()),
  });
  expect(await page.getByText("The chart could not be loaded").count()).toBe(2);
  await page.getByRole("button", { name: "Table: Sales a day" }).click();
  expect(await page.getByRole("table", { name: "Sales a day" }).getByRole("row").count()).toBeGreaterThan(28);
});

test("a page without charts does not load them", async () => {
  const page = await openPage("/nowhere");
  await page.waitForLoadState("networkidle");
  const files = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name));
  expect(files.some((name) => name.includes("/assets/"))).toBe(true);
  expect(files.filter((name) => name.includes("engine"))).toEqual([]);
});

test("until its answer is there a section keeps the figures and the words it had", async () => {
  const page = await openPage("/");
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/api/metrics/sales-by-hour*", async (route) => {
    await held;
    await route.continue();
  });
  const section = page.locator(".section", { has: hours(page) });
  const before = await section.textContent();
  await page.getByRole("button", { name: /^Period/ }).click();
  await page.getByRole("button", { name: /^Last 28 days/ }).click();
  await page.locator(".section[aria-busy=true]").first().waitFor();
  await expect.poll(() => page.locator(".section[aria-busy=true]").count(), patience).toBe(1);
  expect(await section.getAttribute("aria-busy")).toBe("true");
  expect(await section.textContent()).toBe(before);
  release();
  await drawn(page);
  expect(await section.textContent()).not.toBe(before);
});
