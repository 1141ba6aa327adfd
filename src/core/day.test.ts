import { expect, test } from "vitest";
import { addDays, dayIn, daysBetween, mondayOf } from "./day.ts";

test("in summer a day of London begins an hour before that of UTC, and in winter with it", () => {
  expect(dayIn("Europe/London", new Date("2026-07-01T23:30:00Z"))).toBe("2026-07-02");
  expect(dayIn("Europe/London", new Date("2026-12-31T23:30:00Z"))).toBe("2026-12-31");
});

test("days are counted over the changes of the clocks, a leap day and the turn of a year", () => {
  expect(addDays("2026-03-28", 2)).toBe("2026-03-30");
  expect(addDays("2024-03-01", -1)).toBe("2024-02-29");
  expect(daysBetween("2025-12-31", "2026-10-26")).toBe(299);
});

test("a Sunday belongs to the week of the Monday before it", () => {
  expect(mondayOf("2026-03-08")).toBe("2026-03-02");
  expect(mondayOf("2026-03-02")).toBe("2026-03-02");
});
