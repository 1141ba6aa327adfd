import { expect, test } from "vitest";
import { latte } from "#metrics/small-chain.suite.ts";
import { sessionAnswer } from "./contract/session.ts";
import { openSmallSite } from "./small-site.suite.ts";

test("in the first month of all the session names no days as last month", async () => {
  const site = await openSmallSite([{ id: 1, name: "Leeds", region: "Yorkshire and The Humber" }]);
  try {
    site.chain.deliver(1, "2026-11-01", [latte("09:00", 200)]);
    site.chain.deliver(1, "2026-11-20", [latte("09:00", 200)]);
    await site.chain.load();
    await site.enter();
    const { dates } = sessionAnswer.parse(await (await site.request("/api/session")).json());
    expect(dates?.named["last-month"]).toBeNull();
    expect(dates?.named["this-month"]).toEqual({ from: "2026-11-01", to: "2026-11-20", days: 20 });
  } finally {
    await site.dispose();
  }
});
