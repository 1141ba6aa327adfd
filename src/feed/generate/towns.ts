import type { Region } from "../places/regions.ts";

/** What a café lives from: it sets hours, weekdays, season and how bank holidays go. */
export type Character = "commuter" | "high_street" | "seaside" | "retail_park" | "campus";

/** People in a region, in millions: Office for National Statistics, mid-2023 population estimates. */
export const regionPopulations: Readonly<Record<Region, number>> = {
  "North East": 2.71,
  "North West": 7.6,
  "Yorkshire and The Humber": 5.54,
  "East Midlands": 4.93,
  "West Midlands": 6.02,
  "East of England": 6.4,
  London: 8.95,
  "South East": 9.48,
  "South West": 5.81,
  Wales: 3.16,
  Scotland: 5.49,
  "Northern Ireland": 1.92,
};

const characters: Record<string, Character> = {
  c: "commuter",
  h: "high_street",
  s: "seaside",
  r: "retail_park",
  u: "campus",
};

/** Where cafés open, region by region, in the order they do; the letter says what such a café lives from. */
const towns: Readonly<Record<Region, string>> = {
  "North East": "Newcastle upon Tyne h, Durham u, Whitley Bay s, Sunderland r, Darlington c, Middlesbrough h, Hexham h",
  "North West":
    "Longridge h, Manchester Piccadilly c, Liverpool h, Chester h, Blackpool s, Preston r, Manchester u, Lancaster u, Southport s, " +
    "Stockport c, Bolton r, Kendal h, Warrington r, Wigan h",
  "Yorkshire and The Humber":
    "Leeds h, Sheffield u, York h, Leeds Headrow c, Scarborough s, Harrogate h, Hull r, Wakefield c, Bradford r, Whitby s",
  "East Midlands":
    "Chesterfield h, Uppingham h, Nottingham u, Leicester c, Lincoln h, Skegness s, Derby r, Northampton c, Loughborough u",
  "West Midlands":
    "Birmingham c, Stratford-upon-Avon h, Coventry u, Shrewsbury h, Solihull r, Worcester h, Birmingham Jewellery Quarter h, " +
    "Wolverhampton c, Leamington Spa h, Hereford h, Stafford r",
  "East of England":
    "Cambridge u, Norwich h, Southend-on-Sea s, St Albans c, Bury St Edmunds h, Chelmsford c, King's Lynn h, Colchester r, " +
    "Ipswich h, Watford c, Great Yarmouth s, Cambridge Station c",
  London:
    "London Camden h, London Canary Wharf c, London Bloomsbury u, London Soho h, London Stratford r, London Clapham c, " +
    "London Greenwich h, London Wimbledon c, London Croydon r, London Ealing h, London Hammersmith c, London Brixton h, " +
    "London Shoreditch h, London Walthamstow h, London Richmond h, London Putney c",
  "South East":
    "Isle of Wight s, Oxford u, Reading c, Brighton s, Guildford c, Canterbury u, Milton Keynes r, Winchester h, Southampton r, " +
    "Brighton Lanes h, Woking c, Eastbourne s, Tunbridge Wells h, Maidstone r, Portsmouth h, Margate s",
  "South West":
    "Bath h, Bristol Clifton u, Bournemouth s, Exeter u, Bristol c, Cheltenham h, Plymouth r, Falmouth s, Swindon c, Taunton r, Truro h",
  Wales: "Cardiff c, Swansea u, Llandudno s, Wrexham r, Abergavenny h, Cardiff Pontcanna h, Carmarthen h",
  Scotland:
    "Aberdeen c, Edinburgh Princes Street h, Glasgow c, St Andrews u, Inverness h, Dundee r, Stirling h, Ayr s, " +
    "Glasgow Byres Road u, Perth h",
  "Northern Ireland": "Belfast c, Lisburn r, Portrush s, Belfast Queen's Quarter u, Newry h",
};

/** Second and later cafés of a town are named for where in it they are. */
export const quarters: readonly (readonly [name: string, character: Character])[] = [
  ["Station", "commuter"],
  ["Market Place", "high_street"],
  ["Retail Park", "retail_park"],
  ["University", "campus"],
  ["Library", "high_street"],
  ["Arcade", "high_street"],
  ["Hospital", "commuter"],
];

/** The towns of a region in the order cafés open there. */
export function townsOf(region: Region): { name: string; character: Character }[] {
  return towns[region].split(", ").map((entry) => ({
    name: entry.slice(0, -2),
    character: characters[entry.slice(-1)] ?? "high_street",
  }));
}
