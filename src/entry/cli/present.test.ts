import { expect, test } from "vitest";
import { duration } from "./present.ts";

test("how long something took is told in the unit that it rounds to", () => {
  const taken = [811.6, 999.6, 4870, 59_960, 72_000, 119_700];
  expect(taken.map(duration)).toEqual(["812 ms", "1.0 s", "4.9 s", "1 min 0 s", "1 min 12 s", "2 min 0 s"]);
});
