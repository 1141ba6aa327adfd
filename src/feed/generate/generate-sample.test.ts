import { createHash } from "node:crypto";
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, describe, expect, it } from "vitest";
import { RefusedError } from "#core/errors.ts";
import { generateSample } from "./generate-sample.ts";
import { LEDGER_FILE } from "./ledger-file.ts";
import type { GenerateOptions } from "./options.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const small = { cafes: 3, days: 6, until: "2026-03-31", receipts: 60, seed: "a test", shape: "C" };

async function generate(options: Partial<GenerateOptions> = {}) {
  const out = options.out ?? mkdtempSync(join(tmpdir(), "sample-"));
  if (!options.out) folders.push(out);
  const { ledger } = await generateSample({ ...small, ...options, out });
  return { out, ledger, files: hashes(out) };
}

/** What is in a sample's folder: each file's hash by its key. */
function hashes(out: string): Map<string, string> {
  const keys = globSync("**/*.csv", { cwd: out }).sort();
  const hash = (key: string) =>
    createHash("sha256")
      .update(readFileSync(join(out, key)))
      .digest("hex");
  return new Map(keys.map((key) => [key, hash(key)]));
}

describe("generating a sample", () => {
  it("gives the same bytes for the same seed, in one thread or in several", async () => {
    const one = await generate({ shape: "mixed", faults: true });
    const other = await generate({ shape: "mixed", faults: true, workers: 2 });
    expect(one.files.size).toBeGreaterThan(12);
    expect(other.files).toEqual(one.files);
    expect(readFileSync(join(other.out, LEDGER_FILE), "utf8")).toBe(readFileSync(join(one.out, LEDGER_FILE), "utf8"));
  });

  it("gives other receipts for another seed", async () => {
    const one = await generate();
    const other = await generate({ seed: "another" });
    expect([...other.files.values()].filter((hash) => [...one.files.values()].includes(hash))).toEqual([]);
  });

  it("adds exactly one day when it goes on a day longer, and changes nothing else", async () => {
    const before = await generate({ days: 40, receipts: 20, shape: "mixed" });
    const after = await generate({ days: 41, receipts: 20, until: "2026-04-01", shape: "mixed" });
    const added = [...after.files.keys()].filter((key) => !before.files.has(key));
    expect(added).toHaveLength(3);
    for (const key of added) expect(key).toMatch(/^2026\/04\/01\//);
    for (const [key, hash] of before.files) expect(after.files.get(key)).toBe(hash);
    const same = after.ledger.truths.filter(({ from }) => from <= "2026-03-31");
    expect(same).toEqual(before.ledger.truths);
  });

  it("has the same days in a longer sample and the same cafés in a larger chain", async () => {
    const one = await generate();
    const longer = await generate({ days: 30 });
    const larger = await generate({ cafes: 7 });
    for (const [key, hash] of one.files) {
      expect(longer.files.get(key)).toBe(hash);
      expect(larger.files.get(key)).toBe(hash);
    }
  });

  it("leaves files alone that are there already with the same bytes", async () => {
    const { out, files } = await generate();
    const [key = ""] = files.keys();
    const before = statSync(join(out, key)).mtimeMs;
    await generate({ out, days: 7, until: "2026-04-01" });
    expect(statSync(join(out, key)).mtimeMs).toBe(before);
    expect(hashes(out).size).toBe(files.size + 3);
  });

  it("keeps one ledger for a folder that grows by a day at a time", async () => {
    const grown = await generate({ days: 30, faults: true });
    const { ledger } = await generate({ out: grown.out, days: 1, until: "2026-04-01", faults: true });
    const whole = await generate({ days: 31, until: "2026-04-01", faults: true });
    expect(ledger).toMatchObject({ from: "2026-03-02", until: "2026-04-01" });
    expect(ledger.totals).toMatchObject({ from: "2026-04-01", until: "2026-04-01", files: 3 });
    expect(ledger.truths).toEqual(whole.ledger.truths);
    expect(ledger.cafes).toEqual(whole.ledger.cafes);
    expect(ledger.faults.map(({ cafe, date }) => `${date} ${cafe}`)).toEqual(
      whole.ledger.faults.map(({ cafe, date }) => `${date} ${cafe}`),
    );
  });

  it("holds the same receipts in every shape", async () => {
    const read = (shape: "A" | "B" | "C", out: string) =>
      globSync("**/*.csv", { cwd: out })
        .sort()
        .flatMap((key) => parse(readFileSync(join(out, key)), { from_line: shape === "B" ? 2 : 1 }) as string[][])
        .map((row) => normalised(shape, row));
    const [a, b, c] = await Promise.all(
      (["A", "B", "C"] as const).map(async (shape) => read(shape, (await generate({ shape })).out)),
    );
    expect(c?.length).toBeGreaterThan(500);
    expect(a).toEqual(c);
    expect(b).toEqual(c);
  });

  it("writes whole receipts: items add up, in order of time, with a card where one was used", async () => {
    const { out, ledger } = await generate();
    let pence = 0;
    let receipts = 0;
    let items = 0;
    for (const key of globSync("**/*.csv", { cwd: out })) {
      let last = "";
      for (const row of parse(readFileSync(join(out, key))) as string[][]) {
        const [time = "", cafe, , basket = "", total, payment, card] = row;
        expect(key).toContain(cafe?.toLowerCase().replaceAll(" ", "-"));
        expect(time >= last).toBe(true);
        last = time;
        const prices = basket.split(", ").map((item) => Math.round(100 * Number(/- (\d+\.\d\d)$/.exec(item)?.[1])));
        expect(prices.reduce((sum, price) => sum + price, 0)).toBe(Math.round(100 * Number(total)));
        expect(card !== "").toBe(payment === "CARD");
        pence += Math.round(100 * Number(total));
        receipts += 1;
        items += prices.length;
      }
    }
    expect(ledger.totals).toMatchObject({ receipts, pence, items });
  });

  it("says what is wrong with options that cannot be", async () => {
    const out = mkdtempSync(join(tmpdir(), "sample-"));
    folders.push(out);
    await expect(generateSample({ out, cafes: 0 })).rejects.toThrow(RefusedError);
    await expect(generateSample({ out, shape: "D" })).rejects.toThrow(/shape "D"/);
    await expect(generateSample({ out, until: "31/03/2026" })).rejects.toThrow(/until/);
    await expect(generateSample({ out, until: "2000-01-05", days: 30 })).rejects.toThrow(RefusedError);
  });
});

/** A row of any shape in one form: minute, café, customer, items, pence, payment, card digits. */
function normalised(shape: "A" | "B" | "C", row: string[]): string[] {
  const [time = "", cafe = "", customer = "", basket = "", one = "", two = "", card = ""] = row;
  const [payment, total] = shape === "A" ? [one, two] : [two, one];
  const british = /^(\d\d)\/(\d\d)\/(\d{4}) (.*)$/.exec(time);
  const minute = british ? `${british[3]}-${british[2]}-${british[1]} ${british[4]}` : time.slice(0, 16);
  const fields = basket.split(",");
  const items =
    shape === "A"
      ? fields.flatMap((size, place) =>
          place % 3 === 0 ? [`${size} ${fields[place + 1]} - ${fields[place + 2]}`] : [],
        )
      : basket.replaceAll("£", "").split(", ");
  const digits = card === "None" ? "" : (card.split(",").at(-1) ?? "");
  return [minute, cafe, customer, items.join("|"), Number(total).toFixed(2), payment, digits];
}
