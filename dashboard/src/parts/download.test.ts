import { expect, it } from "vitest";
import { fileName } from "./download.ts";

it("names a file in plain letters, without the product twice", () => {
  expect(fileName("The league of cafés", "csv")).toBe("infinity-the-league-of-cafes.csv");
  expect(fileName("Regions and cafés · Infinity", "csv")).toBe("infinity-regions-and-cafes.csv");
  expect(fileName("Today’s brief · Infinity", "csv")).toBe("infinity-todays-brief.csv");
  expect(fileName("Receipts by hour, 2026-11-26", "png")).toBe("infinity-receipts-by-hour-2026-11-26.png");
});

it("ends a long name at a letter", () => {
  expect(fileName(`${"a".repeat(59)} b`, "png")).toBe(`infinity-${"a".repeat(59)}.png`);
});
