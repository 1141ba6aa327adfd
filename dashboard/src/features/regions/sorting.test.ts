import { describe, expect, it } from "vitest";
import { type LeagueCafe, matching, nextSorting, sorted, sortingOf, wordOf } from "./sorting.ts";

const cafe = (name: string, region: string, ratio: number | null, totalPence = 0) =>
  ({ name, region, totalPence, change: ratio === null ? null : { ratio } }) as LeagueCafe;
const cafes = [cafe("Hull", "Yorkshire", 0.05, 3), cafe("Ely", "East", null, 2), cafe("Ayr", "Scotland", -0.02, 9)];
const names = (rows: LeagueCafe[]) => rows.map(({ name }) => name);

describe("sorting the league", () => {
  it("puts what cannot be compared last, both ways round", () => {
    expect(names(sorted(cafes, { by: "change", ascending: false }))).toEqual(["Hull", "Ayr", "Ely"]);
    expect(names(sorted(cafes, { by: "change", ascending: true }))).toEqual(["Ayr", "Hull", "Ely"]);
  });

  it("begins with the largest figure, or with A", () => {
    expect(nextSorting({ by: "change", ascending: false }, "sales")).toEqual({ by: "sales", ascending: false });
    expect(nextSorting({ by: "sales", ascending: false }, "sales")).toEqual({ by: "sales", ascending: true });
    expect(nextSorting({ by: "sales", ascending: true }, "name")).toEqual({ by: "name", ascending: true });
    expect(names(sorted(cafes, { by: "name", ascending: true }))).toEqual(["Ayr", "Ely", "Hull"]);
  });

  it("is a word in the address, but for the league's own order", () => {
    for (const word of ["sales", "-sales", "name", "-name", "-change", undefined]) {
      expect(wordOf(sortingOf(word))).toBe(word);
    }
    expect(sortingOf("-name")).toEqual({ by: "name", ascending: false });
    expect(sortingOf("constructor")).toEqual({ by: "change", ascending: false });
  });

  it("finds by name or region, however it is written", () => {
    expect(names(matching(cafes, " SCOT "))).toEqual(["Ayr"]);
    expect(names(matching(cafes, ""))).toEqual(["Hull", "Ely", "Ayr"]);
  });
});
