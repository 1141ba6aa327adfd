import { expect, test } from "vitest";
import { RecentlyUsed } from "./recently-used.ts";

test("what was not used for longest is forgotten first", () => {
  const kept = new RecentlyUsed<string>(2);
  kept.set("a", "1");
  kept.set("b", "2");
  kept.get("a");
  kept.set("c", "3");
  expect([kept.get("a"), kept.get("b"), kept.get("c")]).toEqual(["1", undefined, "3"]);
});

test("heavy values push out several light ones, and what is heavier than everything is not kept", () => {
  const kept = new RecentlyUsed<string>(10);
  kept.set("a", "1", 4);
  kept.set("b", "2", 4);
  kept.set("c", "3", 7);
  expect([kept.get("a"), kept.get("b"), kept.get("c")]).toEqual([undefined, undefined, "3"]);
  kept.set("d", "4", 11);
  expect(kept.get("d")).toBeUndefined();
});

test("a value set again weighs once", () => {
  const kept = new RecentlyUsed<string>(10);
  for (let round = 0; round < 5; round += 1) kept.set("a", "1", 6);
  kept.set("b", "2", 4);
  expect([kept.get("a"), kept.get("b")]).toEqual(["1", "2"]);
});
