/**
 * The 12 ITL1 regions of the United Kingdom, as the Office for National Statistics names them, less its bracketed country
 * names: "North East (England)" is "North East" here.
 */
export const regions = [
  "North East",
  "North West",
  "Yorkshire and The Humber",
  "East Midlands",
  "West Midlands",
  "East of England",
  "London",
  "South East",
  "South West",
  "Wales",
  "Scotland",
  "Northern Ireland",
] as const;

export type Region = (typeof regions)[number];

export function isRegion(text: string): text is Region {
  return (regions as readonly string[]).includes(text);
}

export type Country = "England" | "Wales" | "Scotland" | "Northern Ireland";

/** Who shares bank holidays: England and Wales have the same ones, Scotland and Northern Ireland their own. */
export const nations = ["england_wales", "scotland", "northern_ireland"] as const;

export type Nation = (typeof nations)[number];

/** The country a region lies in: itself for Wales, Scotland and Northern Ireland, else England. */
export function countryOf(region: Region): Country {
  return region === "Wales" || region === "Scotland" || region === "Northern Ireland" ? region : "England";
}

/** Whose bank holidays a region keeps. */
export function nationOf(region: Region): Nation {
  if (region === "Scotland") return "scotland";
  return region === "Northern Ireland" ? "northern_ireland" : "england_wales";
}
