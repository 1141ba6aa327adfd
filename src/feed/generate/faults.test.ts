import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { addDays } from "#core/day.ts";
import { generateSample } from "./generate-sample.ts";

const folder = mkdtempSync(join(tmpdir(), "faults-"));
afterAll(() => rmSync(folder, { recursive: true }));

const month = { cafes: 13, days: 35, until: "2026-03-31", receipts: 60, seed: "a test", faults: true };

describe("planted faults", async () => {
  const out = join(folder, "month");
  const { ledger } = await generateSample({ ...month, out });
  const fault = (kind: string) =>
    ledger.faults.find((each) => each.kind === kind && (kind === "missing" || each.files.length > 0));
  const text = (key = "") => readFileSync(join(out, key), "utf8");

  it("are of every kind in five weeks of thirteen cafés", () => {
    const kinds = new Set(ledger.faults.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual([
      "bad_rows",
      "corrected",
      "cut_in_half",
      "duplicate",
      "duplicate_next_day",
      "empty",
      "endless_line",
      "header_only",
      "late",
      "missing",
      "name_with_line_end",
      "not_text",
      "odd_names",
      "split",
      "spreadsheet",
      "truncated",
      "unknown_layout",
      "unreadable_items",
      "unreconciled",
    ]);
  });

  it("have their files in the folder, and every other file is a good one", () => {
    const keys = new Set(globSync("**/*.csv", { cwd: out }));
    for (const { files } of ledger.faults) for (const { key } of files) expect(keys.has(key)).toBe(true);
    expect(keys.size).toBe(ledger.totals.files);
  });

  it("leave all other files as they would be without faults", async () => {
    const plain = join(folder, "plain");
    await generateSample({ ...month, faults: false, out: plain });
    const faulty = new Set(ledger.faults.flatMap(({ files }) => files.map(({ key }) => key)));
    for (const key of globSync("**/*.csv", { cwd: out })) {
      if (!faulty.has(key)) expect(text(key)).toBe(readFileSync(join(plain, key), "utf8"));
    }
  });

  it("say how many rows are lost: nine in a file of bad rows, one where the last row is cut", () => {
    expect(fault("bad_rows")?.files[0]).toMatchObject({ status: "loaded", rowsQuarantined: 9 });
    const cut = fault("truncated")?.files[0];
    expect(cut).toMatchObject({ status: "loaded", rowsQuarantined: 1, reasons: { row_cut_short: 1 } });
    expect(text(cut?.key).endsWith("\n")).toBe(false);
    expect(text(cut?.key).trimEnd().split("\n").at(-1)).toMatch(/CARD/);
  });

  it("send a late file three days later, in that day's folder, and not before", async () => {
    const late = fault("late");
    const [file] = late?.files ?? [];
    expect(file?.status).toBe("loaded");
    const arrival = addDays(late?.date ?? "", 3);
    expect(file?.key.startsWith(arrival.replaceAll("-", "/"))).toBe(true);
    const early = join(folder, "early");
    const before = await generateSample({ ...month, out: early, until: late?.date ?? "", days: 1 });
    expect(before.ledger.faults.find(({ kind }) => kind === "late")?.files).toEqual([]);
  });

  it("deliver a correction after what it corrects, and a copy after its original, in order of key", () => {
    for (const kind of ["corrected", "duplicate", "duplicate_next_day", "split"]) {
      for (const { files } of ledger.faults.filter((each) => each.kind === kind)) {
        const keys = files.map(({ key }) => key);
        expect(keys).toEqual(keys.toSorted());
      }
    }
    expect(fault("corrected")?.files.map(({ status }) => status)).toEqual(["superseded", "loaded"]);
    const [original, copy] = fault("duplicate")?.files ?? [];
    expect(text(copy?.key)).toBe(text(original?.key));
  });
});
