import { readFileSync } from "node:fs";
import { isRegion, type Region } from "./regions.ts";

/** A city, town, village or suburb. */
export interface Place {
  readonly name: string;
  readonly district: District;
  /** Degrees north. */
  readonly latitude: number;
  /** Degrees east: most of Britain is negative. */
  readonly longitude: number;
  /** People, in round numbers; 0 where GeoNames has not recorded it; undefined where the extract does not know. */
  readonly population: number | undefined;
}

/** What GeoNames calls a second-level division: a county, a unitary authority, a borough, or the whole of London. */
export interface District {
  readonly code: string;
  readonly name: string;
  /** The county people write on an envelope, where it is not the district itself. */
  readonly county: string | undefined;
  readonly region: Region;
}

let loaded: { places: readonly Place[]; districts: readonly District[] } | undefined;

/** Every British place of the GeoNames extract (about 4,640), read once; see vendor/SOURCE.md. */
export function gazetteer(): readonly Place[] {
  return load().places;
}

/** The 184 districts and the region each lies in; see districts.tsv. */
export function districts(): readonly District[] {
  return load().districts;
}

function load() {
  if (loaded) return loaded;
  const byCode = new Map<string, District>();
  for (const [code = "", name = "", county, region = ""] of readTable("districts.tsv")) {
    if (!isRegion(region)) throw new Error(`districts.tsv: ${name} lies in no region called ${region}`);
    byCode.set(code, { code, name, county: county || undefined, region });
  }
  const places: Place[] = [];
  for (const [name = "", code = "", latitude, longitude, population] of readTable("vendor/british-places.tsv")) {
    const district = byCode.get(code);
    if (!district) throw new Error(`british-places.tsv: ${name} lies in no district called ${code}`);
    places.push({
      name,
      district,
      latitude: Number(latitude),
      longitude: Number(longitude),
      population: population ? Number(population) : undefined,
    });
  }
  loaded = { places, districts: [...byCode.values()] };
  return loaded;
}

function readTable(file: string): string[][] {
  const [, ...lines] = readFileSync(new URL(file, import.meta.url), "utf8")
    .trimEnd()
    .split("\n");
  return lines.map((line) => line.split("\t"));
}
