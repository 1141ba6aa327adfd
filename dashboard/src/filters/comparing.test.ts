import { describe, expect, it } from "vitest";
import { comparisonWords } from "./comparing.ts";

const today = "2026-03-04";
const day = { from: "2026-03-03", to: "2026-03-03", days: 1 };
const week = { from: "2026-02-25", to: "2026-03-03", days: 7 };
const month = { from: "2026-02-01", to: "2026-02-28", days: 28 };

describe("comparisonWords", () => {
  it("names a day's counterpart by its weekday", () => {
    expect(comparisonWords("week", day, today)).toMatchObject({
      shiftDays: -7,
      short: "last Tue",
      headline: "last Tuesday",
      days: "Tue 24 Feb",
    });
    expect(comparisonWords("year", day, today)).toMatchObject({
      shiftDays: -364,
      short: "last year",
      headline: "the same Tuesday last year",
      days: "Tue 4 Mar 2025",
    });
  });

  it("does not call a day of long ago last Tuesday", () => {
    expect(comparisonWords("week", day, "2026-03-20")).toMatchObject({ headline: "the Tuesday before" });
  });

  it("goes back as many weeks as the period is long", () => {
    expect(comparisonWords("week", week, today)).toMatchObject({ shiftDays: -7, headline: "the week before" });
    expect(comparisonWords("week", month, today)).toMatchObject({ shiftDays: -28, headline: "the four weeks before" });
    expect(comparisonWords("week", { ...month, days: 22 }, today).shiftDays).toBe(-28);
    expect(comparisonWords("year", month, today)).toMatchObject({ shiftDays: -364, headline: "last year" });
  });
});
