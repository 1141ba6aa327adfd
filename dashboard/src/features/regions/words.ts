import type { LeagueAnswer } from "../../../../src/api/contract/index.ts";
import { dayRange, shortDay } from "../../format/date.ts";
import { count, directionOf, type MoneyPrecision, money, percentChange, share } from "../../format/number.ts";
import { changePhrase, regionInText } from "../../format/phrases.ts";
import { capital, inWords, listOf, plural } from "../../format/words.ts";
import { noneCompared } from "../brief/compared.ts";

type Region = LeagueAnswer["regions"][number];
type Cafe = LeagueAnswer["cafes"][number];
type LeftOut = LeagueAnswer["leftOut"][number];
type Compared = Pick<Region, "cafesCompared" | "cafesPartlyCompared">;

/** So many cafés are named as those who made a region's change. */
const NAMED = 3;

/** What stands for figures of days on which nobody was to open, then or now. */
export const NOBODY_OPEN = "No café was open on these days, then or now";

/** Who grows and who does not: Scotland leads and eight of twelve regions grew; London fell most. */
export function regionsHeadline(regions: readonly Region[]): string {
  const compared = regions.filter(({ change }) => change?.ratio !== null && change?.ratio !== undefined);
  if (compared.length === 0) {
    return regions.every(({ cafes }) => cafes === 0) ? NOBODY_OPEN : "There is nothing to compare these sales with";
  }
  const best = compared[0];
  const worst = compared.at(-1);
  if (compared.length === 1 && best) {
    return `${capital(regionInText(best.region))} is ${directionWords(best.change?.ratio ?? 0)}`;
  }
  const grew = compared.filter(({ change }) => directionOf(change?.ratio ?? 0) === "up").length;
  if (!best || !worst) return "";
  const leader = capital(regionInText(best.region));
  const last = regionInText(worst.region);
  if (grew === compared.length)
    return `All ${count(grew)} regions grew, ${regionInText(best.region)} most, ${last} least`;
  if (grew === 0) return `No region grew; ${last} fell most`;
  return `${capital(inWords(grew))} of ${inWords(compared.length)} regions grew; ${leader.startsWith("The ") ? regionInText(best.region) : leader} leads, ${last} trails`;
}

function directionWords(ratio: number): string {
  const to = directionOf(ratio);
  return to === "level" ? "level" : to === "up" ? "growing" : "falling";
}

/** The figures that prove it: Like for like, 98 of 104 cafés took £1,379,854, up 0.7 % on last year. */
export function regionsDeck(
  { total, sums }: LeagueAnswer,
  comparedWith: string,
  comparedDays: string,
  precision: MoneyPrecision,
): string {
  if (total.change?.ratio === null || total.change?.ratio === undefined) {
    return noneCompared(comparedDays);
  }
  return `Like for like, ${count(total.cafesCompared)} of ${cafesText(total.cafes)}${partlyText(total)} took ${money(total.comparedPence, precision)}, ${changePhrase(
    total.change.ratio,
    comparedWith,
  )} (${comparedDays}).${
    sums.leftOutPence === 0 ? "" : ` ${money(sums.leftOutPence, precision)} has no counterpart and is left out.`
  }`;
}

/** Cafés that are in a sum with some of their days only: without them being told, they would pass for whole ones. */
function partlyText({ cafesCompared, cafesPartlyCompared }: Compared): string {
  if (cafesPartlyCompared === 0) return "";
  return ` (${cafesPartlyCompared === cafesCompared ? "" : `${count(cafesPartlyCompared)} `}on some days only)`;
}

/** A region's figures, its place and the chain's change: £7,688.60 from 2,001 receipts in 2 cafés, 12th of 12 regions by growth. */
export function regionDeck(
  region: Region,
  cafes: readonly Cafe[],
  { total, regions }: LeagueAnswer,
  comparedWith: string,
  comparedDays: string,
  precision: MoneyPrecision,
): string {
  // A café that had closed by then is one of the league, and none of those that sold this.
  const sold = cafes.filter(({ receipts }) => receipts > 0).length;
  const place = region.rank ? `, ${ordinal(region.rank)} of ${count(regions.length)} regions by growth` : "";
  const ratio = total.change?.ratio;
  const chain =
    ratio === null || ratio === undefined
      ? ""
      : ` The chain is ${changePhrase(ratio, comparedWith)} (${comparedDays}).`;
  return `${money(region.totalPence, precision)} from ${count(region.receipts)} ${plural(region.receipts, "receipt")} in ${cafesText(sold)}${place}.${chain}`;
}

const cafesText = (cafes: number) => `${count(cafes)} ${plural(cafes, "café")}`;

/** The title of the map: how many regions fell, and which most. */
export function mapTitle(regions: readonly Region[]): string {
  if (regions.every(({ change }) => !change)) return "No region can be compared";
  const fell = regions.filter(({ change }) => directionOf(change?.ratio ?? 0) === "down");
  const worst = fell.at(-1);
  if (!worst) return "No region fell";
  if (fell.length === 1) return `Only ${regionInText(worst.region)} fell`;
  const many = fell.length === regions.length ? "Every region" : `${capital(inWords(fell.length))} regions`;
  return `${many} fell, ${regionInText(worst.region)} most`;
}

/** A place in an order: 1st, 2nd, 12th. */
export function ordinal(place: number): string {
  const teen = place % 100 >= 11 && place % 100 <= 13;
  return `${place}${teen ? "th" : (["th", "st", "nd", "rd"][place % 10] ?? "th")}`;
}

/** One region's headline: Yorkshire and The Humber up 6.4 % on last year: three cafés made 53 % of it. */
export function regionHeadline(region: Region, cafes: readonly Cafe[], comparedWith: string): string {
  const ratio = region.change?.ratio;
  const name = capital(regionInText(region.region));
  if (ratio === null || ratio === undefined) return `${name}: nothing to compare these sales with`;
  const start = `${name} is ${changePhrase(ratio, comparedWith)}`;
  const whole = region.change?.difference ?? 0;
  const same = cafes
    .filter(({ change }) => change && Math.sign(change.difference) === Math.sign(whole))
    .toSorted((a, b) => Math.abs(b.change?.difference ?? 0) - Math.abs(a.change?.difference ?? 0))
    .slice(0, NAMED);
  const made = same.reduce((sum, { change }) => sum + (change?.difference ?? 0), 0);
  if (same.length === 0 || directionOf(ratio) === "level") return start;
  // By pounds, as they are what the region's change is made of; the fastest by per cent may be another, so the pounds are told.
  const [first] = same;
  if (first?.change && (cafes.length <= NAMED || made / whole > 1)) {
    const pounds = money(Math.abs(first.change.difference), "pounds");
    return `${start}; ${first.name} ${whole > 0 ? "gained" : "lost"} most, ${pounds}`;
  }
  return `${start}; ${inWords(same.length)} ${plural(same.length, "café")} made ${share(made / whole)} of it`;
}

/** Why something is left out: opened Mon 2 Jun 2025; Tue 3 Mar has not arrived. */
export function whyLeftOut(one: LeftOut, today: string): string {
  const since = one.since ? shortDay(one.since, today) : "";
  const days = daysText(one.dates, today);
  const before = daysText(one.comparisonDates, today);
  const because = one.detail ? ` (${one.detail})` : "";
  return {
    opened: `opened ${since}`,
    closed_for_good: `closed for good ${since}`,
    closure: `closed as planned${because}, ${days}`,
    closure_before: `was closed${because}, ${before}`,
    not_delivered: `${days} ${one.dates.length === 1 ? "has" : "have"} not arrived`,
    not_delivered_before: `${before} never arrived`,
    bank_holiday: `${one.detail ?? "bank holiday"} on one side only, ${days}`,
  }[one.reason];
}

/** Days in words: one, two, or the first and last of more. */
function daysText(days: readonly string[], today: string): string {
  const [first] = days;
  const last = days.at(-1);
  if (!first || !last) return "";
  if (days.length <= 2) return listOf(days.map((day) => shortDay(day, today)));
  return `${days.length} days, ${dayRange(first, last, today)}`;
}

/** The title of the league: Sheffield is the fastest grower, Truro the fastest faller. */
export function leagueTitle(cafes: readonly Cafe[]): string {
  const compared = cafes.filter(({ change }) => change?.ratio !== null && change?.ratio !== undefined);
  const [best] = compared;
  const worst = compared.at(-1);
  if (!best || !worst) return "No café can be compared";
  const rose = (best.change?.ratio ?? 0) > 0;
  const fell = (worst.change?.ratio ?? 0) < 0;
  if (compared.length === 1) return `${best.name} ${percentChange(best.change?.ratio ?? 0)}`;
  if (rose && fell) return `${best.name} is the fastest grower, ${worst.name} the fastest faller`;
  return rose
    ? `${best.name} is the fastest grower; every café grew`
    : `${worst.name} is the fastest faller; no café grew`;
}
