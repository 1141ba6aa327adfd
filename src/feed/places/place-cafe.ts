import { type District, gazetteer, type Place } from "./gazetteer.ts";
import { areaNamed, type Candidate, normaliseName, placesNamed, sizeOf } from "./place-names.ts";
import { type Country, countryOf, type Region } from "./regions.ts";

/** Where a café is, or the places its name could mean. Coordinates are degrees north and east. */
export type Placement =
  | { placed: true; region: Region; country: Country; latitude: number; longitude: number }
  | { placed: false; region: "Unplaced"; candidates: string[] };

/**
 * How many times larger the largest namesake must be to be meant without saying so. Preston in Lancashire is hundreds of
 * times the size of the village in Rutland; Newport in Wales is 12 times that on the Isle of Wight, and both have cafés.
 */
const DOMINANCE = 15;
/** Namesakes this near to each other, in the same region, are one place for our purpose. Kilometres. */
const SAME_SPOT_KM = 30;
/** The smallest town after whose name a street or district word is expected: "Leeds Headrow". People. */
const TOWN = 10_000;

/** Districts in the largest county that counts as one spot on the map (Devon, Plymouth and Torbay). */
const SMALL_AREA = 3;

const streetWords = new Set(
  "avenue bridge close court crescent cross drive farm gate green hill lane park place road row square street terrace way".split(
    " ",
  ),
);

/**
 * Finds where a café is from its name alone, or says that the name could mean several places. Understands a county,
 * region or country that tells namesakes apart ("Ashford, Kent", "Newport (Wales)"), and a street or district after the
 * name of a town ("Leeds Headrow", "London Camden"). It rather leaves a café unplaced than guess.
 */
export function placeCafe(name: string): Placement {
  const [base = "", ...qualifiers] = name
    .split(/[,()/]|\s-\s/)
    .map(normaliseName)
    .filter(Boolean);
  if (!base) return unplaced([]);
  const qualifier = qualifiers.at(-1);
  const plain = [base, ...qualifiers].join(" ");
  if (qualifier === undefined) return placePlain(plain);

  const area = areaNamed(qualifier);
  if (area) {
    const local = base.startsWith("london ") ? base.slice("london ".length) : base;
    const named = placesNamed(base).length > 0 ? placesNamed(base) : placesNamed(local);
    if (named.length > 0) return decide(within(named, area), named);
    const town = placePlain(base, area);
    if (town.placed) return town;
  }
  const there = placePlain(plain);
  if (there.placed || there.candidates.length > 0) return there;
  // "Headrow (Leeds)": the bracket names the town.
  return placesNamed(qualifier).some(({ place }) => sizeOf(place) >= TOWN) ? placePlain(qualifier) : there;
}

/** A name with nothing to mark off a qualifier, optionally known to lie in an area. */
function placePlain(name: string, known?: ReadonlySet<District>): Placement {
  const whole = placesNamed(name);
  if (whole.length > 0) return decide(within(whole, known), whole);
  const island = inTheMiddleOf(areaNamed(name));
  if (island) return island;

  const words = name.split(" ");
  for (let cut = 1; cut < words.length; cut++) {
    const area = areaNamed(words.slice(cut).join(" "));
    const named = placesNamed(words.slice(0, cut).join(" "));
    if (!area || named.length === 0) continue;
    const inside = within(named, area);
    if (inside.length > 0) return decide(inside, named);
    // "Leeds Kent" contradicts what we know. "Manchester Stockport" merely names another town.
    if (placesNamed(words.slice(cut).join(" ")).length === 0) return unplaced(named);
  }
  for (let cut = words.length - 1; cut >= 1; cut--) {
    const town = words.slice(0, cut).join(" ");
    const rest = words.slice(cut);
    if (rest.length === 1 && streetWords.has(rest[0] ?? "")) continue;
    const named = placesNamed(town);
    if (named.length === 0) {
      const island = cut > 1 && inTheMiddleOf(areaNamed(town));
      if (island) return island;
      continue;
    }
    const placement = decide(within(named, known), named);
    if (!placement.placed) return placement;
    const largest = bySize(within(named, known))[0];
    if (!largest || sizeOf(largest) < TOWN) continue;
    // "London Camden": the rest names a part of the town that the gazetteer knows too.
    const part = placesNamed(rest.join(" ")).filter(({ place }) => place.district === largest.district);
    const at = part.length > 0 ? decide(part, part) : placement;
    return at.placed ? at : placement;
  }
  return unplaced([]);
}

function within(candidates: readonly Candidate[], area: ReadonlySet<District> | undefined): readonly Candidate[] {
  return area ? candidates.filter(({ place }) => area.has(place.district)) : candidates;
}

/** The one place meant, if it is clear; else every candidate of `all`. */
function decide(candidates: readonly Candidate[], all: readonly Candidate[]): Placement {
  const [largest, ...others] = bySize(candidates);
  if (!largest) return unplaced(all);
  const clear = others.every(
    (other) =>
      sizeOf(largest) >= DOMINANCE * sizeOf(other) ||
      (other.district.region === largest.district.region && distanceKm(largest, other) <= SAME_SPOT_KM),
  );
  if (!clear) return unplaced(candidates);
  const { latitude, longitude, district } = largest;
  return { placed: true, region: district.region, country: countryOf(district.region), latitude, longitude };
}

/**
 * The middle of a small area whose places it is named for, such as Isle of Wight or Kent; undefined for a region or a
 * country, which has no one spot, and for an area that lies in two regions.
 */
function inTheMiddleOf(area: ReadonlySet<District> | undefined): Placement | undefined {
  const region = area?.values().next().value?.region;
  if (!area || !region || area.size > SMALL_AREA) return undefined;
  if ([...area].some((district) => district.region !== region)) return undefined;
  const inside = gazetteer().filter(({ district }) => area.has(district));
  const mean = (of: "latitude" | "longitude") => inside.reduce((sum, place) => sum + place[of], 0) / inside.length;
  return { placed: true, region, country: countryOf(region), latitude: mean("latitude"), longitude: mean("longitude") };
}

/** Kilometres, as if the Earth were flat between the two: exact enough for neighbours. */
function distanceKm(one: Place, other: Place): number {
  const northing = one.latitude - other.latitude;
  const easting = (one.longitude - other.longitude) * Math.cos((one.latitude * Math.PI) / 180);
  return 111.2 * Math.hypot(northing, easting);
}

function bySize(candidates: readonly Candidate[]): Place[] {
  return candidates.map(({ place }) => place).sort((one, other) => sizeOf(other) - sizeOf(one));
}

function unplaced(candidates: readonly Candidate[]): Placement {
  const names = bySize(candidates).map(({ name, district }) => `${name} (${district.name}, ${district.region})`);
  return { placed: false, region: "Unplaced", candidates: [...new Set(names)] };
}
