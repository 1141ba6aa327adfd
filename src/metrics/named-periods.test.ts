import { expect, test } from "vitest";
import { namedPeriodsOf } from "./named-periods.ts";

test("named periods count back from the last day with data", () => {
  expect(namedPeriodsOf({ first: "2025-02-03", last: "2026-03-03" })).toEqual({
    yesterday: { from: "2026-03-03", to: "2026-03-03", days: 1 },
    "7d": { from: "2026-02-25", to: "2026-03-03", days: 7 },
    "28d": { from: "2026-02-04", to: "2026-03-03", days: 28 },
    "this-month": { from: "2026-03-01", to: "2026-03-03", days: 3 },
    "last-month": { from: "2026-02-01", to: "2026-02-28", days: 28 },
  });
});

test("they are kept within the days that have data", () => {
  expect(namedPeriodsOf({ first: "2026-03-02", last: "2026-03-03" })).toMatchObject({
    "28d": { from: "2026-03-02", to: "2026-03-03", days: 2 },
    "this-month": { from: "2026-03-02", to: "2026-03-03", days: 2 },
  });
  expect(namedPeriodsOf({ first: "2026-02-27", last: "2026-03-03" })).toMatchObject({
    "last-month": { from: "2026-02-27", to: "2026-02-28", days: 2 },
  });
});

test("a named period of which no day has data is none", () => {
  expect(namedPeriodsOf({ first: "2026-11-01", last: "2026-11-20" })).toMatchObject({
    "this-month": { from: "2026-11-01", to: "2026-11-20", days: 20 },
    "last-month": null,
  });
});

test("last month is the month before the last day's, over the end of a year and in February", () => {
  expect(namedPeriodsOf({ first: "2024-01-01", last: "2025-01-31" })["last-month"]).toMatchObject({
    from: "2024-12-01",
    to: "2024-12-31",
  });
  expect(namedPeriodsOf({ first: "2024-01-01", last: "2024-03-31" })["last-month"]).toMatchObject({
    from: "2024-02-01",
    to: "2024-02-29",
  });
});
