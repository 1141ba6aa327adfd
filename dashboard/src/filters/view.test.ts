import { describe, expect, it } from "vitest";
import type { CafeAnswer, SessionAnswer } from "../../../src/api/contract/index.ts";
import { viewOf } from "./view.ts";

const cafe = (cafeId: number, region: string, dates: Partial<CafeAnswer> = {}): CafeAnswer => ({
  ...{ cafeId, name: `Café ${cafeId}`, region, country: null, latitude: null, longitude: null, placed: true },
  ...{ openedOn: null, closedOn: null, ...dates },
});
const days = { from: "2026-03-03", to: "2026-03-03", days: 1 };
const session: SessionAnswer = {
  ...{ person: { name: "Sam", role: "owner" }, scope: { everyCafe: true, cafes: 4 }, sample: false },
  ...{
    dataVersion: "1",
    dataAsOf: null,
    lastRun: null,
    running: false,
    nextRunAt: null,
    schedule: null,
    expiresAt: "",
  },
  dates: {
    ...{ first: "2025-02-03", last: "2026-03-03" },
    named: { yesterday: days, "7d": days, "28d": days, "this-month": days, "last-month": days },
  },
  cafes: [
    cafe(1, "Wales"),
    cafe(2, "Wales", { closedOn: "2026-03-03" }),
    cafe(3, "Scotland", { openedOn: "2026-03-03" }),
    cafe(4, "Scotland", { openedOn: "2026-03-04" }),
  ],
  regions: [
    { region: "Scotland", cafes: 2 },
    { region: "Wales", cafes: 2 },
  ],
};
const page = { defaults: { period: "yesterday", compare: "week" }, byRegion: true, byCafe: true } as const;

describe("the address, read in the light of what there is", () => {
  it("asks about the chosen place", () => {
    expect(viewOf(session, { region: "Wales", cafe: "1,2" }, page)?.question).toMatchObject({
      region: "Wales",
      cafe: "1,2",
    });
    expect(viewOf(session, { region: "Atlantis", cafe: "9" }, page)?.question).toEqual({
      ...period(),
      compare: "week",
    });
  });

  it("believes the cafés where a region does not match them", () => {
    const view = viewOf(session, { region: "Wales", cafe: "1,3" }, page);
    expect(view?.region).toBeUndefined();
    expect(view?.question).toEqual({ ...period(), compare: "week", cafe: "1,3" });
  });

  it("looks past a place that the page cannot choose", () => {
    const regions = viewOf(session, { region: "Wales", cafe: "1" }, { ...page, byCafe: false });
    expect(regions?.question).toEqual({ ...period(), compare: "week", region: "Wales" });
    expect(regions?.inScope).toHaveLength(2);
    const one = viewOf(session, { region: "Wales", cafe: "1" }, { ...page, byRegion: false, byCafe: false, cafeId: 3 });
    expect(one?.question).toEqual({ ...period(), compare: "week", cafe: "3" });
  });

  it("expects nothing of a café before it opens or from the day it closes for good", () => {
    expect(viewOf(session, {}, page)?.openCafes.map(({ cafeId }) => cafeId)).toEqual([1, 3]);
    const before = viewOf(session, { period: "custom", from: "2026-03-02", to: "2026-03-03" }, page);
    expect(before?.openCafes.map(({ cafeId }) => cafeId)).toEqual([1, 2, 3]);
  });
});

const period = () => ({ from: "2026-03-03", to: "2026-03-03" });
