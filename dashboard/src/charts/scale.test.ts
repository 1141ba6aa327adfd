import { describe, expect, it } from "vitest";
import { labelled, linear, linePath, niceTicks } from "./scale.ts";

describe("niceTicks", () => {
  it("covers the values in round steps", () => {
    expect(niceTicks(4310, 7890, 4)).toEqual([4000, 5000, 6000, 7000, 8000]);
    expect(niceTicks(96.2, 106.4, 4)).toEqual([95, 100, 105, 110]);
  });

  it("takes no part of the unit its labels are whole in", () => {
    expect(niceTicks(9310, 9310, 4, 100)).toEqual([8500, 9000, 9500, 10000]);
    expect(niceTicks(80, 240, 4, 100)).toEqual([0, 100, 200, 300]);
  });

  it("has room around a single figure", () => {
    const ticks = niceTicks(100, 100, 3);
    expect(ticks[0]).toBeLessThan(100);
    expect(ticks.at(-1)).toBeGreaterThan(100);
  });
});

describe("labelled", () => {
  it("always names the last point, and no more than fit", () => {
    expect(labelled(28, 5, 7)).toEqual([6, 13, 20, 27]);
    expect(labelled(28, 2, 7)).toEqual([13, 27]);
    expect(labelled(3, 5)).toEqual([0, 1, 2]);
  });

  it("names more than one of a few days, though a week is longer", () => {
    expect(labelled(5, 9, 7)).toEqual([0, 1, 2, 3, 4]);
    expect(labelled(5, 3, 7)).toEqual([0, 2, 4]);
  });
});

describe("linePath", () => {
  it("breaks where nothing is known", () => {
    const same = (value: number) => value;
    expect(linePath([1, 2, null, 4], same, same)).toBe("M0.0 1.0L1.0 2.0M3.0 4.0");
  });
});

describe("linear", () => {
  it("maps both ends, and anything to the start when there is no range", () => {
    const y = linear([0, 10], [100, 0]);
    expect([y(0), y(5), y(10)]).toEqual([100, 50, 0]);
    expect(linear([3, 3], [0, 10])(3)).toBe(0);
  });
});
