import { expect, test } from "vitest";
import { isSafeKey } from "./storage.ts";

test.each(["a.csv", "2026/01/leeds.csv", "Café №1/£.csv", "a..b/c...csv"])("the key %j is safe", (key) => {
  expect(isSafeKey(key)).toBe(true);
});

test.each(["", "/a", "a//b", "a/", ".", "..", "a/../b", "a/.", "a\\b", "a\0b", "a\nb", "x".repeat(1025)])(
  "the key %j is not safe",
  (key) => {
    expect(isSafeKey(key)).toBe(false);
  },
);

test.each(["\u2028", "\u2029"])("a line separator (%j) does not hide a step out of the store", (separator) => {
  expect(isSafeKey(`a${separator}/../../b`)).toBe(false);
});
