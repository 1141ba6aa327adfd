import { describe, expect, it } from "vitest";
import { arrivedText, trustDetails, trustState } from "./trust.ts";

const day = { cafesIn: 98, cafesExpected: 104, cafeDaysIn: 98, cafeDaysExpected: 104, reconciledShare: 0.9971 };

describe("what a badge says of what arrived", () => {
  it("counts cafés for a day, café-days for longer", () => {
    expect(arrivedText(day)).toBe("98 of 104 cafés in");
    expect(arrivedText({ ...day, cafeDaysIn: 680, cafeDaysExpected: 728 })).toBe("680 of 728 café-days in");
    expect(arrivedText({ cafeDaysIn: 1, cafeDaysExpected: 1 })).toBe("1 of 1 café-day in");
  });

  it("is bad when nothing came, but not when nothing was expected", () => {
    expect(trustState(day)).toBe("warn");
    expect(trustState({ ...day, cafeDaysIn: 104 })).toBe("ok");
    expect(trustState({ ...day, cafeDaysIn: 0 })).toBe("bad");
    const closed = { cafesIn: 0, cafesExpected: 0, cafeDaysIn: 0, cafeDaysExpected: 0, reconciledShare: null };
    expect(trustState(closed)).toBe("none");
    expect(arrivedText(closed)).toBe("No café was expected");
  });

  it("names a corrected day only where there is room and only one day", () => {
    const restated = [{ date: "2026-03-03", cafes: 1 }];
    expect(trustDetails({ ...day, restated }, false, "2026-03-04")).toEqual([
      "99.7\u00a0% reconciled",
      "Tue 3 Mar restated",
    ]);
    expect(trustDetails({ ...day, restated }, true, "2026-03-04")).toEqual(["99.7\u00a0% reconciled"]);
    expect(trustDetails({ ...day, cafeDaysExpected: 728, restated }, false, "2026-03-04")).toHaveLength(1);
  });
});
