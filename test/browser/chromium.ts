import { existsSync } from "node:fs";
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

/** Where a system keeps the one library the browser cannot do without; a bare one has none of these. */
const systemLibraries = [
  "/usr/lib/x86_64-linux-gnu/libnss3.so",
  "/usr/lib/aarch64-linux-gnu/libnss3.so",
  "/usr/lib64/libnss3.so",
];

/** A browser without a window. It comes with `npm ci`: nothing is downloaded. */
export async function openBrowser(): Promise<Browser> {
  // The package unpacks the libraries it brings only where it takes the machine for a Lambda's, and looks at its import.
  if (!systemLibraries.some((path) => existsSync(path))) process.env.AWS_LAMBDA_JS_RUNTIME ??= "nodejs24.x";
  const { default: sparticuz } = await import("@sparticuz/chromium");
  try {
    return await chromium.launch({ executablePath: await sparticuz.executablePath(), args });
  } catch (error) {
    if (!existsSync(INSTALLED)) throw error;
    return await chromium.launch({ executablePath: INSTALLED, args });
  }
}
