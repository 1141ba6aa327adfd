import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Scope } from "#core/scope.ts";
import { readSettings } from "#core/settings.ts";
import { type Home, openHome } from "#entry/home/open-home.ts";
import { runOnce } from "#entry/operations/run-once.ts";
import { generateSample } from "#feed/generate/generate-sample.ts";
import type { SampleLedger } from "#feed/generate/ledger.ts";
import { ask } from "#metrics/ask.ts";
import { boughtTogether } from "#metrics/bought-together/bought-together.ts";
import { boughtTogetherParams } from "#metrics/bought-together/schema.ts";
import { readDirectory } from "#metrics/directory.ts";

// The metrics against a chain that nobody worked out by hand: what was planted in it is found, and nothing else is.

const folder = mkdtempSync(join(tmpdir(), "planted-products-"));
let ledger: SampleLedger;
let home: Home;

beforeAll(async () => {
  const source = join(folder, "tills");
  const sample = { cafes: 4, days: 56, until: "2026-03-31", receipts: 100, seed: "a test", shape: "C", faults: false };
  ({ ledger } = await generateSample({ ...sample, out: source }));
  home = await openHome(
    readSettings({ flags: { home: join(folder, "home"), source }, environment: {}, folder }),
    "a test",
  );
  await runOnce(home, { trigger: "command", days: {}, addSource: false });
}, 120_000);

afterAll(async () => {
  await home.close();
  rmSync(folder, { recursive: true });
});

test("the drinks said to be bought together are those that are, and no others", async () => {
  const directory = await readDirectory(home.warehouse);
  const everyone = new Scope(directory.cafes.map(({ cafeId }) => cafeId));
  const question = ask(home.warehouse, directory, everyone, { compare: "none", from: directory.dates?.first });
  const { together } = await boughtTogether.run(question, boughtTogetherParams.parse({}));
  const full = (name: string, flavour: string | null) => (flavour === null ? name : `${name} - ${flavour}`);
  const found = together.map((pair) => [full(pair.name, pair.flavour), full(pair.otherName, pair.otherFlavour)].sort());
  expect(found.map(String).sort()).toEqual(
    ledger.boughtTogether.map(({ products }) => String(products.toSorted())).sort(),
  );
});
