import { describe, expect, it } from "vitest";
import type { SalesTrendAnswer } from "../../../../src/api/contract/index.ts";
import { csvOf } from "../../parts/table.ts";
import {
  arrivedOn,
  drawnPence,
  nothingDrawn,
  trendFoot,
  trendReadout,
  trendSubtitle,
  trendTable,
  trendTitle,
} from "./trend.ts";

const today = "2026-11-27";
/** A day on which all cafés took more than a year before, and those compared less. */
const thursday: SalesTrendAnswer["points"][number] = {
  ...{ from: "2026-11-26", to: "2026-11-26", comparisonFrom: "2025-11-27", comparisonTo: "2025-11-27" },
  ...{ totalPence: 5324790, receipts: 12592, comparisonPence: 5145730 },
  ...{ nowComparedPence: 4882630, beforeComparedPence: 4953000, index: 0.9858, chainIndex: null },
  ...{ cafeDaysIn: 102, cafeDaysExpected: 102 },
};
/** A day that no café can be compared on. */
const alone = { ...thursday, to: "2026-11-25", nowComparedPence: null, beforeComparedPence: null };
const missing = { ...alone, totalPence: null, cafeDaysIn: 0 };
const closed = { ...missing, cafeDaysExpected: 0 };
const trust: SalesTrendAnswer["trust"] = {
  ...{ cafesIn: 102, cafesExpected: 102, cafeDaysIn: 102, cafeDaysExpected: 102, missing: [], receipts: 12592 },
  ...{ reconciledReceipts: 12592, reconciledShare: 1, restated: [], quarantinedRows: 0, quarantinedPence: 0 },
};
const answer: SalesTrendAnswer = {
  period: { from: "2026-11-26", to: "2026-11-26", days: 1 },
  ...{ comparison: null, trust, grain: "day", points: [alone, thursday], totalPence: 10649580 },
  total: { now: 4882630, before: 4953000, difference: -70370, ratio: -0.0142 },
};

describe("a day of the trend", () => {
  it("draws the cafés that the other line shows too, and all of them where there is no other line", () => {
    expect(drawnPence(thursday)).toBe(4882630);
    expect(drawnPence(alone)).toBe(5324790);
    expect(drawnPence(missing)).toBeNull();
  });

  it("says two figures and the change that follows from them, and all sales last", () => {
    expect(trendReadout(thursday, 104, today).spoken).toBe(
      "Thu 26 Nov: Sales, same cafés £48,826.30, Thu 27 Nov 2025, same cafés £49,530.00, Like for like −1.4\u00a0%, Sales, all cafés £53,247.90",
    );
  });

  it("says less of a single café, and of a day without a counterpart", () => {
    const own = { ...thursday, totalPence: 4882630, cafeDaysIn: 1, cafeDaysExpected: 1 };
    expect(trendReadout(own, 1, today).spoken).toBe(
      "Thu 26 Nov: Sales £48,826.30, Thu 27 Nov 2025 £49,530.00, Like for like −1.4\u00a0%",
    );
    expect(trendReadout(alone, 104, today).spoken).toBe("Wed 25 Nov: Sales £53,247.90");
  });

  it("tells a day without deliveries from a day on which nobody was open", () => {
    expect(trendReadout(missing, 104, today).spoken).toBe("Wed 25 Nov: Sales not delivered, Cafés in 0 of 102");
    expect(trendReadout(closed, 104, today).spoken).toBe("Wed 25 Nov: Sales not open");
    expect(nothingDrawn({ ...answer, points: [missing] }, today)).toBe("No café delivered on these days.");
    expect(nothingDrawn({ ...answer, points: [closed] }, today)).toBe("No café was open on these days.");
    expect(nothingDrawn(answer, today)).toBeUndefined();
  });
});

describe("a chain or a café of one day", () => {
  const first = { ...answer, points: [closed, alone], totalPence: 5324790, total: null };

  it("is told in words, as no line goes through one point", () => {
    expect(nothingDrawn(first, today)).toBe("So far one day, Wed 25 Nov: £53,247.90. A line begins with two.");
  });

  it("is one day, not 1 days", () => {
    const day = { ...first, points: [alone] };
    expect([trendTitle(day), trendFoot(day)]).toEqual(["Sales over 1 day", "1 day: £53,248 in all"]);
  });
});

describe("the words around the trend", () => {
  it("says what the lines hold", () => {
    const both = [{ name: "Leeds" }, { name: "York" }];
    const leeds = both.slice(0, 1);
    expect(trendSubtitle([thursday], both)).toBe(
      "Sales a day, 102 cafés; grey: the same weekdays of 2025. Both hold only cafés that were in on both days",
    );
    expect(trendSubtitle([alone, thursday], leeds)).toBe(
      "Sales a day, Leeds; grey: the same weekdays of 2025. A day without a counterpart is drawn in full",
    );
    expect(trendSubtitle([alone], leeds)).toBe("Sales a day, Leeds");
  });

  it("says which part of the sales rose or fell when it is not most of them", () => {
    expect(trendTitle(answer)).toBe(
      "Over 2 days, the 46\u00a0% of sales that can be compared are down 1.4\u00a0% on last year",
    );
    expect(trendTitle({ ...answer, totalPence: 5324790 })).toBe("Over 2 days, sales are down 1.4\u00a0% on last year");
  });

  it("speaks of what arrived on the days drawn, not in the period alone", () => {
    expect(arrivedOn(answer)).toEqual({ cafeDaysIn: 204, cafeDaysExpected: 204 });
    expect(arrivedOn({ ...answer, points: [thursday] })).toBe(trust);
  });

  it("writes a table whose percentage follows from its two figures", () => {
    expect(csvOf(trendTable(answer)).split("\r\n")[2]).toBe(
      "2026-11-26,48826.30,2025-11-27,49530.00,-1.42,53247.90,12592,102",
    );
  });
});
