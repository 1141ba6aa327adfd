import { describe, expect, it } from "vitest";
import { periodOf, periodPhrase, presetDays, presetName, presetsOf } from "./period.ts";

const dates = {
  first: "2025-02-03",
  last: "2026-03-03",
  named: {
    yesterday: { from: "2026-03-03", to: "2026-03-03", days: 1 },
    "7d": { from: "2026-02-25", to: "2026-03-03", days: 7 },
    "28d": { from: "2026-02-04", to: "2026-03-03", days: 28 },
    "this-month": { from: "2026-03-01", to: "2026-03-03", days: 3 },
    "last-month": { from: "2026-02-01", to: "2026-02-28", days: 28 },
  },
};

describe("periodOf", () => {
  it("takes the days of a named period from the session", () => {
    expect(periodOf("7d", dates)).toEqual({ preset: "7d", from: "2026-02-25", to: "2026-03-03", days: 7 });
    expect(periodOf("last-month", dates, { from: "2026-02-10" })).toMatchObject({ from: "2026-02-01", days: 28 });
  });

  it("takes the last day for a named period that has no days, which is not offered", () => {
    const first = { first: "2026-11-01", last: "2026-11-20", named: { ...dates.named, "last-month": null } };
    expect(periodOf("last-month", first)).toEqual({
      preset: "yesterday",
      from: "2026-11-20",
      to: "2026-11-20",
      days: 1,
    });
    expect(presetsOf(first)).toEqual(["yesterday", "7d", "28d", "this-month", "custom"]);
    expect(presetsOf(dates)).toContain("last-month");
  });

  it("keeps chosen dates within the data, whichever way round they come", () => {
    expect(periodOf("custom", dates, { from: "2026-02-10", to: "2026-02-01" })).toMatchObject({
      from: "2026-02-01",
      to: "2026-02-10",
    });
    expect(periodOf("custom", dates, { from: "2020-01-01", to: "2030-01-01" })).toMatchObject({
      from: "2025-02-03",
      to: "2026-03-03",
    });
    expect(periodOf("custom", dates, { from: "2026-02-10" })).toMatchObject({ from: "2026-02-10", to: "2026-02-10" });
    expect(periodOf("custom", dates)).toMatchObject({ from: "2026-03-03", to: "2026-03-03" });
  });
});

describe("the words of a period", () => {
  it("calls the last day yesterday only when it is", () => {
    expect(presetName("yesterday", dates, "2026-03-04")).toBe("Yesterday");
    expect(presetName("yesterday", dates, "2026-03-09")).toBe("Latest day");
    expect(presetName("this-month", dates, "2026-04-09")).toBe("March");
    expect(presetName("last-month", dates, "2026-04-09")).toBe("February");
  });

  it("does not promise days that the data do not have", () => {
    const few = { from: "2026-02-27", to: "2026-03-03", days: 5 };
    const young = { ...dates, first: few.from, named: { ...dates.named, "7d": few, "28d": few } };
    expect(periodPhrase(periodOf("28d", young), young, "2026-03-04")).toBe("All 5 days, Fri 27 Feb – Tue 3 Mar");
    expect(presetDays("28d", young, "2026-03-04")).toBe("Fri 27 Feb – Tue 3 Mar, the only 5");
    const one = { from: "2026-03-03", to: "2026-03-03", days: 1 };
    const first = { ...dates, first: one.from, named: { ...dates.named, "7d": one } };
    expect(periodPhrase(periodOf("7d", first), first, "2026-03-04")).toBe("The only day, Tue 3 Mar");
    expect(presetDays("7d", first, "2026-03-04")).toBe("Tue 3 Mar, the only day");
    expect(presetDays("28d", dates, "2026-03-04")).toBe("Wed 4 Feb – Tue 3 Mar");
  });

  it("reads as a phrase", () => {
    expect(periodPhrase(periodOf("7d", dates), dates, "2026-03-04")).toBe("Last 7 days, Wed 25 Feb – Tue 3 Mar");
    const chosen = periodOf("custom", dates, { from: "2026-02-01", to: "2026-02-10" });
    expect(periodPhrase(chosen, dates, "2026-03-04")).toBe("Sun 1 Feb – Tue 10 Feb");
  });
});
