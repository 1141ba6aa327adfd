import { describe, expect, it } from "vitest";
import { cellText, csvOf } from "./table.ts";

describe("csvOf", () => {
  it("writes plain figures under heads that name their unit", () => {
    const text = csvOf({
      columns: [
        { name: "Café", unit: "text" },
        { name: "Sales", unit: "money" },
        { name: "Change", unit: "change" },
        { name: "Receipts", unit: "count" },
      ],
      rows: [
        ["Leeds", 522445, -0.0412, 680],
        ['Bury, "The Rock"', null, null, 0],
      ],
    });
    expect(text).toBe('Café,Sales (£),Change (%),Receipts\r\nLeeds,5224.45,-4.12,680\r\n"Bury, ""The Rock""",,,0\r\n');
  });

  it("makes a formula harmless", () => {
    expect(csvOf({ columns: [{ name: "Café", unit: "text" }], rows: [["=1+1"], ["@x"], ["-2"]] })).toBe(
      "Café\r\n'=1+1\r\n'@x\r\n'-2\r\n",
    );
  });
});

describe("cellText", () => {
  it("shows each unit in its own way, and a dash for the unknown", () => {
    expect(cellText(522445, "money")).toBe("£5,224.45");
    expect(cellText(0.61, "share")).toBe("61\u00a0%");
    expect(cellText("2026-03-03", "day")).toBe("Tue 3 Mar 2026");
    expect(cellText(null, "count")).toBe("–");
  });
});
