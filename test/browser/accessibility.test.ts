import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, test } from "vitest";
import { desk, openPage, openStranger, phone, withBrowser } from "./manager.ts";

withBrowser();

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const pages = ["/", "/?cafe=1,2", "/?cafe=1&period=28d", "/regions", "/regions?region=London", "/cafes/1", "/nowhere"];
const devices: [name: string, device: BrowserContextOptions][] = [
  ["desk, light", { ...desk, colorScheme: "light" }],
  ["desk, dark", { ...desk, colorScheme: "dark" }],
  ["phone, light", { ...phone, colorScheme: "light" }],
  ["phone, dark", { ...phone, colorScheme: "dark" }],
];

/** What axe finds, as rule and place. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
  });
}

test.each(devices)("axe finds nothing on any page: %s", { timeout: 120_000 }, async (_name, device) => {
  for (const path of pages) expect([path, await findings(await openPage(path, device))]).toEqual([path, []]);
});

test("axe finds nothing in what opens", async () => {
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await openPage("/", { ...desk, colorScheme });
    for (const name of [/^Period/, /^Cafés/, /reconciled/, /^Export$/]) {
      await page.getByRole("button", { name }).first().click();
      expect(await findings(page)).toEqual([]);
      await page.keyboard.press("Escape");
    }
    await page.getByRole("button", { name: "Table: Sales a day" }).click();
    await page.keyboard.press("?");
    expect(await findings(page)).toEqual([]);
    const small = await openPage("/", { ...phone, colorScheme });
    await small.locator(".phone-filter").tap();
    expect(await findings(small)).toEqual([]);
    const empty = await openPage("/", { ...desk, colorScheme }, { empty: true });
    expect(await findings(empty)).toEqual([]);
  }
});

test("axe finds nothing where nobody is signed in", async () => {
  const page = await openStranger("/");
  await page.getByRole("heading", { level: 1 }).waitFor();
  expect(await findings(page)).toEqual([]);
});

test("a day and a receipt, too", async () => {
  const page = await openPage("/cafes/1");
  await page.locator(".section table tbody a").first().click();
  await page.getByRole("table", { name: "Receipts", exact: true }).waitFor();
  expect(await findings(page)).toEqual([]);
  await page.getByRole("table", { name: "Receipts", exact: true }).getByRole("link").first().click();
  await page.getByRole("table", { name: "Lines of the receipt" }).waitFor();
  expect(await findings(page)).toEqual([]);
});
