import { gazetteer } from "../places/gazetteer.ts";
import { placeCafe } from "../places/place-cafe.ts";
import { type Nation, nationOf, type Region, regions } from "../places/regions.ts";
import { type Day, partsOf, weekdayOf } from "./days.ts";
import { mix, normal, share } from "./random.ts";
import { BLOCK, cafeEvents, comersAndGoers } from "./schedule.ts";
import { type Character, quarters, regionPopulations, townsOf } from "./towns.ts";

/** The three shapes of file a till can write. */
export type Shape = "A" | "B" | "C";

export interface Cafe {
  /** Its place in the chain, from 0. A larger chain has the same cafés and more. */
  readonly number: number;
  readonly name: string;
  readonly region: Region;
  readonly nation: Nation;
  readonly latitude: number;
  readonly longitude: number;
  readonly character: Character;
  /** Trade as a multiple of the chain's mean. */
  readonly size: number;
  /** The till it has, where the chain mixes them. */
  readonly till: Shape;
  /** An earlier café near by, where some of the customers of this one have their home; undefined for most. */
  readonly neighbour: number | undefined;
}

/** How much cafés differ in size: the standard deviation of the logarithm. */
const SIZE_SPREAD = 0.3;
/** Kilometres that a customer may have between two cafés. */
const NEIGHBOURS = 25;

/** The first `count` cafés of the chain that a seed stands for. */
export function openChain(seed: number, count: number): Cafe[] {
  const chain: Cafe[] = [];
  const taken = new Map<Region, number>();
  for (let number = 0; number < count; number++) {
    const region = nextRegion(taken);
    const turn = taken.get(region) ?? 0;
    taken.set(region, turn + 1);
    const { name, character } = cafeSite(region, turn);
    const placement = placeCafe(name);
    if (!placement.placed) throw new Error(`The gazetteer cannot place ${name}`);
    const { latitude, longitude } = placement;
    const till = share(seed, number, 41);
    chain.push({
      number,
      name,
      region,
      nation: nationOf(region),
      latitude,
      longitude,
      character,
      size: cafeSize(seed, number),
      till: till < 0.2 ? "A" : till < 0.4 ? "B" : "C",
      neighbour: nearest(chain, latitude, longitude),
    });
  }
  return chain;
}

/**
 * The region whose people have the fewest cafés: the method of Webster and Sainte-Laguë, seat by seat, so that a chain of
 * any length is spread by population.
 */
function nextRegion(taken: ReadonlyMap<Region, number>): Region {
  const claim = (region: Region) => regionPopulations[region] / (2 * (taken.get(region) ?? 0) + 1);
  return regions.reduce((best, region) => (claim(region) > claim(best) ? region : best));
}

/** The name and character of a region's `turn`-th café, from 0: its towns first, then second cafés in them. */
function cafeSite(region: Region, turn: number): { name: string; character: Character } {
  const towns = townsOf(region);
  const town = towns[turn];
  if (town) return town;
  const larger = largerTowns(region).filter((name) => !towns.some((each) => each.name === name));
  const later = turn - towns.length;
  const name = larger[later % larger.length] ?? region;
  const [quarter, character] = quarters[Math.floor(later / larger.length) % quarters.length] ??
    quarters[0] ?? ["", "high_street"];
  return later < larger.length ? { name, character: "high_street" } : { name: `${name} ${quarter}`, character };
}

/** For chains longer than our list of towns: the largest places of the region that are known by their name alone. */
function largerTowns(region: Region): string[] {
  return gazetteer()
    .filter(({ district, population }) => district.region === region && (population ?? 0) >= 10_000)
    .sort((one, other) => (other.population ?? 0) - (one.population ?? 0))
    .map(({ name }) => name)
    .filter((name) => placeCafe(name).placed && placeCafe(`${name} Station`).placed)
    .slice(0, 40);
}

/**
 * Sizes are spread evenly over a lognormal distribution of mean 1, so that even a short chain is close to its mean:
 * steps of the golden ratio, from its middle, with a little of the seed's own.
 */
function cafeSize(seed: number, number: number): number {
  const quantile = (0.56 + number * 0.618033988749895) % 1;
  // Tukey's lambda: within 1 % of the normal quantile where cafés are.
  const score = (quantile ** 0.1349 - (1 - quantile) ** 0.1349) / 0.1975;
  const own = 0.05 * normal(seed, number, 42);
  return Math.exp(SIZE_SPREAD * score + own - SIZE_SPREAD ** 2 / 2);
}

function nearest(chain: readonly Cafe[], latitude: number, longitude: number): number | undefined {
  let best: number | undefined;
  let bestDistance = NEIGHBOURS;
  for (const cafe of chain) {
    const northing = 111.2 * (cafe.latitude - latitude);
    const easting = 111.2 * (cafe.longitude - longitude) * Math.cos((latitude * Math.PI) / 180);
    const distance = Math.hypot(northing, easting);
    if (distance < bestDistance) {
      best = cafe.number;
      bestDistance = distance;
    }
  }
  return best;
}

/** Some cafés come and go: open for three years, then gone for thirteen months or so, and open again under their name. */
const COME_AND_GO = 1461;
const GONE = 390;
/** Days between two refits of a café. */
const REFIT_CYCLE = 2192;

/** The last day a café opened on, at or before a day; undefined for one that has always been there. */
export function openedOn(seed: number, cafe: Cafe, day: Day): Day | undefined {
  const gone = goneFrom(seed, cafe, day);
  if (gone === undefined) return undefined;
  return gone + GONE <= day ? gone + GONE : gone + GONE - COME_AND_GO;
}

/** The first day from `from` to `until` on which a café has closed for good, as far as anyone knows. */
export function closedOn(seed: number, cafe: Cafe, from: Day, until: Day): Day | undefined {
  const gone = goneFrom(seed, cafe, until);
  if (gone === undefined) return undefined;
  return gone >= from ? gone : undefined;
}

/** True while a café is gone: before it opens, or after it has closed. */
export function isGone(seed: number, cafe: Cafe, day: Day): boolean {
  const gone = goneFrom(seed, cafe, day);
  return gone !== undefined && day < gone + GONE;
}

/** The day of its latest disappearance, at or before a day. */
function goneFrom(seed: number, { number }: Cafe, day: Day): Day | undefined {
  const place = comersAndGoers.indexOf(number % BLOCK);
  if (place === -1) return undefined;
  const rank = comersAndGoers.length * Math.floor(number / BLOCK) + place;
  // Steps of the golden ratio keep any number of them evenly apart.
  const phase = Math.floor(((share(seed, 25, 0) + rank * 0.618033988749895) % 1) * COME_AND_GO);
  return day - ((((day - phase) % COME_AND_GO) + COME_AND_GO) % COME_AND_GO);
}

/** Why a café is closed on a day as planned; undefined where it is open. A café that is gone is not closed. */
export function plannedClosure(seed: number, cafe: Cafe, day: Day): string | undefined {
  const { month, dayOfMonth } = partsOf(day);
  if (month === 12 && dayOfMonth === 25) return "Christmas Day";
  return isRefit(seed, cafe, day) ? "Refit" : undefined;
}

/** A refit takes eight to twelve days from a Monday, and is put off where something else is the matter at the café. */
function isRefit(seed: number, { number }: Cafe, day: Day): boolean {
  const phase = Math.floor(share(seed, number, 43) * REFIT_CYCLE);
  const planned = day - ((((day - phase) % REFIT_CYCLE) + REFIT_CYCLE) % REFIT_CYCLE);
  const monday = planned + ((7 - weekdayOf(planned)) % 7);
  const last = monday + 7 + ((mix(seed, number, 44) >>> 0) % 5);
  if (day < monday || day > last || comersAndGoers.includes(number % BLOCK)) return false;
  return cafeEvents(seed, number, monday - 28, last + 28).length === 0;
}
