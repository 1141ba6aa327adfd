import { describe, expect, it } from "vitest";
import { allDelivered, missingTitle, type SmallDay, smallWords } from "./missing.ts";

const small = (name: string, date: string, receipts: number, usualReceipts: number): SmallDay => ({
  ...{ cafeId: 1, region: "Yorkshire and The Humber" },
  ...{ name, date, receipts, usualReceipts },
});
const york = small("York", "2026-03-03", 12, 140);
const hull = small("Hull", "2026-03-02", 0, 60);

describe("who is missing, as a title", () => {
  it("names who has not delivered before who sent little, and each once", () => {
    expect(missingTitle([{ name: "Leeds" }], [york], 20)).toBe("Leeds has not delivered everything");
    expect(missingTitle([{ name: "Leeds" }, { name: "Bath" }], [], 20)).toBe(
      "Leeds and Bath have not delivered everything",
    );
    expect(missingTitle([], [york, york, hull], 20)).toBe("York and Hull sent far less than usual");
  });

  it("says so when nothing is", () => {
    expect(missingTitle([], [], 20)).toBe("Nothing is missing from these cafés");
    expect(missingTitle([], [], 1)).toBe("Nothing is missing");
    expect(missingTitle([], [], 0)).toBe("No delivery was expected");
  });

  it("counts those that were open among all that delivered", () => {
    expect(allDelivered(102)).toBe("All 102 cafés that were open have delivered every day that was expected.");
    expect(allDelivered(1)).toBe("The one café that was open has delivered every day that was expected.");
    expect(allDelivered(0)).toBe("No café was open on these days.");
  });
});

describe("deliveries far below their usual size, in words", () => {
  it("says what was sent and what is usual", () => {
    expect(smallWords([york], 1, "2026-03-04")).toBe(
      "York sent 12 receipts, usually 140. Look whether the file was cut off.",
    );
    expect(smallWords([small("York", "2026-03-03", 1, 1400)], 1, "2026-03-04")).toMatch(
      /^York sent 1 receipt, usually 1,400\./,
    );
  });

  it("says which day where there are several", () => {
    expect(smallWords([york, hull], 7, "2026-03-04")).toBe(
      "York sent 12 receipts on Tue 3 Mar, usually 140. Hull sent no receipts on Mon 2 Mar, usually 60. " +
        "Look whether the files were cut off.",
    );
  });

  it("counts what it does not name", () => {
    expect(smallWords([york, hull, york, hull], 1, "2026-03-04")).toMatch(/ One more delivery was as small\. Look/);
    expect(smallWords([york, hull, york, hull, york], 1, "2026-03-04")).toMatch(
      / Two more deliveries were as small\. Look/,
    );
  });
});
