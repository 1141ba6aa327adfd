import { describe, expect, it } from "vitest";
import type { SalesAnswer } from "../../../../src/api/contract/index.ts";
import { comparisonWords } from "../../filters/comparing.ts";
import { caption } from "./caption.ts";

const today = "2026-11-27";
const viewOf = (from: string, to: string, days: number) => {
  const period = { preset: "custom" as const, from, to, days };
  return { period, today, week: comparisonWords("week", period, today), year: comparisonWords("year", period, today) };
};
const month = viewOf("2026-10-30", "2026-11-26", 28);
const day = viewOf("2026-11-26", "2026-11-26", 1);

type Measures = SalesAnswer["measures"];
const change = (now: number) => ({
  now,
  before: 100,
  difference: now - 100,
  ratio: 0,
  regionRatio: null,
  chainRatio: null,
});
const point = (value: number | null) => ({ from: "2026-11-19", to: "2026-11-19", value, complete: true });
const answer = (sales: Partial<Measures["sales"]>, region: "no_other_cafes" | null, chain: "no_other_cafes" | null) => {
  const one = {
    value: 100,
    week: change(100),
    year: change(100),
    spark: [point(null), point(90), point(100)],
    ...sales,
  };
  const benchmark = { cafesComparedWeek: 3, cafesComparedYear: 3 };
  return {
    measures: { sales: one } as Measures,
    benchmarks: {
      region: { ...benchmark, names: ["Wales"], note: region },
      chain: { ...benchmark, names: [], note: chain },
    },
  };
};

describe("what the five figures are compared with", () => {
  it("names the others' comparison as their row does", () => {
    expect(caption(answer({}, null, null), month)).toMatch(
      / Region: the other cafés of Wales\. Chain: all other cafés; both against “4 weeks before”\.$/,
    );
    expect(caption(answer({}, "no_other_cafes", null), day)).toMatch(/ Chain: all other cafés; against “last Thu”\.$/);
    expect(caption(answer({}, "no_other_cafes", "no_other_cafes"), day)).toMatch(/like for like\.$/);
  });

  it("counts the bars there are, and does not speak of a single one", () => {
    expect(caption(answer({}, null, null), day)).toMatch(
      /^Bars: two Thursdays from Thu 19 Nov, above or below their average\. “last Thu” is Thu 19 Nov,/,
    );
    expect(caption(answer({}, null, null), month)).toMatch(/^Bars: two such periods from/);
    expect(caption(answer({ spark: [point(null), point(100)] }, null, null), day)).toMatch(/^“last Thu” is/);
  });

  it("says which part of the sales a comparison holds when that is not most of them", () => {
    expect(caption(answer({ year: change(19) }, "no_other_cafes", "no_other_cafes"), month)).toMatch(
      /like for like\. “last year” compares 19\u00a0% of these sales\.$/,
    );
  });
});
