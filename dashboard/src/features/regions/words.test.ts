import { describe, expect, it } from "vitest";
import type { LeagueAnswer } from "../../../../src/api/contract/index.ts";
import {
  leagueTitle,
  mapTitle,
  NOBODY_OPEN,
  ordinal,
  regionDeck,
  regionHeadline,
  regionsDeck,
  regionsHeadline,
  whyLeftOut,
} from "./words.ts";

const change = (ratio: number, difference = ratio * 1000) => ({ now: 0, before: 0, difference, ratio });
const region = (name: string, ratio: number) =>
  ({ region: name, change: change(ratio) }) as LeagueAnswer["regions"][number];
const cafe = (name: string, ratio: number, difference?: number) =>
  ({ name, change: change(ratio, difference) }) as LeagueAnswer["cafes"][number];
const left = (part: Partial<LeagueAnswer["leftOut"][number]>) =>
  ({ dates: [], comparisonDates: [], detail: null, since: null, ...part }) as LeagueAnswer["leftOut"][number];

describe("the regions' headline", () => {
  it("says how many grew, who leads and who trails", () => {
    expect(
      regionsHeadline([region("Yorkshire and The Humber", 0.064), region("Wales", 0.016), region("South West", -0.02)]),
    ).toBe("Two of three regions grew; Yorkshire and The Humber leads, the South West trails");
    expect(regionsHeadline([region("North East", 0.05), region("London", 0.01)])).toBe(
      "All 2 regions grew, the North East most, London least",
    );
    expect(regionsHeadline([region("Wales", -0.01), region("London", -0.02)])).toBe("No region grew; London fell most");
  });

  it("says how much of a region's change few cafés made", () => {
    const cafes = [cafe("A", 0.1, 30), cafe("B", 0.1, 20), cafe("C", 0.1, 3), cafe("D", 0.1, 11), cafe("E", 0.1, 36)];
    expect(regionHeadline({ ...region("Wales", 0.064), change: change(0.064, 100) }, cafes, "last year")).toBe(
      "Wales is up 6.4\u00a0% on last year; three cafés made 86\u00a0% of it",
    );
  });

  it("names who lost most by pounds, and so tells the pounds: another may have fallen faster", () => {
    const cafes = [cafe("Leeds Headrow", -0.2, -15_000), cafe("Hull", 0.1, 9000), cafe("Harrogate", -0.1, -31_240)];
    const wales = { ...region("Wales", -0.039), change: change(-0.039, -37_240) };
    expect(regionHeadline(wales, cafes, "last year")).toBe(
      "Wales is down 3.9\u00a0% on last year; Harrogate lost most, £312",
    );
  });

  it("says that nobody was open, where nobody was, and else that nothing can be compared", () => {
    const silent = (cafes: number) => ({ change: null, cafes }) as LeagueAnswer["regions"][number];
    expect(regionsHeadline([silent(0), silent(0)])).toBe(NOBODY_OPEN);
    expect(regionsHeadline([silent(0), silent(2)])).toBe("There is nothing to compare these sales with");
  });
});

describe("the figures under the headline", () => {
  const total = { comparedPence: 28_946_100, change: change(0.004), cafes: 104 };
  const deck = (counts: { cafesCompared: number; cafesPartlyCompared: number }) =>
    regionsDeck(
      { total: { ...total, ...counts }, sums: { leftOutPence: 0 } } as LeagueAnswer,
      "last year",
      "Thu 2 Oct – Sat 1 Nov 2025",
      "pounds",
    );

  it("count every café whose sales are in the sum, and tell of those that are in it in part", () => {
    expect(deck({ cafesCompared: 101, cafesPartlyCompared: 0 })).toContain("101 of 104 cafés took £289,461,");
    expect(deck({ cafesCompared: 101, cafesPartlyCompared: 1 })).toContain(
      "101 of 104 cafés (1 on some days only) took",
    );
    expect(deck({ cafesCompared: 100, cafesPartlyCompared: 100 })).toContain(
      "100 of 104 cafés (on some days only) took",
    );
  });

  it("count only cafés that sold, and one café is one", () => {
    const sold = (receipts: number) => ({ ...cafe("A", 0.1), receipts });
    const wales = { ...region("Wales", 0.1), totalPence: 44_765, receipts: 97, rank: 2 };
    const answer = { total: { change: change(0.02) }, regions: [wales, wales] } as LeagueAnswer;
    expect(regionDeck(wales, [sold(97), sold(0)], answer, "last year", "then", "pence")).toBe(
      "£447.65 from 97 receipts in 1 café, 2nd of 2 regions by growth. The chain is up 2.0\u00a0% on last year (then).",
    );
  });
});

describe("the map's title", () => {
  it("finds nothing where nothing is compared", () => {
    expect(mapTitle([{ ...region("Wales", 0), change: null }])).toBe("No region can be compared");
  });

  it("names what fell furthest", () => {
    expect(mapTitle([region("Wales", 0.01), region("London", -0.01), region("South West", -0.02)])).toBe(
      "Two regions fell, the South West most",
    );
    expect(mapTitle([region("Wales", 0.01), region("London", -0.01)])).toBe("Only London fell");
    expect(mapTitle([region("Wales", 0.01)])).toBe("No region fell");
  });

  it("counts places", () => {
    expect([1, 2, 3, 4, 11, 12, 21].map(ordinal)).toEqual(["1st", "2nd", "3rd", "4th", "11th", "12th", "21st"]);
  });
});

describe("the league's title", () => {
  it("names both ends", () => {
    expect(leagueTitle([cafe("Sheffield", 0.12), cafe("Truro", -0.14)])).toBe(
      "Sheffield is the fastest grower, Truro the fastest faller",
    );
    expect(leagueTitle([])).toBe("No café can be compared");
  });
});

describe("why something is left out", () => {
  it("gives each reason with its days", () => {
    const today = "2026-03-04";
    expect(whyLeftOut(left({ reason: "opened", since: "2025-06-02" }), today)).toBe("opened Mon 2 Jun 2025");
    expect(whyLeftOut(left({ reason: "not_delivered", dates: ["2026-03-03"] }), today)).toBe(
      "Tue 3 Mar has not arrived",
    );
    expect(
      whyLeftOut(
        left({
          reason: "closure_before",
          detail: "refit",
          comparisonDates: ["2025-02-26", "2025-02-27", "2025-03-04"],
        }),
        today,
      ),
    ).toBe("was closed (refit), 3 days, Wed 26 Feb – Tue 4 Mar 2025");
    expect(whyLeftOut(left({ reason: "bank_holiday", detail: "Good Friday", dates: ["2026-04-03"] }), today)).toBe(
      "Good Friday on one side only, Fri 3 Apr",
    );
  });
});
