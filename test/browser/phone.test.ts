import { expect, test } from "vitest";
import { desk, drawn, openPage, phone, withBrowser } from "./manager.ts";

withBrowser();

const paths = [
  "/",
  "/?period=28d&compare=year",
  "/regions",
  "/regions?region=London",
  "/cafes/1",
  "/?cafe=1,2&period=28d",
];

test.each(paths)("nothing runs over the edge of a phone or into its margin: %s", async (path) => {
  const page = await openPage(path, phone);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  const beyond = await page.evaluate(() => {
    const edge = document.querySelector("main h1")?.parentElement?.getBoundingClientRect().right ?? 0;
    const tables = [...document.querySelectorAll("main table")].filter((table) => table.checkVisibility());
    return tables.filter((table) => table.getBoundingClientRect().right > edge + 1).map(({ className }) => className);
  });
  expect(beyond).toEqual([]);
});

test.each(["/", "/regions?region=London", "/cafes/1"])(
  "what a finger is meant to hit is large enough: %s",
  async (path) => {
    const page = await openPage(path, phone);
    const sizes = await page.evaluate(() =>
      [...document.querySelectorAll("a, button, input")]
        .filter((one) => one.checkVisibility() && !one.closest("svg") && !one.matches(".skip"))
        .map((one) => ({
          name: one.textContent,
          ...one.getBoundingClientRect().toJSON(),
          least: one.matches(".dot-plot a") ? 24 : 44,
        })),
    );
    expect(sizes.filter(({ width, height, least }) => width < 24 || height < least)).toEqual([]);
  },
);

test.each([
  ["/?cafe=1,2", phone],
  ["/?cafe=1,2,3", phone],
  ["/?cafe=1,2,3", desk],
])("neither a long name nor a large sum runs into its neighbour: %s", async (path, device) => {
  const page = await openPage(path, device, {
    before: (page) =>
      page.route("**/api/metrics/change*", async (route) => {
        const response = await route.fetch();
        const body = (await response.text())
          .replaceAll(/"name":"[^"]+"/g, '"name":"Birmingham Jewellery Quarter"')
          .replaceAll(/"differencePence":-?\d+/g, '"differencePence":-114345');
        await route.fulfill({ response, body });
      }),
  });
  const beyond = await page.locator(".change-matrix").evaluateAll((tables) =>
    tables.flatMap((table) =>
      [...table.querySelectorAll("th, td")].flatMap((cell) => {
        const text = document.createRange();
        text.selectNodeContents(cell);
        const [inside, outside] = [text.getBoundingClientRect(), cell.getBoundingClientRect()];
        return inside.left < outside.left - 1 || inside.right > outside.right + 1 ? [cell.textContent] : [];
      }),
    ),
  );
  expect(beyond).toEqual([]);
});

test.each([
  ["a café’s days", "/cafes/1", phone],
  ["a day’s receipts", "/cafes/1/last", phone],
  ["a café’s days, on a desk", "/cafes/1", desk],
])("the head of a long list stays in sight: %s", async (_name, path, device) => {
  const { dates } = await (await (await openPage("/", desk)).request.get("/api/session")).json();
  const page = await openPage(path.replace("last", dates.last), device);
  const list = page.locator(".strong-names");
  await list.locator("tbody tr").last().scrollIntoViewIfNeeded();
  const head = await list.locator("thead th").first().boundingBox();
  const bar = await page.locator(device === phone ? ".phone-bar" : ".filter-bar").evaluateAll(([one]) => {
    return one?.getBoundingClientRect().bottom ?? 0;
  });
  expect(Math.abs((head?.y ?? -100) - bar)).toBeLessThanOrEqual(1);
});

test.each([320, 390])("no word of the map is cut where the window is %i wide", async (width) => {
  const page = await openPage("/regions", { ...phone, viewport: { width, height: 844 } });
  const cut = await page.locator(".uk-map").evaluate((map) => {
    const { left, right } = map.getBoundingClientRect();
    const isCut = (word: Element) =>
      word.getBoundingClientRect().left < left - 1 || word.getBoundingClientRect().right > right + 1;
    return [...map.querySelectorAll("text")].filter(isCut).map(({ textContent }) => textContent);
  });
  expect(cut).toEqual([]);
});

test("one control opens all filters in a sheet", async () => {
  const page = await openPage("/", phone);
  const control = page.locator(".phone-filter");
  expect((await control.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await control.tap();
  const sheet = page.getByRole("dialog", { name: "What to look at" });
  await sheet.getByRole("button", { name: /^Last 28 days/ }).tap();
  await drawn(page);
  expect(await sheet.isVisible()).toBe(false);
  expect(new URL(page.url()).search).toBe("?period=28d");
  expect(await control.textContent()).toContain("Last 28 days");
});

test("the tabs lead to both pages, and findings unfold", async () => {
  const page = await openPage("/", phone);
  const peak = page.getByRole("button", { expanded: false }).filter({ hasText: "is the peak" });
  await peak.tap();
  await page.getByRole("group", { name: "Receipts an hour by weekday" }).waitFor();
  await page.getByRole("link", { name: "Cafés", exact: true }).tap();
  await page.locator(".league-table").waitFor();
  const heads = await page.locator(".league-table thead th").allTextContents();
  expect(heads.length).toBe(4);
  await page.getByRole("button", { name: "More", exact: true }).tap();
  await page.getByRole("dialog", { name: "More" }).getByRole("button", { name: "Dark" }).tap();
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe("dark");
});
