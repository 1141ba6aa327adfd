import { type District, districts, gazetteer, type Place } from "./gazetteer.ts";
import { countryOf } from "./regions.ts";

/** A place under one of the names people use for it. */
export interface Candidate {
  readonly place: Place;
  /** True for a name cut short: "Newcastle" for Newcastle upon Tyne. */
  readonly short: boolean;
}

/**
 * A name as it is compared: lower case, no accents, apostrophes or hyphens, "St" for "Saint", "on" for "upon",
 * "and" for "&".
 */
export function normaliseName(name: string): string {
  // Most names are words of plain letters, which nothing below would change.
  const lower = name.toLowerCase();
  if (/^[a-z]+(?: [a-z]+)*$/.test(lower) && !/\b(?:saint|upon|co)\b/.test(lower)) return lower;
  return name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['’‘`.]/g, "")
    .replace(/&/g, " and ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/\bsaint\b/g, "st")
    .replace(/\bupon\b/g, "on")
    .replace(/\bco\b/g, "county")
    .trim();
}

/** Names of towns that neither GeoNames nor a rule below knows. */
const otherNames: Record<string, string> = {
  hull: "kingston on hull",
  "london bridge": "city of london",
  londonderry: "derry",
};

/** Counties in ways of writing them that are no district's name. */
const countyShorthand: Record<string, string> = {
  beds: "bedfordshire",
  berks: "berkshire",
  bucks: "buckinghamshire",
  cambs: "cambridgeshire",
  derbys: "derbyshire",
  durham: "county durham",
  glos: "gloucestershire",
  hants: "hampshire",
  herts: "hertfordshire",
  iow: "isle of wight",
  "isle of anglesey": "anglesey",
  "ynys mon": "anglesey",
  lancs: "lancashire",
  leics: "leicestershire",
  lincs: "lincolnshire",
  northants: "northamptonshire",
  notts: "nottinghamshire",
  ni: "northern ireland",
  "n ireland": "northern ireland",
  oxon: "oxfordshire",
  salop: "shropshire",
  staffs: "staffordshire",
  warks: "warwickshire",
  wilts: "wiltshire",
  worcs: "worcestershire",
  yorks: "yorkshire",
  "n yorks": "north yorkshire",
  "s yorks": "south yorkshire",
  "w yorks": "west yorkshire",
};

/** What a county of old covers now; Ashford in Surrey still has Middlesex on its envelopes. */
const formerCounties: Record<string, string[]> = {
  middlesex: ["Greater London", "Surrey"],
  sussex: ["East Sussex", "West Sussex", "Brighton and Hove"],
};

interface Names {
  readonly places: ReadonlyMap<string, readonly Candidate[]>;
  readonly areas: ReadonlyMap<string, ReadonlySet<District>>;
}

let indexed: Names | undefined;

/** The places a normalised name may mean. A short name yields to a larger place of exactly that name. */
export function placesNamed(name: string): readonly Candidate[] {
  return index().places.get(otherNames[name] ?? name) ?? [];
}

/** The districts that a normalised country, region, county or district name covers; undefined when it is none of them. */
export function areaNamed(name: string): ReadonlySet<District> | undefined {
  return index().areas.get(countyShorthand[name] ?? name);
}

function index(): Names {
  indexed ??= { places: indexPlaces(), areas: indexAreas() };
  return indexed;
}

function indexPlaces(): Map<string, Candidate[]> {
  const found = new Map<string, Candidate[]>();
  const add = (name: string, candidate: Candidate) => {
    const namesakes = found.get(name);
    if (!namesakes) found.set(name, [candidate]);
    else if (!namesakes.some(({ place }) => place === candidate.place)) namesakes.push(candidate);
  };
  for (const place of gazetteer()) {
    const bare = place.name.replace(/^(Borough|City) of /, "").replace(/,? County Borough$/, "");
    const name = normaliseName(bare);
    add(name, { place, short: false });
    if (bare !== place.name) add(normaliseName(place.name), { place, short: false });
    // Royal Tunbridge Wells, Camden Town, Newcastle upon Tyne.
    const plain = name.replace(/^royal /, "").replace(/ town$/, "");
    if (plain !== name) add(plain, { place, short: true });
    const stem = /^(.+?) (?:on|under|in|by|super|next) .+$/.exec(plain)?.[1];
    if (stem) add(stem, { place, short: true });
  }
  for (const [name, candidates] of found) {
    if (!candidates.some(({ short }) => short)) continue;
    const exact = Math.max(0, ...candidates.filter(({ short }) => !short).map(({ place }) => sizeOf(place)));
    found.set(
      name,
      candidates.filter(({ place, short }) => !short || sizeOf(place) > exact),
    );
  }
  return found;
}

function indexAreas(): Map<string, Set<District>> {
  const found = new Map<string, Set<District>>();
  const add = (name: string, district: District) => {
    const normalised = normaliseName(name);
    const covered = found.get(normalised);
    if (covered) covered.add(district);
    else found.set(normalised, new Set([district]));
  };
  for (const district of districts()) {
    const { name, county, region } = district;
    const names = [name, region, countryOf(region), "UK", "United Kingdom", "Great Britain"];
    if (county) names.push(county, county.replace(/^County /, ""));
    if (/Yorkshire$/.test(county ?? name)) names.push("Yorkshire");
    for (const [former, covers] of Object.entries(formerCounties)) if (covers.includes(name)) names.push(former);
    for (const each of new Set(names)) add(each, district);
  }
  return found;
}

/** A suburb with a café may be as large as a town. People. */
const SUBURB = 25_000;

/**
 * People in a place, guessed where GeoNames has no good figure: what it leaves at 0 are villages; what is missing
 * altogether are mostly suburbs; and London's parts are counted by rules that differ from one to the next.
 */
export function sizeOf({ population, district }: Place): number {
  if (district.region === "London") return Math.max(population ?? 0, SUBURB);
  return population === undefined ? SUBURB : population || 500;
}
