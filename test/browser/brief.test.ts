import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { desk, drawn, openPage, withBrowser } from "./manager.ts";

withBrowser();

test("the brief says what changed, and proves it", async () => {
  const page = await openPage("/");
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toMatch(/^Sales (up|down|level)/);
  expect(await page.locator(".deck").textContent()).toMatch(/^£[\d,.]+ from [\d,]+ receipts\. Like for like/);
  const figures = page.locator(".kpi");
  expect(await figures.count()).toBe(5);
  expect(await page.getByText("Sample data.").isVisible()).toBe(true);
  expect(await page.title()).toBe("Today’s brief · Infinity");
});

test("the parts of the change add up, to the penny", async () => {
  const page = await openPage("/");
  for (const matrix of await page.locator(".change-matrix").all()) {
    const pence = (await matrix.locator("tbody td").allTextContents()).map(penceOf);
    const total = pence.pop();
    expect(pence.reduce((sum, part) => sum + part, 0)).toBe(total);
  }
});

test("filters are words in the address, and the address brings them back", async () => {
  const page = await openPage("/");
  await page.getByRole("button", { name: /^Period/ }).click();
  await page.getByRole("button", { name: /^Last 7 days/ }).click();
  await page.getByRole("button", { name: /^Compare/ }).click();
  await page.getByRole("button", { name: /^−364 days/ }).click();
  await page.getByRole("button", { name: /^Cafés/ }).click();
  await page.getByRole("searchbox", { name: "Find a café" }).fill("a");
  const boxes = page.getByRole("checkbox");
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.keyboard.press("Escape");
  await drawn(page);
  expect(new URL(page.url()).search).toMatch(/^\?period=7d&compare=year&cafe=\d+,\d+$/);
  const headline = await page.getByRole("heading", { level: 1 }).textContent();
  expect(headline).toContain("on last year");
  expect(await page.getByRole("heading", { name: "Side by side" }).isVisible()).toBe(true);

  const again = await openPage(page.url());
  expect(await again.getByRole("heading", { level: 1 }).textContent()).toBe(headline);
  await page.goBack();
  await drawn(page);
  expect(new URL(page.url()).search).toMatch(/^\?period=7d&compare=year&cafe=\d+$/);
});

test("days of one's own", async () => {
  const page = await openPage("/");
  const { dates } = await (await page.request.get("/api/session")).json();
  await page.getByRole("button", { name: /^Period/ }).click();
  await page.getByRole("button", { name: /^Choose dates/ }).click();
  await page.getByLabel("First day").fill(`${dates.last.slice(0, 8)}01`);
  await page.getByRole("button", { name: "Show these days" }).click();
  await drawn(page);
  expect(new URL(page.url()).searchParams.get("from")).toBe(`${dates.last.slice(0, 8)}01`);
  expect(await page.getByRole("button", { name: /^Period/ }).textContent()).not.toContain("Yesterday");
});

test("a chart can be walked by keyboard, read as a table, and a point of it opens", async () => {
  const page = await openPage("/");
  const chart = page.getByRole("group", { name: "Sales a day" });
  await chart.focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  const spoken = chart.locator("[aria-live]");
  await spoken.filter({ hasText: "£" }).waitFor({ state: "attached" });
  expect(await spoken.textContent()).toMatch(/^\w{3} \d+ \w{3}( \d{4})?: Sales(, same cafés)? £[\d,.]+/);
  const day = (await spoken.textContent())?.split(":")[0] ?? "?";
  await page.keyboard.press("Enter");
  await drawn(page);
  expect(new URL(page.url()).searchParams.get("period")).toBe("custom");
  expect(await page.getByRole("button", { name: /^Period/ }).textContent()).toContain(day);

  await page.getByRole("button", { name: "Table: Sales a day" }).click();
  const table = page.getByRole("table", { name: "Sales a day" });
  await table.waitFor();
  expect(await table.getByRole("row").count()).toBeGreaterThan(28);
  await page.getByRole("button", { name: "Chart: Sales a day" }).click();
  await chart.waitFor();
});

test("figures leave as CSV and pictures as PNG", async () => {
  const page = await openPage("/");
  const csv = page.waitForEvent("download");
  await page.getByRole("button", { name: "CSV: Top products" }).click();
  const file = await csv;
  expect(file.suggestedFilename()).toBe("infinity-top-products.csv");
  expect(await readFile(await file.path(), "utf8")).toMatch(/^\ufeffProduct,Items,Sales \(£\),.*\r\n/);

  const png = page.waitForEvent("download");
  await page.getByRole("button", { name: "PNG: Sales a day" }).click();
  const bytes = await readFile(await (await png).path());
  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  expect(bytes.readUInt32BE(16)).toBeGreaterThan(2000);

  await page.getByRole("button", { name: "Export", exact: true }).click();
  const all = page.waitForEvent("download");
  await page.getByRole("button", { name: /^Every figure/ }).click();
  expect(await readFile(await (await all).path(), "utf8")).toContain("Where the change came from\r\n");
});

test("the theme is chosen once, and worn before anything is drawn", async () => {
  const page = await openPage("/", { ...desk, colorScheme: "light" });
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await paper()).toBe("rgb(251, 248, 244)");
  await page.getByRole("button", { name: "Dark" }).click();
  expect(await paper()).toBe("rgb(21, 17, 14)");
  await page.reload({ waitUntil: "commit" });
  await page.waitForFunction(() => document.body);
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
  await drawn(page);
  await page.getByRole("button", { name: "System" }).click();
  expect(await paper()).toBe("rgb(251, 248, 244)");
});

test("keys save a reach for the mouse, and can be switched off", async () => {
  const page = await openPage("/");
  await page.keyboard.press("?");
  const list = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await list.waitFor();
  await page.keyboard.press("Escape");
  await page.keyboard.press("r");
  await page.getByRole("table", { name: "Cafés by" }).waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("b?r");
  expect(await page.getByRole("searchbox").inputValue()).toBe("b?r");
  await page.locator("h1").click();
  await page.keyboard.press("?");
  await page.getByRole("checkbox", { name: /single key/ }).uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("b");
  expect(page.url()).toContain("/regions");
});

/** +£1,234.50 as pence. */
function penceOf(text: string): number {
  const size = Math.round(Number(text.replaceAll(/[^\d.]/g, "")) * 100);
  return text.includes("\u2212") ? -size : size;
}
