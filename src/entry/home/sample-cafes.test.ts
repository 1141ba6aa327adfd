import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openCafeFile } from "#adapters/cafe-registry/file.ts";
import type { CafeEntry } from "#feed/generate/ledger.ts";
import { enterSampleCafes } from "./sample-cafes.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sample-cafes-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

const sample = (name: string, facts: Partial<CafeEntry> = {}): CafeEntry => ({
  name,
  region: "Wales",
  character: "town",
  till: "A",
  latitude: 52,
  longitude: -3,
  openedOn: null,
  closedOn: null,
  closures: [],
  ...facts,
});
const christmas = { date: "2025-12-25", reason: "Christmas Day" };
const refit = (date: string) => ({ date, reason: "Refit" });

async function enter(...cafes: CafeEntry[]) {
  const registry = openCafeFile(folder);
  await enterSampleCafes(registry, cafes);
  return (await registry.read()).book;
}

test("what most cafés share is the chain's, and days in a row are one closure", async () => {
  const book = await enter(
    sample("Cardiff", { closures: [refit("2025-11-03"), refit("2025-11-04"), christmas], openedOn: "2025-10-01" }),
    sample("Swansea", { closures: [christmas] }),
    sample("Newport", { closedOn: "2025-12-01" }),
  );
  expect(book).toEqual({
    closures: [{ from: "2025-12-25", to: "2025-12-25", reason: "Christmas Day" }],
    cafes: {
      Cardiff: { openedOn: "2025-10-01", closures: [{ from: "2025-11-03", to: "2025-11-04", reason: "Refit" }] },
      Newport: { closedOn: "2025-12-01" },
    },
  });
});

test("a sample that grows adds to what is there, and a person's own words stay", async () => {
  await enter(sample("Cardiff", { closedOn: "2025-12-01" }), sample("Swansea", { closures: [refit("2025-11-03")] }));
  const registry = openCafeFile(folder);
  const { book, version } = await registry.read();
  await registry.replace(
    { ...book, cafes: { ...book.cafes, Swansea: { ...book.cafes.Swansea, name: "Abertawe" } } },
    version,
  );
  expect(await enter(sample("Cardiff", { openedOn: "2026-02-01" }), sample("Swansea"), sample("Newport"))).toEqual({
    closures: [],
    cafes: {
      Cardiff: { openedOn: "2026-02-01" },
      Swansea: { name: "Abertawe", closures: [{ from: "2025-11-03", to: "2025-11-03", reason: "Refit" }] },
    },
  });
});
