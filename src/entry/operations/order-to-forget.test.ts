import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openKeys } from "#adapters/keys/folder.ts";
import { readSettings } from "#core/settings.ts";
import { orderFor } from "./order-to-forget.ts";

test("a customer's name is forgotten at their café under every name that it has or had", async () => {
  const home = mkdtempSync(join(tmpdir(), "order-"));
  const settings = readSettings({ flags: { home }, environment: {}, folder: home });
  const known = {
    keyFingerprint: "k",
    cafes: [
      { name: "Leeds Headrow", spelling: "Leds" },
      { name: "Leeds Headrow", spelling: "Leeds" },
      { name: "Leeds Headrow", spelling: "Leeds Headrow" },
      { name: "York", spelling: "York" },
    ],
  };
  await openKeys(home).get("customers");
  const order = (cafe: string) => orderFor({ name: "Ann Example", cafe }, settings, known);
  const { customerHashes } = await order("leeds headrow");
  expect(customerHashes).toHaveLength(3);
  expect((await order("Leds")).customerHashes).toEqual(customerHashes);
  expect((await order("York")).customerHashes).toHaveLength(1);
  rmSync(home, { recursive: true });
});
