import { describe, expect, it } from "vitest";
import {
  addDays,
  clock,
  dayRange,
  daysIn,
  duration,
  hourRange,
  inLondon,
  monthName,
  monthStart,
  shortDay,
  shortWeekday,
  weekdayNumber,
} from "./date.ts";

describe("days", () => {
  it("writes the year only when it is another one", () => {
    expect(shortDay("2026-03-03", "2026-03-04")).toBe("Tue 3 Mar");
    expect(shortDay("2025-03-04", "2026-03-04")).toBe("Tue 4 Mar 2025");
    expect(shortDay("2026-03-03")).toBe("Tue 3 Mar 2026");
  });

  it("joins a range with a spaced en rule", () => {
    expect(dayRange("2026-02-25", "2026-03-03", "2026-03-04")).toBe("Wed 25 Feb – Tue 3 Mar");
    expect(dayRange("2025-02-26", "2025-03-04", "2026-03-04")).toBe("Wed 26 Feb – Tue 4 Mar 2025");
    expect(dayRange("2025-12-29", "2026-01-04", "2026-01-05")).toBe("Mon 29 Dec 2025 – Sun 4 Jan");
    expect(dayRange("2026-03-03", "2026-03-03", "2026-03-04")).toBe("Tue 3 Mar");
  });

  it("steps over clock changes and leap days", () => {
    expect(addDays("2026-03-28", 2)).toBe("2026-03-30");
    expect(addDays("2024-03-01", -1)).toBe("2024-02-29");
    expect(addDays("2026-03-03", -364)).toBe("2025-03-04");
    expect(daysIn("2026-02-25", "2026-03-03")).toBe(7);
  });

  it("counts weekdays from Monday", () => {
    expect(weekdayNumber("2026-03-02")).toBe(1);
    expect(weekdayNumber("2026-03-08")).toBe(7);
    expect(shortWeekday(7)).toBe("Sun");
    expect(monthStart("2026-03-18")).toBe("2026-03-01");
    expect(monthName("2026-03-01", "2026-03-04")).toBe("March");
    expect(monthName("2025-12-01", "2026-03-04")).toBe("December 2025");
  });
});

describe("times", () => {
  it("shows hours with the end not included", () => {
    expect(hourRange(11, 14)).toBe("11:00–14:00");
    expect(clock("2026-03-03 09:14:00")).toBe("09:14");
    expect(clock("2026-03-03T09:14:00")).toBe("09:14");
  });

  it("shows moments as London's clock does", () => {
    expect(inLondon("2026-03-04T05:00:02Z")).toEqual({ day: "2026-03-04", time: "05:00:02" });
    expect(inLondon("2026-07-04T23:30:00Z")).toEqual({ day: "2026-07-05", time: "00:30:00" });
  });

  it("says how long something took", () => {
    expect(duration(850)).toBe("850\u00a0ms");
    expect(duration(1700)).toBe("1.7\u00a0s");
    expect(duration(125_000)).toBe("2\u00a0min 5\u00a0s");
    expect([999.6, 59_960, 119_700].map(duration)).toEqual([
      "1.0\u00a0s",
      "1\u00a0min 0\u00a0s",
      "2\u00a0min 0\u00a0s",
    ]);
  });
});
