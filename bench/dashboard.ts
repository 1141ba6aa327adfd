/// <reference lib="dom" />
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { openBrowser } from "../test/browser/chromium.ts";
import type { Line } from "./line.ts";
import { door } from "./measured-command.ts";

const viewport = { width: 1440, height: 900 };

type FilterChange = readonly [control: RegExp, choice: RegExp];

/** What a manager clicks, one after the other, each a filter that has not been asked for before. */
const filterChanges: readonly FilterChange[] = [
  [/^Period/, /^Last 7 days/],
  [/^Compare/, /^−364 days/],
  [/^Region/, /^Scotland/],
  [/^Period/, /^Last 28 days/],
  [/^Region/, /^South East/],
  [/^Period/, /^Yesterday/],
  [/^Region/, /^London/],
];

/** Periods of the last days that have no name, each as days before the last with data: what nobody can have worked out ahead. */
const ownPeriods: readonly (readonly [from: number, to: number])[] = [
  [2, 0],
  [9, 0],
  [13, 0],
  [8, 2],
  [34, 7],
];

/** How long a hand needs from the last key to the button: people take longer still. Milliseconds. */
const restMs = 150;

/** After so long without a question the server has worked out what the named filters ask. Milliseconds. */
const workAheadMs = 40_000;

/**
 * Measures the first start with the default sample, and then the dashboard on it as a manager sees it: how long the home page
 * takes from navigation until every figure is drawn, and how long a filter change takes from the click.
 */
export async function benchDashboard(rounds: number): Promise<Line[]> {
  const folder = await mkdtemp(join(tmpdir(), "infinity-bench-"));
  const started = performance.now();
  const server = spawn(process.execPath, [door, "start", "--json"], {
    cwd: folder,
    env: { ...process.env, INFINITY_HOME: join(folder, "home"), INFINITY_PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const { signInLink, url } = JSON.parse(await firstAnswer(server.stdout));
    const startSeconds = (performance.now() - started) / 1000;
    const browser = await openBrowser();
    try {
      const storageState = await signIn(browser, signInLink);
      const home = await timed(rounds, () => withPage(browser, { storageState }, (page) => openHome(page, url)));
      const own = await onHome(browser, { storageState }, url, ownPeriods, chooseDays);
      await setTimeout(workAheadMs);
      const changes = await onHome(browser, { storageState }, url, filterChanges, changeFilter);
      return [
        {
          what: "first npm start: the sample made and loaded",
          seconds: startSeconds,
          target: "at most 90 s",
          met: startSeconds <= 90,
        },
        line("home page drawn, from navigation", home, 1000),
        line("filter change, from the click", changes.times, 200, changes.kept),
        line(`days of one's own, from the click ${restMs} ms after the last key`, own.times, 200, own.kept),
      ];
    } finally {
      await browser.close();
    }
  } finally {
    if (server.exitCode === null) {
      server.kill("SIGINT");
      await once(server, "exit");
    }
    await rm(folder, { recursive: true, force: true });
  }
}

/** The JSON that the command prints once it serves. */
async function firstAnswer(stdout: NodeJS.ReadableStream): Promise<string> {
  let text = "";
  for await (const chunk of stdout) {
    text += String(chunk);
    if (text.trimEnd().endsWith("}")) return text;
  }
  throw new Error("infinity start ended before it served");
}

async function signIn(browser: Browser, link: string) {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await page.goto(link);
  await settled(page);
  const state = await context.storageState();
  await context.close();
  return state;
}

async function withPage<Result>(
  browser: Browser,
  options: BrowserContextOptions,
  work: (page: Page) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({ viewport, ...options });
  try {
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}

async function openHome(page: Page, url: string): Promise<number> {
  await page.goto(url, { waitUntil: "commit" });
  return await settled(page);
}

/** Waits until nothing on the page is on its way. Returns the page's own clock then: milliseconds since navigation. */
async function settled(page: Page): Promise<number> {
  const handle = await page.waitForFunction(
    () => (document.querySelector("h1") && !document.querySelector("[aria-busy=true]") ? performance.now() : false),
    undefined,
    { polling: "raf" },
  );
  return Number(await handle.jsonValue());
}

/** Opens the home page and does one thing after another there: how long each took, and how many answers the server had. */
async function onHome<Step>(
  browser: Browser,
  options: BrowserContextOptions,
  url: string,
  steps: readonly Step[],
  take: (page: Page, step: Step) => Promise<number>,
): Promise<{ times: number[]; kept: string }> {
  return await withPage(browser, options, async (page) => {
    await openHome(page, url);
    const timings: string[] = [];
    page.on("response", (response) => {
      if (response.url().includes("/api/metrics/")) timings.push(response.headers()["server-timing"] ?? "");
    });
    const times: number[] = [];
    for (const step of steps) times.push(await take(page, step));
    const kept = timings.filter((timing) => timing === "kept").length;
    return { times, kept: `${kept} of ${timings.length} answers were there` };
  });
}

async function changeFilter(page: Page, [control, choice]: FilterChange): Promise<number> {
  await page.getByRole("button", { name: control }).first().click();
  return await drawnAfterClick(page, page.getByRole("button", { name: choice }).first());
}

async function chooseDays(page: Page, [from, to]: readonly [number, number]): Promise<number> {
  await page
    .getByRole("button", { name: /^Period/ })
    .first()
    .click();
  await page.getByRole("button", { name: /^Choose dates/ }).click();
  const last = Date.parse((await page.getByLabel("Last day").getAttribute("max")) ?? "");
  const dayBefore = (days: number) => new Date(last - days * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("First day").fill(dayBefore(from));
  await page.getByLabel("Last day").fill(dayBefore(to));
  await page.waitForTimeout(restMs);
  return await drawnAfterClick(page, page.getByRole("button", { name: "Show these days" }));
}

/** Milliseconds on the page's own clock from the click until nothing is on its way any more. */
async function drawnAfterClick(page: Page, button: Locator): Promise<number> {
  const [clickedAt] = await Promise.all([
    page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          document.addEventListener("click", () => resolve(performance.now()), { capture: true, once: true });
        }),
    ),
    button.click(),
  ]);
  return (await settled(page)) - clickedAt;
}

async function timed(rounds: number, work: () => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await work());
  return times;
}

function line(what: string, times: readonly number[], targetMs: number, further?: string): Line {
  const sorted = [...times].sort((one, other) => one - other);
  const median = sorted[sorted.length >> 1] ?? 0;
  const slowest = sorted.at(-1) ?? 0;
  return {
    what,
    seconds: median / 1000,
    target: `within ${targetMs} ms`,
    met: slowest <= targetMs,
    note: [`median of ${times.length}; slowest ${Math.round(slowest)} ms`, further].filter(Boolean).join("; "),
  };
}
