import { describe, expect, it } from "vitest";
import { deck, headline } from "./headline.ts";

const cell = (differencePence: number) => ({ cafes: [], differencePence });
const cafe = (name: string, differencePence: number) => ({
  cafeId: name.length,
  name,
  region: "Wales",
  nowPence: 0,
  beforePence: 0,
  differencePence,
});
const comparison = {
  kind: "week" as const,
  from: "2026-02-24",
  to: "2026-02-24",
  shiftDays: -7,
  cafesCompared: 2,
  cafeDaysCompared: 2,
  cafeDaysLeftOut: 0,
};
const change = {
  comparison,
  cafes: [cafe("Leeds", 28040), cafe("Chesterfield", -7425)],
  others: { cafes: 0, differencePence: 0 },
  nowPence: 522445,
  differencePence: 20615,
  byCause: [
    { cause: "visits" as const, ...cell(14827) },
    { cause: "items_per_receipt" as const, ...cell(4141) },
    { cause: "price_and_mix" as const, ...cell(1647) },
  ],
  byDaypart: [
    { fromHour: 0, toHour: 11, ...cell(5065) },
    { fromHour: 11, toHour: 14, ...cell(22120) },
    { fromHour: 14, toHour: 17, ...cell(-4700) },
    { fromHour: 17, toHour: 24, ...cell(-1870) },
  ],
};
const sales = { ratio: 0.0411, difference: 20615, now: 522445 };
const words = { headline: "last Tuesday" };

describe("headline", () => {
  it("names a few cafés one by one, the largest change first", () => {
    expect(headline({ sales, change, words, precision: "pence" })).toBe(
      "Sales up 4.1\u00a0% on last Tuesday: Leeds gained £280.40, Chesterfield lost £74.25",
    );
  });

  it("says why and when for a single café", () => {
    const one = { ...change, cafes: [cafe("Leeds", 20615)] };
    expect(headline({ sales, change: one, words, cafe: "Leeds", precision: "pence" })).toBe(
      "Leeds: sales up 4.1\u00a0% on last Tuesday, more visits, mostly between 11:00 and 14:00",
    );
  });

  it("says why and where for many", () => {
    const many = {
      ...change,
      cafes: [cafe("Truro", -41200), cafe("Leeds", 28040), cafe("York", 100), cafe("Hull", 90)],
      others: { cafes: 90, differencePence: -9000 },
      differencePence: -21970,
      byCause: [{ cause: "visits" as const, ...cell(-21970) }],
    };
    const down = { ratio: -0.012, difference: -21970, now: 1808863 };
    expect(headline({ sales: down, change: many, words, precision: "pence" })).toBe(
      "Sales down 1.2\u00a0% on last Tuesday: fewer visits, most of all in Truro",
    );
  });

  it("claims nothing without a comparison", () => {
    const nothing = { sales: null, change: undefined, words, precision: "pence" as const };
    expect(headline({ ...nothing, cafe: "Bath", totalPence: 81830 })).toBe(
      "Bath took £818.30, with nothing to compare it with",
    );
    expect(headline({ ...nothing, totalPence: null })).toBe("These cafés have not delivered yet");
  });

  it("says which part of the sales it speaks of when that is not most of them", () => {
    const month = { sales: { ...sales, ratio: 0.0041 }, change, words: { headline: "last year" } };
    expect(headline({ ...month, totalPence: 522445 * 5, precision: "pounds" })).toBe(
      "Sales up 0.4\u00a0% on last year, for the 20\u00a0% that can be compared",
    );
    expect(headline({ ...month, totalPence: 522445, precision: "pounds" })).toMatch(/on last year: Leeds gained/);
  });

  it("says why nothing was expected, rather than that it has not come", () => {
    const closed = "Belfast closed on Sat 26 Sep 2026";
    expect(headline({ sales: null, change: undefined, words, cafe: "Belfast", closed, precision: "pence" })).toBe(
      closed,
    );
  });

  it("is level when the change rounds to nothing", () => {
    const level = { ratio: 0.0002, difference: 1, now: 5001 };
    expect(headline({ sales: level, change: undefined, words, precision: "pence" })).toBe(
      "Sales level with last Tuesday",
    );
  });
});

describe("deck", () => {
  it("proves the headline with figures that add up", () => {
    expect(
      deck({
        totalPence: 522445,
        receipts: 680,
        change,
        days: "Tue 24 Feb",
        other: { change: { ratio: 0.035, now: 500000 }, days: "Tue 4 Mar 2025" },
        precision: "pence",
      }),
    ).toBe(
      "£5,224.45 from 680 receipts. Like for like +£206.15: visits +£148.27, items per receipt +£41.41, price and mix +£16.47. Between 11:00 and 14:00 it was +£221.20. Against Tue 4 Mar 2025: up 3.5\u00a0%.",
    );
  });

  it("says which days have nothing in common", () => {
    const none = { ...change, comparison: null };
    expect(
      deck({
        totalPence: 1,
        receipts: 180,
        change: none,
        days: "Tue 24 Feb",
        other: { change: null, days: "Tue 4 Mar 2025" },
        precision: "pence",
      }),
    ).toBe("From 180 receipts. None of these sales can be compared with Tue 24 Feb.");
  });

  it("says how much of it can be compared when that is not most of it", () => {
    const part = { ...change, comparison: { ...comparison, cafeDaysCompared: 595, cafeDaysLeftOut: 2573 } };
    const text = deck({
      totalPence: 522445 * 5,
      receipts: 3400,
      change: part,
      days: "Wed 1 Oct 2025 – Fri 31 Oct 2025",
      other: { change: { ratio: 0.035, now: 522445 }, days: "Tue 24 Feb" },
      precision: "pounds",
    });
    expect(text).toMatch(
      /^£26,122 from 3,400 receipts\. Only £5,224 of it, 595 of 3,168 café-days, can be compared with Wed 1 Oct 2025 – Fri 31 Oct 2025\. Like for like/,
    );
    expect(text).toMatch(/ Against Tue 24 Feb: up 3\.5\u00a0%, for the 20\u00a0% that can be compared\.$/);
  });

  it("misses nothing when nothing was expected", () => {
    const none = {
      totalPence: null,
      receipts: null,
      change: undefined,
      days: "Tue 24 Feb",
      precision: "pence" as const,
    };
    expect(deck({ ...none, other: { change: null, days: "" }, closed: "All cafés were closed, as planned" })).toBe(
      "No delivery was expected, so nothing is missing.",
    );
  });

  it("says so when nothing has arrived", () => {
    expect(
      deck({
        totalPence: null,
        receipts: null,
        change: undefined,
        days: "Tue 24 Feb",
        other: { change: null, days: "Tue 4 Mar 2025" },
        precision: "pence",
      }),
    ).toBe("No café has delivered these days yet.");
  });
});
