import { describe, expect, it } from "vitest";
import { endsOf } from "./ends.ts";

const places = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe("the ends of a long list", () => {
  it("are its first and its last rows, with those between counted", () => {
    expect(endsOf(places(15), 5, 5)).toEqual({ shown: [1, 2, 3, 4, 5, null, 11, 12, 13, 14, 15], hidden: 5 });
  });

  it("are the whole list where few would be hidden", () => {
    expect(endsOf(places(14), 5, 5)).toEqual({ shown: places(14), hidden: 0 });
    expect(endsOf([], 5, 5)).toEqual({ shown: [], hidden: 0 });
  });
});
