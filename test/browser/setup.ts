import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openBrowser } from "./chromium.ts";
import { buildDashboard, startSite } from "./site.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The address of the chain that all browser tests look at. */
    site: string;
    /** The address of a warehouse without data. */
    emptySite: string;
    /** Files with the cookies of a manager signed in at each. */
    signedIn: string;
    emptySignedIn: string;
  }
}

/** One chain, one empty warehouse and one browser build for all files: each takes seconds to make. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildDashboard();
  const folder = await mkdtemp(join(tmpdir(), "signed-in-"));
  const site = await startSite({ cafes: 26, days: 63, receipts: 12 });
  const emptySite = await startSite(null);
  const browser = await openBrowser();
  const signIn = async (link: string, path: string) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(link);
    await page.getByRole("main").waitFor();
    await context.storageState({ path });
    await context.close();
    return path;
  };
  project.provide("site", site.url);
  project.provide("emptySite", emptySite.url);
  project.provide("signedIn", await signIn(await site.link(), join(folder, "site.json")));
  project.provide("emptySignedIn", await signIn(await emptySite.link(), join(folder, "empty.json")));
  await browser.close();
  return async () => {
    await site.stop();
    await emptySite.stop();
    await rm(folder, { recursive: true });
  };
}
