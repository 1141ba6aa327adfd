import { type CafeBook, type CafeEntry, entryNamed, type Ownership } from "#core/cafes/cafe-book.ts";
import { dayIn } from "#core/day.ts";
import { placeCafe } from "#feed/places/place-cafe.ts";
import type { Home } from "../home/open-home.ts";
import { ownerOn } from "./edit-owners.ts";

/** A café as head office sees it. Dates are `YYYY-MM-DD`. */
export interface CafeListing {
  name: string;
  /** The name by which the registry knows it: one that its till writes. */
  tillName: string;
  /** Other names that mean it. */
  otherNames: string[];
  region: string;
  placed: boolean;
  /** Places that its name could mean, where it is unplaced. */
  candidates: string[];
  latitude: number | null;
  longitude: number | null;
  state: "open" | "closed" | "not_open_yet";
  openedOn: string | null;
  closedOn: string | null;
  lastDelivery: string | null;
  /** Its own closures, not those of every café. */
  closures: NonNullable<CafeEntry["closures"]>;
  /** Who has it today; null where nobody is known to. */
  owner: string | null;
  owners: Ownership[];
  /** Names that are parted from it in the registry, and will be in the warehouse after a rebuild. */
  partsAtRebuild: string[];
}

interface LocationRow {
  location_id: number;
  name: string;
  till_name: string;
  region: string;
  placed: boolean;
  latitude: number | null;
  longitude: number | null;
  opened_on: string | null;
  closed_on: string | null;
  last_delivery: string | null;
}

/** Every café that ever delivered, by name. */
export async function listCafes({
  warehouse,
  registry,
  settings,
}: Pick<Home, "warehouse" | "registry" | "settings">): Promise<CafeListing[]> {
  const { book } = await registry.read();
  const rows = await warehouse.query<LocationRow>(
    `select locations.location_id, locations.name, location_names.name as till_name, locations.region, locations.placed,
       locations.latitude, locations.longitude, locations.opened_on, locations.closed_on,
       max(deliveries.business_date) as last_delivery
     from locations
     join location_names on location_names.location_id = locations.location_id and location_names.is_main
     left join deliveries on deliveries.location_id = locations.location_id and deliveries.counted
     group by locations.location_id, locations.name, location_names.name, locations.region, locations.placed,
       locations.latitude, locations.longitude, locations.opened_on, locations.closed_on
     order by locations.name, locations.location_id`,
  );
  const names = await warehouse.query<{ name: string; location_id: number }>(
    "select name, location_id from location_names order by name",
  );
  const today = dayIn(settings.timeZone, new Date());
  return rows.map((row) => {
    const own = names.filter(({ location_id: id }) => id === row.location_id).map(({ name }) => name);
    const entry = book.cafes[entryNamed(book, row.till_name) ?? ""];
    return {
      name: row.name,
      tillName: row.till_name,
      otherNames: own.filter((name) => name !== row.till_name && name !== row.name),
      region: row.region,
      placed: row.placed,
      candidates: row.placed ? [] : candidatesFor(row.till_name),
      latitude: row.latitude,
      longitude: row.longitude,
      state: stateOf(row, today),
      openedOn: row.opened_on,
      closedOn: row.closed_on,
      lastDelivery: row.last_delivery,
      closures: entry?.closures ?? [],
      owner: ownerOn(entry?.owners ?? [], today) ?? null,
      owners: entry?.owners ?? [],
      partsAtRebuild: own.filter((name) => entryFor(book, name) !== entryFor(book, row.till_name)),
    };
  });
}

/** Which café of the book a name means: one of its own where the book does not say. */
function entryFor(book: CafeBook, name: string): string {
  return entryNamed(book, name) ?? name;
}

function candidatesFor(name: string): string[] {
  const placement = placeCafe(name);
  return placement.placed ? [] : placement.candidates;
}

function stateOf({ opened_on: opened, closed_on: closed }: LocationRow, today: string): CafeListing["state"] {
  if (closed !== null && closed <= today) return "closed";
  return opened !== null && opened > today ? "not_open_yet" : "open";
}
