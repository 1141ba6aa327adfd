import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameOf, heightOf, type LineSeries, lineOption, namesAtEnds, placeOf } from "./lines.ts";

const axis = (value: number, topmost: boolean) => `${value}${topmost ? " a day" : ""}`;
const size = { width: 1168, height: 260 };
const line = (label: string, values: (number | null)[], role: LineSeries["role"] = "now"): LineSeries => ({
  label,
  values,
  role,
});

describe("frameOf", () => {
  it("covers the figures in round steps, and names the unit at the topmost", () => {
    const frame = frameOf(size, 3, [4310, 7890], axis);
    expect(frame.ticks).toEqual([4000, 5000, 6000, 7000, 8000]);
    expect(frame.texts.at(-1)).toBe("8000 a day");
    expect([heightOf(frame)(4000), heightOf(frame)(8000)]).toEqual([frame.bottom, frame.top]);
    expect([placeOf(frame)(0), placeOf(frame)(2)]).toEqual([frame.left, size.width - frame.right]);
  });
});

describe("namesAtEnds", () => {
  it("moves names apart where lines end at much the same figure", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }), (one, other) => {
        const series = [{ ...line("This year", [5, one]), detail: "£5" }, line("2025", [7, other], "comparison")];
        const names = namesAtEnds(frameOf(size, 2, [5, 7, one, other], axis), series);
        const heights = names.map(({ y }) => y).toSorted((a, b) => a - b);
        for (const [index, y] of heights.entries())
          if (index > 0) expect(y - (heights[index - 1] ?? 0)).toBeGreaterThan(12);
        expect(heights.at(-1)).toBeLessThanOrEqual(frameOf(size, 2, [5, 7, one, other], axis).bottom - 8);
      }),
    );
  });

  it("gives no figure where the last point has none, as it would be an earlier one's", () => {
    const names = (last: number | null) =>
      namesAtEnds(frameOf(size, 2, [5, 7], axis), [{ ...line("This year", [5, last]), detail: "£5" }]);
    expect(names(7).map(({ text }) => text)).toEqual(["This year", "£5"]);
    expect(names(null).map(({ text }) => text)).toEqual(["This year"]);
  });
});

describe("lineOption", () => {
  const drawn = (series: LineSeries[], marked: number[] = []) => {
    const frame = frameOf(
      size,
      3,
      series.flatMap(({ values }) => values.filter((value) => value !== null)),
      axis,
    );
    const option = lineOption({ frame, points: ["a", "b", "c"], labelEvery: 1, series, level: undefined, marked });
    return option.series as { id: string; data: unknown[] }[];
  };

  it("breaks a line where nothing is known", () => {
    expect(drawn([line("Now", [1, null, 3])]).find(({ id }) => id === "Now")?.data).toEqual([
      [0, 1],
      [1, "-"],
      [2, 3],
    ]);
  });

  it("marks points of now, never those of the comparison or an unknown one", () => {
    const series = [line("Now", [1, null, 3]), line("Then", [4, 5, 6], "comparison")];
    expect(drawn(series, [1, 2]).find(({ id }) => id === "marked")?.data).toEqual([[2, 3]]);
  });
});
