import { describe, expect, it } from "vitest";
import { parseSearch, readSearch, writeSearch } from "./search.ts";

describe("the address", () => {
  it("survives a round trip", () => {
    const search = {
      period: "custom",
      from: "2026-02-01",
      to: "2026-02-10",
      compare: "year",
      region: "Wales",
      cafe: "12,40",
      sort: "-sales",
    };
    const text = writeSearch(search);
    expect(text).toBe("?period=custom&from=2026-02-01&to=2026-02-10&compare=year&region=Wales&cafe=12,40&sort=-sales");
    expect(readSearch(parseSearch(text))).toEqual(search);
  });

  it("forgets what makes no sense", () => {
    expect(
      readSearch({ period: "fortnight", compare: "none", cafe: "12;drop", region: "x".repeat(41), sort: "a b" }),
    ).toEqual({});
    expect(readSearch({ period: "custom", from: "2026-13-45" })).toEqual({});
    expect(readSearch({ period: "custom", from: "2026-02-30" })).toEqual({});
    expect(readSearch({ period: "7d", from: "2026-02-01" })).toEqual({ period: "7d" });
  });

  it("understands dates without a period", () => {
    expect(readSearch({ from: "2026-02-01" })).toEqual({ period: "custom", from: "2026-02-01" });
  });

  it("is empty for nothing chosen", () => {
    expect(writeSearch({ period: undefined })).toBe("");
  });
});
