import type { Warehouse } from "#core/ports/warehouse.ts";

/** A café as the directory knows it. Dates are `YYYY-MM-DD`. */
export interface Cafe {
  readonly cafeId: number;
  readonly name: string;
  readonly region: string;
  readonly country: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly placed: boolean;
  readonly openedOn: string | null;
  readonly closedOn: string | null;
}

/** What must be known before anything can be asked: the cafés, the days with data, and which version of it this is. */
export interface Directory {
  readonly cafes: readonly Cafe[];
  /** First and last business date with a delivery that counts; null when the warehouse is empty. */
  readonly dates: { readonly first: string; readonly last: string } | null;
  /** How many customers are known, of every kind. */
  readonly customers: number;
  /** Receipts of a café and day, as a mean over all there are. */
  readonly receiptsADay: number;
  /** Changes whenever the answer to any question could. */
  readonly version: string;
  /** When data last changed, ISO 8601 in UTC. */
  readonly changedAt: string | null;
  /** What has been worked out for this version whatever the filters, by a name of its own. */
  readonly known: Map<string, Promise<unknown>>;
}

interface VersionRow {
  files: number;
  changed_at: string | null;
  cafes: number;
  customers: number;
  closures: number;
  registry: string | null;
}

/** A short name for the state of the warehouse: cheap enough to be asked before every answer. */
export async function readVersion(
  warehouse: Pick<Warehouse, "query">,
): Promise<Pick<Directory, "version" | "changedAt" | "customers">> {
  const [row] = await warehouse.query<VersionRow>(`
    select
      cast(count(*) as bigint) as files,
      max(loaded_at) as changed_at,
      (select cast(count(*) as bigint) from locations) as cafes,
      (select cast(count(*) as bigint) from customers) as customers,
      (select cast(count(*) as bigint) from closures) as closures,
      (select max(fingerprint) from registry_state) as registry
    from files`);
  if (!row) return { version: "empty", changedAt: null, customers: 0 };
  const instant = row.changed_at === null ? null : new Date(`${row.changed_at.replace(" ", "T")}Z`).toISOString();
  // What head office says of cafés changes answers without a new file.
  const registry = row.registry?.slice(0, 12) ?? "";
  const day = instant?.slice(0, 10) ?? "empty";
  const moment = instant?.slice(11, 23).replace(/\D/g, "") ?? "0";
  return {
    version: `${day}.${moment}.${row.files}.${row.cafes}.${row.customers}.${row.closures}.${registry}`,
    changedAt: instant,
    customers: row.customers,
  };
}

interface CafeRow {
  location_id: number;
  name: string;
  region: string;
  country: string | null;
  latitude: number | null;
  longitude: number | null;
  placed: boolean;
  opened_on: string | null;
  closed_on: string | null;
}

interface DeliveredRow {
  first_on: string | null;
  last_on: string | null;
  deliveries: number;
  receipts: number;
}

/** Reads the directory of the whole chain. What a caller may see of it is for the scope to say. */
export async function readDirectory(warehouse: Pick<Warehouse, "query">): Promise<Directory> {
  const stamp = await readVersion(warehouse);
  const cafes = await warehouse.query<CafeRow>(`
    select location_id, name, region, country, latitude, longitude, placed, opened_on, closed_on
    from locations
    order by name, location_id`);
  const [delivered] = await warehouse.query<DeliveredRow>(`
    select
      min(business_date) as first_on,
      max(business_date) as last_on,
      cast(count(*) as bigint) as deliveries,
      cast(coalesce(sum(receipts), 0) as bigint) as receipts
    from deliveries
    where counted`);
  return {
    ...stamp,
    cafes: cafes.map((row) => ({
      cafeId: row.location_id,
      name: row.name,
      region: row.region,
      country: row.country,
      latitude: row.latitude,
      longitude: row.longitude,
      placed: row.placed,
      openedOn: row.opened_on,
      closedOn: row.closed_on,
    })),
    dates: delivered?.first_on && delivered.last_on ? { first: delivered.first_on, last: delivered.last_on } : null,
    known: new Map(),
    receiptsADay: delivered && delivered.deliveries > 0 ? delivered.receipts / delivered.deliveries : 0,
  };
}
