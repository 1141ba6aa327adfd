import { describe, expect, it } from "vitest";
import { type Cafe, openChain } from "./cafes.ts";
import { dayOf, weekdayOf } from "./days.ts";
import { Demand } from "./demand.ts";
import { seedWord } from "./random.ts";

const seed = seedWord("a test");
const chain = openChain(seed, 104);
const demand = new Demand(seed, 100);
const from = dayOf("2025-04-01");
const until = from + 363;

/** What a café may expect on the days of a year that pass a test, on average. */
function mean(cafe: Cafe, test: (day: number) => boolean): number {
  let sum = 0;
  let days = 0;
  for (let day = from; day <= until; day++) {
    const outlook = test(day) ? demand.outlook(cafe, day) : undefined;
    if (!outlook) continue;
    sum += outlook.receipts;
    days += 1;
  }
  return sum / days;
}

const first = (character: string) => {
  const cafe = chain.find((each) => each.character === character && each.number > 9);
  if (!cafe) throw new Error(`no ${character}`);
  return cafe;
};
const inMonth = (month: string) => (day: number) => day >= dayOf(`${month}-01`) && day < dayOf(`${month}-01`) + 28;

describe("what a café may expect", () => {
  it("comes to the mean that was asked for over the chain and a year", () => {
    const yearly = chain.map((cafe) => mean(cafe, () => true));
    const all = yearly.reduce((sum, receipts) => sum + receipts, 0) / chain.length;
    expect(Math.abs(all - 100)).toBeLessThan(5);
  });

  it("follows the week: commuters from Monday to Friday, the high street on Saturday", () => {
    const saturday = (day: number) => weekdayOf(day) === 5;
    const wednesday = (day: number) => weekdayOf(day) === 2;
    expect(mean(first("commuter"), saturday)).toBeLessThan(0.7 * mean(first("commuter"), wednesday));
    expect(mean(first("high_street"), saturday)).toBeGreaterThan(1.2 * mean(first("high_street"), wednesday));
  });

  it("follows the year: the seaside in August, a campus in term", () => {
    expect(mean(first("seaside"), inMonth("2025-08"))).toBeGreaterThan(
      1.6 * mean(first("seaside"), inMonth("2026-01")),
    );
    expect(mean(first("campus"), inMonth("2025-08"))).toBeLessThan(0.7 * mean(first("campus"), inMonth("2025-11")));
  });

  it("keeps the bank holidays of its own nation", () => {
    const [scottish, english] = ["Glasgow", "Birmingham"].map((name) => chain.find((cafe) => cafe.name === name));
    if (!scottish || !english) throw new Error("no commuters");
    const easterMonday = dayOf("2026-04-06");
    const usual = (cafe: Cafe) => mean(cafe, (day) => weekdayOf(day) === 0 && day !== easterMonday);
    const share = (cafe: Cafe) => (demand.outlook(cafe, easterMonday)?.receipts ?? 0) / usual(cafe);
    expect(share(english)).toBeLessThan(0.7);
    expect(share(scottish)).toBeGreaterThan(0.75);
  });

  it("has weather in common with its region, and not with others", () => {
    const warmth = (cafe: Cafe) =>
      Array.from({ length: 100 }, (_, day) => demand.outlook(cafe, from + day)?.warmth ?? Number.NaN);
    const leeds = chain.find(({ name }) => name === "Leeds");
    const york = chain.find(({ name }) => name === "York");
    const bath = chain.find(({ name }) => name === "Bath");
    if (!leeds || !york || !bath) throw new Error("no cafés");
    const differences = (one: Cafe, other: Cafe) => {
      const there = warmth(other);
      return warmth(one).filter((degrees, day) => Math.abs(degrees - (there[day] ?? 0)) > 1e-9).length;
    };
    expect(differences(leeds, york)).toBeLessThan(30);
    expect(differences(leeds, bath)).toBe(100);
  });

  it("is the same whichever day is asked for first", () => {
    const [cafe] = chain;
    if (!cafe) throw new Error("no café");
    const later = new Demand(seed, 100).outlook(cafe, until);
    const fresh = new Demand(seed, 100);
    for (let day = from; day < until; day++) fresh.outlook(cafe, day);
    expect(fresh.outlook(cafe, until)).toEqual(later);
  });
});
