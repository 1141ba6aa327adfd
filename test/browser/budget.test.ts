import { expect, test } from "vitest";
import { drawn, openPage, withBrowser } from "./manager.ts";

withBrowser();

const BUDGET = 300_000;

test("the home page is drawn from at most 300 kB", async () => {
  const page = await openPage("/");
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  // Without brotli, as the promise is made in gzip.
  await session.send("Network.setExtraHTTPHeaders", { headers: { "accept-encoding": "gzip" } });
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto("/");
  await drawn(page);
  await page.waitForLoadState("networkidle");
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThanOrEqual(BUDGET);
});
