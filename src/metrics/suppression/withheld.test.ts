import fc from "fast-check";
import { expect, test } from "vitest";
import { publish } from "./withheld.ts";

const hiddenOf = (cells: Record<string, number>, contained: Parameters<typeof publish>[1] = []) =>
  [...publish(new Map(Object.entries(cells)), contained).hidden].sort();

test("a cell under ten is withheld, and the smallest other one with it", () => {
  expect(hiddenOf({ once: 40, twice: 12, often: 3 })).toEqual(["often", "twice"]);
  expect(hiddenOf({ once: 40, twice: 12, often: 10 })).toEqual([]);
});

test("two small cells hide one another only if they are ten together", () => {
  expect(hiddenOf({ once: 40, twice: 6, often: 5 })).toEqual(["often", "twice"]);
  expect(hiddenOf({ once: 40, twice: 4, often: 5 })).toEqual(["often", "once", "twice"]);
});

test("nobody is a small cell too: that none returned says so of each", () => {
  expect(hiddenOf({ returned: 0, "stayed away": 30 })).toEqual(["returned", "stayed away"]);
});

test("a region's cell is withheld that would give away a café's by subtraction", () => {
  const cafe = publish(new Map(Object.entries({ once: 20, twice: 30, often: 40 })));
  expect(hiddenOf({ once: 25, twice: 60, often: 80 }, [cafe])).toEqual(["once", "twice"]);
  expect(hiddenOf({ once: 30, twice: 60, often: 80 }, [cafe])).toEqual([]);
});

test("what is shown, and what is left of the total, is never one to nine, nor differs by as much from what it contains", () => {
  const counts = fc.array(fc.nat({ max: 30 }), { minLength: 4, maxLength: 4 });
  const named = (numbers: number[]) => new Map(numbers.map((customers, index) => [`cell ${index}`, customers]));
  fc.assert(
    fc.property(counts, counts, (inner, more) => {
      const cafe = publish(named(inner));
      const region = publish(named(inner.map((customers, index) => customers + (more[index] ?? 0))), [cafe]);
      for (const { cells, hidden } of [cafe, region]) {
        const shown = [...cells].filter(([name]) => !hidden.has(name));
        for (const [, customers] of shown) expect(customers).toBeGreaterThanOrEqual(10);
        const rest = [...cells].filter(([name]) => hidden.has(name));
        const restSum = rest.reduce((sum, [, customers]) => sum + customers, 0);
        if (rest.length > 0 && shown.length > 0) {
          expect(restSum).toBeGreaterThanOrEqual(10);
          expect(rest.length).toBeGreaterThan(1);
        }
      }
      for (const [name, customers] of region.cells) {
        const difference = customers - (cafe.cells.get(name) ?? 0);
        if (!region.hidden.has(name) && !cafe.hidden.has(name)) expect(difference === 0 || difference >= 10).toBe(true);
      }
    }),
  );
});
