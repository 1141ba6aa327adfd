import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { desk, drawn, openPage, openStranger, withBrowser } from "./manager.ts";

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

test("nothing moves once it is drawn", async () => {
  const page = await openPage("/");
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
