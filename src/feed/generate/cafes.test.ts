import { describe, expect, it } from "vitest";
import { placeCafe } from "../places/place-cafe.ts";
import { regions } from "../places/regions.ts";
import { isGone, openChain, openedOn, plannedClosure } from "./cafes.ts";
import { dayOf } from "./days.ts";
import { seedWord } from "./random.ts";
import { regionPopulations } from "./towns.ts";

const seed = seedWord("a test");
const chain = openChain(seed, 104);

describe("a chain of cafés", () => {
  it("has each café in the region its name is placed in, under a name of its own", () => {
    for (const { name, region } of chain) expect(placeCafe(name)).toMatchObject({ placed: true, region });
    expect(new Set(chain.map(({ name }) => name)).size).toBe(104);
  });

  it("is spread over the 12 regions by population", () => {
    const people = Object.values(regionPopulations).reduce((sum, millions) => sum + millions, 0);
    for (const region of regions) {
      const cafes = chain.filter((cafe) => cafe.region === region).length;
      expect(Math.abs(cafes - (104 * regionPopulations[region]) / people)).toBeLessThan(1);
    }
  });

  it("has the same cafés when it grows, and names of their own for hundreds more", () => {
    const larger = openChain(seed, 500);
    expect(larger.slice(0, 104)).toEqual(chain);
    expect(new Set(larger.map(({ name }) => name)).size).toBe(500);
  });

  it("has some towns with two cafés, and the cafés that real feeds name", () => {
    const names = chain.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["Leeds", "Leeds Headrow", "Brighton", "Brighton Lanes"]));
    expect(names).toEqual(
      expect.arrayContaining(["Aberdeen", "Chesterfield", "Isle of Wight", "London Camden", "Longridge", "Uppingham"]),
    );
  });

  it("has a mean size of one, even when it is short", () => {
    for (const count of [5, 20, 104]) {
      const mean = chain.slice(0, count).reduce((sum, { size }) => sum + size, 0) / count;
      expect(Math.abs(mean - 1)).toBeLessThan(0.12);
    }
  });

  it("is closed on Christmas Day, and nowhere for a refit longer than a fortnight", () => {
    for (const cafe of chain) {
      expect(plannedClosure(seed, cafe, dayOf("2025-12-25"))).toBe("Christmas Day");
      let run = 0;
      let longest = 0;
      for (let day = dayOf("2023-01-01"); day < dayOf("2026-12-01"); day++) {
        run = plannedClosure(seed, cafe, day) === "Refit" ? run + 1 : 0;
        longest = Math.max(longest, run);
      }
      expect([0, 8, 9, 10, 11, 12]).toContain(longest);
    }
  });

  it("sees a café open and another close in every thirteen months", () => {
    for (let until = dayOf("2021-01-01"); until < dayOf("2031-01-01"); until += 97) {
      const from = until - 395;
      const opened = chain.filter((cafe) => isGone(seed, cafe, from) && !isGone(seed, cafe, until));
      const closed = chain.filter((cafe) => !isGone(seed, cafe, from) && isGone(seed, cafe, until));
      expect(opened.length).toBeGreaterThan(0);
      expect(closed.length).toBeGreaterThan(0);
      for (const cafe of opened) expect(openedOn(seed, cafe, until)).toBeGreaterThan(from);
    }
  });
});
