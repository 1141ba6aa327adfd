/**
 * Saves a picture of every page, to be looked at before a page is called done: desk and phone, light and dark, the first
 * screen and the whole page, with data and with none. Into shots/, which git ignores.
 *
 *   npm run shots                                       a made-up chain of its own
 *   npm run shots -- --link <sign-in link>              a chain that is being served
 *   npm run shots -- --only regions                     pages whose name holds a word
 */
import { mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { openBrowser } from "../test/browser/chromium.ts";
import { buildDashboard, startSite } from "../test/browser/site.ts";

interface Shot {
  name: string;
  path: string;
  /** What to do on the page first. */
  before?: (page: Page) => Promise<void>;
}

const folder = fileURLToPath(new URL("../shots", import.meta.url));
const { values } = parseArgs({ options: { link: { type: "string" }, only: { type: "string", default: "" } } });

const devices: Record<string, BrowserContextOptions & { viewport: { width: number; height: number } }> = {
  desk: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
};

const openFirst = (selector: string) => async (page: Page) => {
  await page.locator(selector).first().click();
  await drawn(page);
};

const pages: Shot[] = [
  { name: "brief", path: "/" },
  { name: "brief-28-days", path: "/?period=28d&compare=year" },
  { name: "brief-two-cafes", path: "/?cafe=1,2" },
  { name: "brief-one-cafe", path: "/?cafe=1" },
  { name: "regions", path: "/regions" },
  { name: "regions-one", path: "/regions", before: openFirst(".regions tbody a") },
  { name: "cafe", path: "/cafes/1" },
  { name: "day", path: "/cafes/1", before: openFirst(".strong-names tbody a") },
  {
    name: "receipt",
    path: "/cafes/1",
    before: async (page) => {
      await openFirst(".strong-names tbody a")(page);
      await page.waitForURL(/\/cafes\/1\/\d/);
      await drawn(page);
      await openFirst(".strong-names tbody a")(page);
      await page.waitForURL(/\/cafes\/1\/[\d-]+\/\d/);
    },
  },
];

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const browser = await openBrowser();
if (values.link) {
  await shootSite(browser, values.link, pages);
} else {
  await buildDashboard();
  const site = await startSite({ cafes: 104, receipts: 40, days: 63 });
  await shootSite(browser, await site.link(), pages);
  await site.stop();
  const empty = await startSite(null);
  await shootSite(browser, await empty.link(), [{ name: "empty", path: "/" }]);
  await shootSite(browser, empty.url, [{ name: "signed-out", path: "/" }]);
  await empty.stop();
}
await browser.close();

/** The address of a site without a sign-in link shows what strangers see. */
async function shootSite(browser: Browser, link: string, shots: Shot[]): Promise<void> {
  const baseURL = new URL(link).origin;
  const entrance = await browser.newContext();
  const door = await entrance.newPage();
  await door.goto(link);
  await drawn(door);
  const storageState = await entrance.storageState();
  for (const [device, options] of Object.entries(devices)) {
    for (const colorScheme of ["light", "dark"] as const) {
      const context = await browser.newContext({ ...options, baseURL, storageState, colorScheme, locale: "en-GB" });
      for (const shot of shots.filter(({ name }) => name.includes(values.only))) {
        const page = await context.newPage();
        await page.goto(shot.path);
        await drawn(page);
        await shot.before?.(page);
        await drawn(page);
        const name = `${folder}/${shot.name}-${device}-${colorScheme}`;
        await page.screenshot({ path: `${name}-first.png` });
        // As tall as the page, so that what is fixed to the window stands where it belongs.
        const height = await page.locator("html").evaluate((html: { scrollHeight: number }) => html.scrollHeight);
        await page.setViewportSize({ ...options.viewport, height: Math.max(height, options.viewport.height) });
        await page.screenshot({ path: `${name}.png` });
        process.stdout.write(`${name.slice(folder.length + 1)}\n`);
        await page.close();
      }
      await context.close();
    }
  }
  await entrance.close();
}

async function drawn(page: Page): Promise<void> {
  await page.locator("h1").waitFor();
  await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
  await page.waitForLoadState("networkidle");
}
