import { existsSync } from "node:fs";
import sparticuz from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--font-render-hinting=none",
  "--force-color-profile=srgb",
];

/** Debian's own, for a machine on which the one from npm does not start. */
const INSTALLED = "/usr/bin/chromium";

/** A browser without a window. It comes with `npm ci`: nothing is downloaded. */
export async function openBrowser(): Promise<Browser> {
  try {
    return await chromium.launch({ executablePath: await sparticuz.executablePath(), args });
  } catch (error) {
    if (!existsSync(INSTALLED)) throw error;
    return await chromium.launch({ executablePath: INSTALLED, args });
  }
}
