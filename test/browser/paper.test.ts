import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { desk, openPage, phone, withBrowser } from "./manager.ts";

withBrowser();

/** What a browser does before it prints: tells the page, and looks at its styles for paper. */
async function print(page: Page): Promise<void> {
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
}

test("paper has the light theme's ink, whatever is worn on screen, and no controls", async () => {
  const page = await openPage("/regions", { ...desk, colorScheme: "dark" });
  await page.getByRole("button", { name: "Dark" }).click();
  await print(page);
  const ink = (place: string) =>
    page
      .locator(place)
      .first()
      .evaluate((one) => getComputedStyle(one).color);
  expect([await ink("h1"), await ink(".regions tbody th")]).toEqual(["rgb(43, 33, 24)", "rgb(43, 33, 24)"]);
  const controls = page.locator("main").locator("button, input").filter({ visible: true });
  expect(await controls.allTextContents()).not.toContain("CSV");
  expect(await page.getByRole("searchbox").count()).toBe(0);
  expect(await page.getByText("Sample data.").isVisible()).toBe(true);
});

test("what a phone folds is unfolded on paper, with its marks drawn, and folded again afterwards", async () => {
  const page = await openPage("/", phone);
  const folded = page.locator(".section.folded");
  const before = await folded.count();
  expect(before).toBeGreaterThan(1);
  await print(page);
  expect(await folded.count()).toBe(0);
  expect(await page.locator(".heat-map svg").count()).toBe(1);
  await page.emulateMedia({ media: null });
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  expect(await folded.count()).toBe(before);
});
