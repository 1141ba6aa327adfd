import { describe, expect, it } from "vitest";
import { closureReasons, whyClosed } from "./closed.ts";

const cafe = (name: string, openedOn: string | null = null, closedOn: string | null = null) => ({
  name,
  openedOn,
  closedOn,
});
const belfast = cafe("Belfast", "2023-10-21", "2026-09-26");
const period = { from: "2026-10-30", to: "2026-11-26" };
const christmas = { state: "closed" as const, closedDates: [{ date: "2025-12-25", reason: "Christmas Day" }] };
const gone = { state: "not_open" as const, closedDates: [] };

describe("why nothing was expected", () => {
  it("knows when a café closed for good, or opened later", () => {
    const one = { everyCafe: false, period, deliveries: [gone] };
    expect(whyClosed({ ...one, cafes: [belfast] })).toBe("Belfast closed on Sat 26 Sep 2026");
    expect(whyClosed({ ...one, cafes: [cafe("Hull", "2026-12-01")] })).toBe("Hull only opened on Tue 1 Dec 2026");
    expect(whyClosed({ ...one, cafes: [cafe("York")] })).toBe("York was not open");
  });

  it("knows of a planned closure, once its deliveries are there", () => {
    const day = { period: { from: "2025-12-25", to: "2025-12-25" } };
    const one = { ...day, cafes: [belfast], everyCafe: false };
    expect(whyClosed({ ...one, deliveries: [christmas] })).toBe("Belfast was closed, as planned (Christmas Day)");
    expect(whyClosed({ ...one, deliveries: undefined })).toBe("Belfast was not open");
    const cafes = [belfast, cafe("York")];
    expect(whyClosed({ ...day, cafes, everyCafe: true, deliveries: [christmas, gone] })).toBe(
      "All cafés were closed, as planned (Christmas Day)",
    );
    expect(whyClosed({ ...day, cafes, everyCafe: false, deliveries: [christmas] })).toMatch(/^These cafés were closed/);
    expect(whyClosed({ ...day, cafes, everyCafe: true, deliveries: [gone, gone] })).toBe(
      "No café was open on these days",
    );
  });

  it("tells each reason once, and none where none was written", () => {
    const refit = { state: "closed" as const, closedDates: [{ date: "2025-12-25", reason: "Refit" }] };
    expect(closureReasons([christmas, refit, christmas])).toBe(" (Christmas Day and Refit)");
    expect(closureReasons([{ ...refit, closedDates: [{ date: "2025-12-25", reason: "" }] }])).toBe("");
  });
});
