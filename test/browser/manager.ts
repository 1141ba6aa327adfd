import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject } from "vitest";
import { openBrowser } from "./chromium.ts";

export const desk = { viewport: { width: 1440, height: 900 } };
export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let browser: Browser;
let pages: Page[] = [];
let trouble: string[] = [];

/**
 * A browser for the tests of a file. After each test: no error on any console, no request to anywhere but the site itself.
 */
export function withBrowser(): void {
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterEach(async () => {
    await Promise.all(pages.map((page) => page.context().close()));
    const found = trouble;
    pages = [];
    trouble = [];
    expect(found).toEqual([]);
  });
  afterAll(() => browser.close());
}

interface Circumstances {
  /** Look at the warehouse without data. */
  empty?: boolean;
  /** What to arrange before the page is opened. */
  before?: (page: Page) => Promise<void>;
  /** Messages on the console that the test brings about. */
  meant?: RegExp;
}

/** A page as a manager who is signed in sees it. */
export async function openPage(
  path: string,
  device: BrowserContextOptions = desk,
  { empty = false, before, meant }: Circumstances = {},
): Promise<Page> {
  const [site, storageState] = empty
    ? [inject("emptySite"), inject("emptySignedIn")]
    : [inject("site"), inject("signedIn")];
  const context = await browser.newContext({
    baseURL: site,
    storageState,
    locale: "en-GB",
    timezoneId: "Europe/London",
    acceptDownloads: true,
    ...device,
  });
  const page = await context.newPage();
  page.on("console", (message) => {
    if (message.type() === "error" && !meant?.test(message.text())) trouble.push(message.text());
  });
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(site) && !/^(data|blob):/.test(request.url())) trouble.push(request.url());
  });
  pages.push(page);
  await before?.(page);
  await page.goto(path);
  await drawn(page);
  return page;
}

/** Somebody who is not signed in. A refusal is expected here, so the console is not watched. */
export async function openStranger(path: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: inject("site"), locale: "en-GB" });
  const page = await context.newPage();
  pages.push(page);
  await page.goto(path);
  return page;
}

/** Waits until every figure of the page has been drawn, and what begins after that, such as listening to keys, has begun. */
export async function drawn(page: Page): Promise<void> {
  await page.getByRole("main").waitFor();
  await page.waitForFunction(() => document.querySelector("h1") && !document.querySelector("[aria-busy=true]"));
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1)
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  });
}
