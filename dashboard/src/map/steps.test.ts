import { describe, expect, it } from "vitest";
import { placeOnMap, project } from "./project.ts";
import { stepOf } from "./steps.ts";

describe("stepOf", () => {
  it("is level between −0.5 and +0.5 %", () => {
    expect([-0.05, -0.02, -0.01, 0, 0.01, 0.02, 0.05].map(stepOf)).toEqual(["n3", "n2", "n1", "0", "p1", "p2", "p3"]);
    expect(stepOf(null)).toBe("none");
  });
});

describe("the projection", () => {
  it("puts places where the British National Grid does, to a few kilometres", () => {
    const [x, y] = project(-1.55, 53.8);
    expect(x).toBeCloseTo(29.6, 0);
    expect(-y).toBeCloseTo(534, -1);
  });

  it("moves Shetland nearer, and only Shetland", () => {
    const lerwick = project(-1.14, 60.15);
    expect(placeOnMap(-1.14, 60.15)).not.toEqual(lerwick);
    expect(placeOnMap(-2.96, 58.98)).toEqual(project(-2.96, 58.98));
  });
});
