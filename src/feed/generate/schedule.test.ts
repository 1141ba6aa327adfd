import { describe, expect, it } from "vitest";
import { dayOf } from "./days.ts";
import { seedWord } from "./random.ts";
import { cafeEvents, drinksAway, felt, menuEvents, pricesOn, promotions } from "./schedule.ts";

const seeds = ["one", "two", "three"].map(seedWord);
const weeks = 7;

describe("the schedule of planted truths", () => {
  it("has one of each kind in every thirteen months of a full chain, eight weeks or more from either end", () => {
    for (const seed of seeds) {
      for (let until = dayOf("2012-02-29"); until < dayOf("2045-01-01"); until += 311) {
        const from = until - 395;
        const inside = (day: number) => day >= from + 8 * weeks && day <= until - 8 * weeks;
        const events = Array.from({ length: 104 }, (_, cafe) => cafeEvents(seed, cafe, from, until)).flat();
        for (const kind of ["decline", "competitor", "out_of_stock", "lunch_growth"]) {
          expect(events.some((event) => event.kind === kind && inside(event.from))).toBe(true);
        }
        expect(promotions(seed, from, until).some((promotion) => inside(promotion.from))).toBe(true);
        const changes = menuEvents(seed, from, until);
        for (const kind of ["price_rise", "launched", "withdrawn"]) {
          expect(changes.some((change) => change.kind === kind && inside(change.day))).toBe(true);
        }
      }
    }
  });

  it("never tells two stories of one café at a time", () => {
    for (const seed of seeds) {
      for (let cafe = 0; cafe < 104; cafe++) {
        const events = cafeEvents(seed, cafe, dayOf("2010-01-01"), dayOf("2040-01-01"));
        for (const [number, event] of events.entries()) {
          const next = events[number + 1];
          if (next) expect(next.from).toBeGreaterThan(event.until);
        }
      }
    }
  });

  it("does not depend on the days it is asked for", () => {
    const [seed = 0] = seeds;
    const from = dayOf("2025-01-01");
    const until = dayOf("2026-06-30");
    for (let cafe = 0; cafe < 52; cafe++) {
      const day = from + 7 * cafe;
      const onThatDay = cafeEvents(seed, cafe, from, until).filter((event) => event.from <= day && event.until >= day);
      expect(cafeEvents(seed, cafe, day, day)).toEqual(onThatDay);
    }
  });

  it("lets a decline build up over half a year and a competitor strike at once", () => {
    const story = { from: 1000, until: 1364, effect: 0.3 };
    expect(felt({ ...story, kind: "competitor" }, 999)).toBe(0);
    expect(felt({ ...story, kind: "competitor" }, 1000)).toBe(1);
    expect(felt({ ...story, kind: "decline" }, 1090)).toBeCloseTo(0.5, 2);
    expect(felt({ ...story, kind: "decline" }, 1200)).toBe(1);
    expect(felt({ ...story, kind: "decline" }, 1365)).toBe(0);
  });

  it("changes a price on the day of its rise and no other", () => {
    for (const seed of seeds) {
      const rise = menuEvents(seed, dayOf("2025-06-01"), dayOf("2026-06-30")).find(({ kind }) => kind === "price_rise");
      if (!rise) throw new Error("no price rise");
      const [before] = pricesOn(seed, rise.line, rise.day - 1);
      const [after] = pricesOn(seed, rise.line, rise.day);
      expect(after - before).toBe(10);
      expect(pricesOn(seed, rise.line, rise.day + 200)[0]).toBe(after);
    }
  });

  it("sells a launched drink from its first day, and a withdrawn one until the day before", () => {
    for (const seed of seeds) {
      for (const { kind, day, drink = -1 } of menuEvents(seed, dayOf("2020-01-01"), dayOf("2030-01-01"))) {
        if (kind === "price_rise") continue;
        expect(drinksAway(seed, day - 1).has(drink)).toBe(kind === "launched");
        expect(drinksAway(seed, day).has(drink)).toBe(kind === "withdrawn");
      }
    }
  });
});
