import { describe, expect, it } from "vitest";
import { districts, gazetteer } from "./gazetteer.ts";
import { placeCafe } from "./place-cafe.ts";
import { type Region, regions } from "./regions.ts";

const placedIn: [name: string, region: Region, near: [latitude: number, longitude: number]][] = [
  ["Aberdeen", "Scotland", [57.1, -2.1]],
  ["Chesterfield", "East Midlands", [53.2, -1.4]],
  ["Isle of Wight", "South East", [50.7, -1.3]],
  ["Leeds", "Yorkshire and The Humber", [53.8, -1.5]],
  ["London Camden", "London", [51.5, -0.1]],
  ["Longridge", "North West", [53.8, -2.6]],
  ["Uppingham", "East Midlands", [52.6, -0.7]],
  ["Ashford, Kent", "South East", [51.1, 0.9]],
  ["Ashford Middlesex", "South East", [51.4, -0.5]],
  ["Newport (Wales)", "Wales", [51.6, -3]],
  ["Newport, Isle of Wight", "South East", [50.7, -1.3]],
  ["Newport Shropshire", "West Midlands", [52.8, -2.4]],
  ["Newcastle upon Tyne", "North East", [55, -1.6]],
  ["Newcastle-upon-Tyne", "North East", [55, -1.6]],
  ["Newcastle, Staffs", "West Midlands", [53, -2.2]],
  ["Newcastle (Northern Ireland)", "Northern Ireland", [54.2, -5.9]],
  ["St Ives, Cornwall", "South West", [50.2, -5.5]],
  ["Saint Ives (Cambs)", "East of England", [52.3, -0.1]],
  ["Leeds Headrow", "Yorkshire and The Humber", [53.8, -1.5]],
  ["Leeds - Headrow", "Yorkshire and The Humber", [53.8, -1.5]],
  ["Headrow (Leeds)", "Yorkshire and The Humber", [53.8, -1.5]],
  ["Manchester Piccadilly", "North West", [53.5, -2.2]],
  ["London Bridge", "London", [51.5, -0.1]],
  ["City of Westminster", "London", [51.5, -0.1]],
  ["Camden", "London", [51.5, -0.1]],
  ["Camden (London)", "London", [51.5, -0.1]],
  ["King's Lynn", "East of England", [52.8, 0.4]],
  ["KINGS LYNN", "East of England", [52.8, 0.4]],
  ["St. Andrews", "Scotland", [56.3, -2.8]],
  ["Bury St Edmunds", "East of England", [52.2, 0.7]],
  ["Bury", "North West", [53.6, -2.3]],
  ["Stratford-upon-Avon", "West Midlands", [52.2, -1.7]],
  ["Leamington Spa", "West Midlands", [52.3, -1.5]],
  ["Tunbridge Wells", "South East", [51.1, 0.3]],
  ["Hull", "Yorkshire and The Humber", [53.7, -0.3]],
  ["Preston", "North West", [53.8, -2.7]],
  ["Chester", "North West", [53.2, -2.9]],
  ["Derry", "Northern Ireland", [55, -7.3]],
  ["Londonderry", "Northern Ireland", [55, -7.3]],
  ["York", "Yorkshire and The Humber", [54, -1.1]],
  ["Bath", "South West", [51.4, -2.4]],
  ["Ynys Môn", "Wales", [53.3, -4.4]],
  ["Anglesey", "Wales", [53.3, -4.4]],
];

describe("placing a café", () => {
  it.each(placedIn)("places %s in %s", (name, region, [latitude, longitude]) => {
    const placement = placeCafe(name);
    expect(placement).toMatchObject({ placed: true, region });
    if (!placement.placed) return;
    expect(Math.abs(placement.latitude - latitude)).toBeLessThan(0.2);
    expect(Math.abs(placement.longitude - longitude)).toBeLessThan(0.2);
  });

  it.each(["Newport", "Newcastle", "Ashford", "St Ives", "Saint Ives", "Bangor", "Gillingham", "Richmond", "Kingston"])(
    "leaves %s unplaced and names the places it could be",
    (name) => {
      const placement = placeCafe(name);
      expect(placement).toMatchObject({ placed: false, region: "Unplaced" });
      if (!placement.placed) expect(placement.candidates.length).toBeGreaterThan(1);
    },
  );

  it("names candidates with district and region, largest first", () => {
    const placement = placeCafe("Ashford");
    expect(placement).toEqual({
      placed: false,
      region: "Unplaced",
      candidates: ["Ashford (Kent, South East)", "Ashford (Surrey, South East)"],
    });
  });

  it.each([
    "",
    "   ",
    "Infinity Café 7",
    "Newcastle Grainger Street",
    "York Way",
    "Leeds, Kent",
    "Atlantis",
    "New York",
  ])("does not guess at %j", (name) => expect(placeCafe(name).placed).toBe(false));

  it("puts every district in a region, and every region has places", () => {
    const withPlaces = new Set(gazetteer().map(({ district }) => district));
    expect(withPlaces.size).toBe(districts().length);
    expect(new Set(districts().map(({ region }) => region))).toEqual(new Set(regions));
  });
});
