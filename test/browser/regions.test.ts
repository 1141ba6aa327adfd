import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { drawn, openPage, withBrowser } from "./manager.ts";

withBrowser();

const league = (page: Page) => page.locator(".league-table");
const cafes = (page: Page) => league(page).locator("tbody th").allTextContents();

/** Waits for the page whose headline reads so, and until it is drawn. */
async function headline(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole("heading", { level: 1, name }).waitFor();
  await drawn(page);
}

test("the map and the table select a region, and the league follows", async () => {
  const page = await openPage("/regions");
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toMatch(/regions? (grew|fell)|grew/);
  const row = page.locator(".regions tbody tr").first();
  const region = (await row.getByRole("link").textContent()) ?? "";
  await page
    .getByRole("group", { name: "Change in sales by region" })
    .getByRole("link", { name: new RegExp(`^${region},`) })
    .click();
  await drawn(page);
  expect(new URL(page.url()).searchParams.get("region")).toBe(region);
  expect(await page.locator(".regions tr.selected").textContent()).toContain(region);
  const { cafes: all } = await (await page.request.get("/api/session")).json();
  const within = all.filter((cafe: { region: string }) => cafe.region === region);
  expect((await cafes(page)).toSorted()).toEqual(within.map(({ name }: { name: string }) => name).toSorted());
  await page.getByRole("link", { name: "Clear" }).click();
  await drawn(page);
  expect(new URL(page.url()).searchParams.has("region")).toBe(false);
});

test("the league sorts, searches and folds", async () => {
  const page = await openPage("/regions");
  const all = (await (await page.request.get("/api/session")).json()).cafes.length;
  expect((await cafes(page)).length).toBe(16);
  await page.getByRole("button", { name: `show all ${all}` }).click();
  expect((await cafes(page)).length).toBe(all);

  await league(page).getByRole("button", { name: "Café", exact: true }).click();
  const byName = await cafes(page);
  expect(byName).toEqual(byName.toSorted((a, b) => a.localeCompare(b, "en-GB")));
  expect(await page.getByRole("columnheader", { name: "Café", exact: true }).getAttribute("aria-sort")).toBe(
    "ascending",
  );
  await league(page).getByRole("button", { name: "Café" }).click();
  expect(await cafes(page)).toEqual(byName.toReversed());
  expect(new URL(page.url()).searchParams.get("sort")).toBe("-name");
  const again = await openPage(page.url());
  expect(await cafes(again)).toEqual([...byName.toReversed().slice(0, 10), ...byName.toReversed().slice(-6)]);

  const [wanted = ""] = byName;
  await page.getByRole("searchbox", { name: "Find a café in the league" }).fill(wanted.slice(0, 4).toUpperCase());
  const found = await cafes(page);
  expect(found).toContain(wanted);
  expect(found.every((name) => name.toLowerCase().includes(wanted.slice(0, 4).toLowerCase()))).toBe(true);
});

test.each([768, 1024, 1440])("names of 58 letters break before they widen a window of %i px", async (width) => {
  const longest = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";
  const page = await openPage(
    "/regions?region=Yorkshire and The Humber",
    { viewport: { width, height: 900 } },
    {
      before: (page) =>
        page.route("**/api/metrics/league*", async (route) => {
          const response = await route.fetch();
          const body = (await response.text()).replaceAll(/"name":"[^"]+"/g, `"name":"${longest}"`);
          await route.fulfill({ response, body });
        }),
    },
  );
  expect(await cafes(page)).toContain(longest);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  const [league, leftOut] = await Promise.all(
    [".league-table", ".left-out-section"].map((place) => page.locator(place).boundingBox()),
  );
  if (width >= 1200) expect((league?.x ?? 0) + (league?.width ?? 0)).toBeLessThan(leftOut?.x ?? 0);
});

test("the region that the keyboard is on is ringed above its neighbours", async () => {
  const page = await openPage("/regions");
  const ring = page.locator(".map-marks .focused");
  await page.getByRole("button", { name: "Export" }).focus();
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toMatch(/%$/);
  expect(await ring.count()).toBe(1);
  await page.keyboard.press("Shift+Tab");
  expect(await ring.count()).toBe(0);
});

test("compared and left out are together all that was delivered", async () => {
  const page = await openPage("/regions");
  const amounts = (await page.locator(".sums dd").allTextContents()).map((text) =>
    Math.round(Number(text.replaceAll(/[£,]/g, "")) * 100),
  );
  const [compared = 0, leftOut = 0, total] = amounts;
  expect(compared + leftOut).toBe(total);
});

test("from the chain down to a receipt, and back with the filters as they were", async () => {
  const page = await openPage("/regions?period=28d&compare=week");
  await page.locator(".regions tbody a").first().click();
  await drawn(page);
  const cafe = league(page).locator("tbody a").first();
  const name = (await cafe.textContent()) ?? "";
  await cafe.click();
  await headline(page, new RegExp(`^${name}(:| took| has)`));
  expect(new URL(page.url()).pathname).toMatch(/^\/cafes\/\d+$/);
  expect(new URL(page.url()).searchParams.get("period")).toBe("28d");

  await page
    .getByRole("table", { name: `Days of ${name}` })
    .getByRole("link")
    .first()
    .click();
  await headline(page, / took £[\d.,]+ on /);
  const first = page.getByRole("table", { name: "Receipts", exact: true }).locator("tbody tr").first();
  const total = await first.locator("td").last().textContent();
  await first.getByRole("link").click();
  await headline(page, / paid by (card|cash)$/);
  const prices = await page.getByRole("table").locator("tbody td.number").allTextContents();
  expect(prices.at(-1)).toBe(total);
  expect(await page.textContent("main")).not.toMatch(/customer|card number/i);

  const trail = page.getByRole("navigation", { name: "Where you are" });
  expect(await trail.getByRole("listitem").count()).toBe(5);
  await trail.getByRole("link", { name }).click();
  await headline(page, new RegExp(`^${name}(:| took| has)`));
  await trail.getByRole("link", { name: "Chain" }).click();
  await headline(page, /regions/);
  expect(new URL(page.url()).search).toBe("?period=28d&compare=week");
});

test("a café or a receipt that is not there is said to be not there", async () => {
  const page = await openPage("/cafes/999999");
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("This café is not here");
});

test("cafés chosen on the brief do not narrow what the page of regions says of its figures", async () => {
  const all = await openPage("/regions");
  const badge = (page: Awaited<ReturnType<typeof openPage>>) =>
    page.getByRole("button", { name: /reconciled/ }).textContent();
  const whole = await badge(all);
  const page = await openPage("/regions?cafe=1");
  expect(await badge(page)).toBe(whole);
  // They are still there for the brief.
  await page.getByRole("link", { name: "Today’s brief" }).first().click();
  await drawn(page);
  expect(new URL(page.url()).searchParams.get("cafe")).toBe("1");
});
