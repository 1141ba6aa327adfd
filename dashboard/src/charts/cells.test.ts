import { expect, it } from "vitest";
import { cellFrame, cellOption } from "./cells.ts";

const drawn = (values: (number | null)[][], outlined?: { row: number; column: number }) => {
  const frame = cellFrame(668, values[0]?.length ?? 0, values.length, false);
  const option = cellOption({
    frame,
    columns: (values[0] ?? []).map((_, index) => String(index)),
    rows: values.map((_, index) => `row ${index}`),
    bold: undefined,
    cells: values.map((row) => row.map((value) => ({ value, text: value === null ? "–" : String(value) }))),
    most: 70,
    sums: [],
    outlined,
  });
  return new Map((option.series as { id: string; data: unknown[] }[]).map(({ id, data }) => [id, data]));
};

it("darkens in seven even steps, the last for the most", () => {
  const steps = drawn([[0, 9, 10, 35, 69, 70]]);
  expect(steps.get("step 0")).toEqual([
    [0, 0, "0"],
    [1, 0, "9"],
  ]);
  expect(steps.get("step 1")).toEqual([[2, 0, "10"]]);
  expect(steps.get("step 3")).toEqual([[3, 0, "35"]]);
  expect(steps.get("step 6")).toEqual([
    [4, 0, "69"],
    [5, 0, "70"],
  ]);
});

it("leaves a cell that is not known without a colour, but not without its sign", () => {
  expect(drawn([[null, 70]]).get("step 7")).toEqual([[0, 0, "–"]]);
});

it("draws the exception once, with its outline", () => {
  const series = drawn(
    [
      [1, 2],
      [3, 70],
    ],
    { row: 1, column: 1 },
  );
  expect(series.get("exception")).toEqual([[1, 1, "70"]]);
  expect(series.get("outline")).toEqual([[1, 1]]);
  expect([...series].filter(([id]) => id.startsWith("step")).flatMap(([, data]) => data)).toHaveLength(3);
});
