import { describe, expect, it } from "vitest";
import { openChain } from "./cafes.ts";
import { CustomerPool, nobody, placesFor } from "./customers.ts";
import { mix, randomStream, seedWord } from "./random.ts";

const seed = seedWord("a test");
const [cafe] = openChain(seed, 1);
const yearly = 40_000;

/** Visits of each person who came to a café during so many days, drawn a day at a time. */
function visitCounts(days: number): number[] {
  if (!cafe) throw new Error("no café");
  const pool = new CustomerPool(seed, cafe, yearly);
  const random = randomStream();
  random.startFrom(mix(seed, 1, 2), 3, 4);
  const person = nobody();
  const visits = new Map<number, number>();
  for (let day = 9000; day < 9000 + days; day++) {
    for (let receipt = 0; receipt < yearly / 365; receipt++) {
      pool.identify(pool.draw(random), day, person);
      const key = person.turn * pool.places + person.place;
      visits.set(key, (visits.get(key) ?? 0) + 1);
    }
  }
  return [...visits.values()];
}

/** Shares of those who came once, twice, … up to `most`, by the negative binomial distribution without its zeros. */
function truncatedNbd(mean: number, exponent: number, most: number): number[] {
  const q = mean / (mean + exponent);
  let p = (1 - q) ** exponent;
  const some = 1 - p;
  return Array.from({ length: most }, (_, index) => {
    p *= (q * (exponent + index)) / (index + 1);
    return p / some;
  });
}

describe("customers", () => {
  const counts = visitCounts(396);
  const share = (test: (visits: number) => boolean) => counts.filter(test).length / counts.length;

  it("visit as often as the negative binomial distribution says, to within a point and a half at every count", () => {
    const observed = Array.from({ length: 20 }, (_, index) => share((visits) => visits === index + 1));
    let best = Number.POSITIVE_INFINITY;
    for (let exponent = 0.02; exponent < 1; exponent *= 1.1) {
      for (let mean = 0.2; mean < 10; mean *= 1.1) {
        const fitted = truncatedNbd(mean, exponent, 20);
        const worst = Math.max(...fitted.map((value, index) => Math.abs(value - (observed[index] ?? 0))));
        best = Math.min(best, worst);
      }
    }
    expect(best).toBeLessThan(0.015);
  });

  it("come once or twice, most of them, and a few almost every day", () => {
    expect(share((visits) => visits <= 2)).toBeGreaterThan(0.5);
    const daily = counts.filter((visits) => visits > 200).length;
    expect(daily).toBeGreaterThan(2);
    expect(daily).toBeLessThan(0.005 * counts.length);
  });

  it("bring most of the trade when they are the heaviest fifth (Pareto)", () => {
    const sorted = counts.toSorted((one, other) => other - one);
    const sum = (list: number[]) => list.reduce((all, visits) => all + visits, 0);
    const heaviest = sum(sorted.slice(0, Math.floor(sorted.length / 5))) / sum(sorted);
    expect(heaviest).toBeGreaterThan(0.55);
    expect(heaviest).toBeLessThan(0.85);
  });

  it("come back from one month to the next, about two in five of them, while others are new", () => {
    if (!cafe) throw new Error("no café");
    const pool = new CustomerPool(seed, cafe, yearly);
    const random = randomStream();
    random.startFrom(5, 6, 7);
    const person = nobody();
    const months = Array.from({ length: 6 }, (_, month) => {
      const seen = new Set<number>();
      for (let receipt = 0; receipt < yearly / 12; receipt++) {
        pool.identify(pool.draw(random), 9000 + 30 * month + (receipt % 30), person);
        seen.add(person.turn * pool.places + person.place);
      }
      return seen;
    });
    for (const [month, seen] of months.entries()) {
      const before = months[month - 1];
      if (!before) continue;
      const back = [...seen].filter((key) => before.has(key)).length / seen.size;
      expect(back).toBeGreaterThan(0.3);
      expect(back).toBeLessThan(0.55);
    }
  });

  it("make place for others as time goes by", () => {
    if (!cafe) throw new Error("no café");
    const pool = new CustomerPool(seed, cafe, yearly);
    const places = placesFor(yearly);
    let same = 0;
    for (let place = 0; place < places; place++) if (pool.turnOn(place, 9000) === pool.turnOn(place, 9365)) same++;
    expect(same / places).toBeGreaterThan(0.25);
    expect(same / places).toBeLessThan(0.65);
  });

  it("have a second café near their own, some of them", () => {
    const chain = openChain(seed, 60);
    const here = chain.find(({ neighbour }) => neighbour !== undefined);
    const home = chain[here?.neighbour ?? -1];
    if (!here || !home) throw new Error("no neighbours");
    const pool = new CustomerPool(seed, here, yearly, new CustomerPool(seed, home, yearly));
    const random = randomStream();
    random.startFrom(8, 9, 10);
    const person = nobody();
    let visitors = 0;
    for (let receipt = 0; receipt < 20_000; receipt++) {
      pool.identify(pool.draw(random), 9000, person);
      if (person.home === home.number) visitors++;
    }
    expect(visitors / 20_000).toBeGreaterThan(0.03);
    expect(visitors / 20_000).toBeLessThan(0.15);
  });
});
