import { expect, it } from "vitest";
import { dotOption, percentOf } from "./dots.ts";

it("writes its scale with signs", () => {
  expect([percentOf(0.025), percentOf(0), percentOf(-0.05)]).toEqual(["+2.5", "0", "−5"]);
});

it("draws a stem and a dot for each change that is known, all from no change", () => {
  const option = dotOption({
    width: 240,
    rows: [
      { ratio: 0.1, hollow: false },
      { ratio: null, hollow: false },
      { ratio: -0.02, hollow: true },
    ],
    level: 0.03,
  });
  const series = new Map((option.series as { id: string; data: unknown[] }[]).map(({ id, data }) => [id, data]));
  expect(series.get("stems")?.filter((point) => (point as unknown[])[0] === 0)).toEqual([
    [0, 0.5],
    [0, 2.5],
  ]);
  expect(series.get("dots")).toHaveLength(2);
  expect(series.has("level")).toBe(true);
});
