import type { z } from "zod";
import { addDays } from "#core/day.ts";
import { Scope } from "#core/scope.ts";
import type { Period } from "../answer.ts";
import { type ComparedTotals, changeOf, type OutcomeRow, totalsOf } from "../comparison/comparison.ts";
import { areEnough } from "../comparison/others.ts";
import type { Cafe } from "../directory.ts";
import { ParameterError } from "../errors.ts";
import type { Metric } from "../metric.ts";
import { clamped, periodOf } from "../period.ts";
import type { Question } from "../question.ts";
import { statementOf } from "../statement.ts";
import { type Distance, distanceOf, type Profile } from "./distance.ts";
import { type SimilarCafesAnswer, similarCafesAnswer, type similarCafesParams } from "./schema.ts";

const profilesStatement = statementOf(new URL("./profiles.sql", import.meta.url));
const basisDays = 91;
const fewestDays = 7;
const peerCount = 5;

const criteria: SimilarCafesAnswer["criteria"] = [
  { criterion: "volume", weight: 1 / 3, meaning: "Receipts a delivered day: 1 - the smaller / the larger." },
  { criterion: "mix", weight: 1 / 3, meaning: "Shares of items by category: half the sum of their differences." },
  {
    criterion: "daypart",
    weight: 1 / 3,
    meaning: "Shares of receipts by part of the day: half the sum of their differences.",
  },
];

interface ProfileRow {
  cafeId: number;
  kind: "all" | "daypart" | "category";
  part: string;
  amount: number;
}

type Neighbour = Distance & { cafeId: number; like: Profile };

/** Which cafés are like this one? */
export const similarCafes: Metric<z.output<typeof similarCafesParams>, SimilarCafesAnswer> = {
  name: "similar-cafes",
  question: "Which cafés are most like this one, and how do they do?",
  formula:
    "Distance = the mean of three between 0 and 1: volume, 1 - the smaller / the larger of the two cafés' receipts a delivered day; " +
    "mix and daypart, half the sum of the differences in shares of items by category and of receipts by part of the day. Over the 13 " +
    "weeks up to the period's last day.",
  grain: "A café.",
  units: "Distance from 0 to 1; receipts a day; pence; ratio.",
  suppression:
    "Only cafés in scope are listed. The five nearest of the chain appear as ratios over at least three cafés; of those that the " +
    "caller may not see, at least three or none.",
  answer: similarCafesAnswer,
  table: "similar",
  async run(asked, { limit }) {
    const [cafe, ...further] = asked.cafes;
    if (cafe === undefined || further.length > 0) {
      throw new ParameterError("cafe", "Cafés can be like one café only.", "Name one, such as `cafe=12`.");
    }
    const kind = asked.compare === "none" ? "year" : asked.compare;
    const question = asked.comparing(kind).amongOthers();
    const everyone = new Scope([cafe.cafeId, ...question.others.chain.locationIds]);
    const basis = basisOf(question);
    const [head, rows, own, others] = await Promise.all([
      question.head(),
      question.query<ProfileRow>(profilesStatement, { scope: everyone, period: basis, comparison: null }),
      question.outcomes(kind),
      question.otherOutcomes(kind),
    ]);
    const outcomes = [...own, ...others];
    const profiles = profilesOf(rows);
    const profile = profiles.get(cafe.cafeId);
    const shared = { ...head, basis, criteria, fewestDays };
    if (profile === undefined) return { ...shared, cafe: null, similar: [], peers: null };
    const neighbours = neighboursOf(cafe.cafeId, profile, profiles);
    const figuresOf = (id: number, { days, receipts }: Profile) => {
      const compared = totalsOf(outcomes.filter((row) => row.cafeId === id));
      return { receiptsADay: receipts / days, averageSpendPence: averageSpend(compared), sales: salesChange(compared) };
    };
    const seen = neighbours.flatMap((neighbour) => {
      const other = question.visibleCafes.find(({ cafeId }) => cafeId === neighbour.cafeId);
      return other ? [{ ...neighbour, other }] : [];
    });
    return {
      ...shared,
      cafe: { ...refOf(cafe), ...figuresOf(cafe.cafeId, profile) },
      similar: seen.slice(0, limit).map(({ other, like, volume, mix, daypart, distance }, index) => ({
        ...refOf(other),
        rank: index + 1,
        distance,
        volumeDistance: volume,
        mixDistance: mix,
        daypartDistance: daypart,
        ...figuresOf(other.cafeId, like),
      })),
      peers: peersOf(question, neighbours.slice(0, peerCount), outcomes),
    };
  },
};

/** The 13 weeks up to the period's last day, or what there is of them. */
function basisOf({ period, dates }: Question): Period {
  return periodOf(clamped(addDays(period.to, 1 - basisDays), dates), period.to);
}

/** What each café is like; those with too few days to say are not here. */
function profilesOf(rows: readonly ProfileRow[]): Map<number, Profile> {
  const profiles = new Map<number, Profile>();
  for (const [cafeId, own] of Map.groupBy(rows, (row) => row.cafeId)) {
    const amounts = (kind: ProfileRow["kind"]) =>
      new Map(own.filter((row) => row.kind === kind).map(({ part, amount }) => [part, amount]));
    const all = amounts("all");
    const days = all.get("days") ?? 0;
    if (days < fewestDays) continue;
    const receipts = all.get("receipts") ?? 0;
    profiles.set(cafeId, { days, receipts, mix: amounts("category"), dayparts: amounts("daypart") });
  }
  return profiles;
}

/** All other cafés, the most alike first; where two are as alike, by id. */
function neighboursOf(cafeId: number, profile: Profile, profiles: ReadonlyMap<number, Profile>): Neighbour[] {
  return [...profiles]
    .filter(([id]) => id !== cafeId)
    .map(([id, like]) => ({ cafeId: id, like, ...distanceOf(profile, like) }))
    .sort((one, other) => one.distance - other.distance || one.cafeId - other.cafeId);
}

/** How the nearest of the chain do, without saying which they are. */
function peersOf(
  { caller }: Question,
  nearest: readonly Neighbour[],
  outcomes: readonly OutcomeRow[],
): SimilarCafesAnswer["peers"] {
  const near = new Set(nearest.map(({ cafeId }) => cafeId));
  const compared = totalsOf(outcomes.filter((row) => near.has(row.cafeId)));
  const strangers = outcomes.filter(
    ({ cafeId, outcome }) => outcome === "compared" && near.has(cafeId) && !caller.has(cafeId),
  );
  if (!areEnough({ cafes: compared.cafesCompared, strangers: strangers.length })) return null;
  return {
    cafes: compared.cafesCompared,
    farthest: nearest.at(-1)?.distance ?? 0,
    salesRatio: salesChange(compared)?.ratio ?? null,
    averageSpendPence: averageSpend(compared),
  };
}

function averageSpend({ nowPence, nowReceipts }: ComparedTotals): number | null {
  return nowReceipts === 0 ? null : nowPence / nowReceipts;
}

function salesChange({ cafeDaysCompared, nowPence, beforePence }: ComparedTotals) {
  return cafeDaysCompared === 0 ? null : changeOf(nowPence, beforePence);
}

function refOf({ cafeId, name, region }: Cafe) {
  return { cafeId, name, region };
}
