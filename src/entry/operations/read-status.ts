import type { RunSummary } from "#core/run-summary.ts";
import type { Parts } from "../home/open-home.ts";
import { countGivenUp } from "./given-up.ts";
import { asIso, closeStale } from "./read-runs.ts";
import { readUnusuallySmall } from "./unusually-small.ts";

/** What is in the warehouse, and what is missing from it. Money is pence; dates are business dates. */
export interface Status {
  sources: string[];
  cafes: number;
  unplacedCafes: string[];
  receipts: number;
  items: number;
  totalPence: number;
  products: number;
  customers: number;
  firstDate: string | null;
  lastDate: string | null;
  files: { loaded: number; duplicate: number; superseded: number; quarantined: number };
  quarantine: { rows: number; files: number; pence: number };
  /** Batches that were given up, and wait in the dead letters. */
  givenUp: number;
  /** Cafés that delivered nothing for the last business date, though nothing says they are closed. */
  missing: { date: string | null; cafes: { name: string; lastDate: string | null }[] };
  /** Cafés that delivered far fewer receipts than is usual for them on that weekday, of the last day with a delivery. */
  unusuallySmall: { date: string | null; cafes: { name: string; receipts: number; usualReceipts: number }[] };
  lastRun: { runId: string; status: RunSummary["status"]; startedAt: string; finishedAt: string | null } | null;
}

/**
 * Reads the state of the warehouse. A run that has gone on for too long is closed first.
 *
 * @param underWay true where this process itself may be running
 */
export async function readStatus(
  parts: Pick<Parts, "warehouse" | "settings" | "transformQueue" | "loadQueue">,
  underWay: boolean,
): Promise<Status> {
  const { warehouse } = parts;
  await closeStale(parts, underWay);
  const one = async <R extends object>(sql: string): Promise<R | undefined> => (await warehouse.query<R>(sql))[0];
  const sources = await warehouse.query<{ url: string }>("select url from sources order by source_id");
  const sales = await one<Record<"receipts" | "items" | "pence", number> & Record<"first" | "last", string | null>>(
    `select coalesce(sum(receipts), 0) as receipts, coalesce(sum(items), 0) as items,
       coalesce(sum(total_pence), 0) as pence, min(business_date) as first, max(business_date) as last
     from daily_sales`,
  );
  const counts = await one<Record<"cafes" | "products" | "customers", number>>(
    `select (select count(*) from locations) as cafes, (select count(*) from products) as products,
       (select count(*) from customers where first_seen_on is not null) as customers`,
  );
  const unplaced = await warehouse.query<{ name: string }>("select name from locations where not placed order by name");
  const files = await warehouse.query<{ status: keyof Status["files"]; files: number }>(
    "select status, count(*) as files from files group by status",
  );
  const refused = await one<Record<"refused_rows" | "refused_files" | "pence", number>>(
    `select count(row_number) as refused_rows, count(*) - count(row_number) as refused_files,
       coalesce(sum(total_pence), 0) as pence
     from quarantine`,
  );
  const missing = await warehouse.query<{ name: string; last: string | null }>(
    // Corrected files leave their old days behind, which are no longer deliveries.
    `with delivered as (
       select deliveries.location_id, deliveries.business_date
       from deliveries
       join files on files.file_id = deliveries.file_id
       where files.is_current
     ),
     newest as (
       select max(business_date) as business_date from delivered
     )
     select locations.name, max(delivered.business_date) as last
     from locations
     join delivered on delivered.location_id = locations.location_id
     cross join newest
     where (locations.closed_on is null or locations.closed_on > newest.business_date)
       and (locations.opened_on is null or locations.opened_on <= newest.business_date)
       and not exists (
         select 1
         from closures
         where closures.location_id = locations.location_id and closures.date = newest.business_date
       )
     group by locations.location_id, locations.name, newest.business_date
     having max(delivered.business_date) < newest.business_date
     order by locations.name`,
  );
  // A day of which every delivery is empty has no sales, but is one to look at.
  const delivered =
    (await one<{ last: string | null }>("select max(business_date) as last from location_days"))?.last ?? null;
  const small = delivered === null ? [] : await readUnusuallySmall(warehouse, { from: delivered, to: delivered });
  const run = await one<Record<"run_id" | "status" | "started_at", string> & { finished_at: string | null }>(
    "select run_id, status, started_at, finished_at from runs order by started_at desc, run_id desc limit 1",
  );
  const countOf = (status: keyof Status["files"]) => files.find((row) => row.status === status)?.files ?? 0;
  return {
    sources: sources.map(({ url }) => url),
    cafes: counts?.cafes ?? 0,
    unplacedCafes: unplaced.map(({ name }) => name),
    receipts: sales?.receipts ?? 0,
    items: sales?.items ?? 0,
    totalPence: sales?.pence ?? 0,
    products: counts?.products ?? 0,
    customers: counts?.customers ?? 0,
    firstDate: sales?.first ?? null,
    lastDate: sales?.last ?? null,
    files: {
      loaded: countOf("loaded"),
      duplicate: countOf("duplicate"),
      superseded: countOf("superseded"),
      quarantined: countOf("quarantined"),
    },
    quarantine: { rows: refused?.refused_rows ?? 0, files: refused?.refused_files ?? 0, pence: refused?.pence ?? 0 },
    givenUp: await countGivenUp(parts),
    missing: {
      date: sales?.last ?? null,
      cafes: missing.map(({ name, last }) => ({ name, lastDate: last })),
    },
    unusuallySmall: {
      date: delivered,
      cafes: small.map(({ cafe, receipts, usualReceipts }) => ({ name: cafe, receipts, usualReceipts })),
    },
    lastRun: run
      ? {
          runId: run.run_id,
          status: run.status as RunSummary["status"],
          startedAt: asIso(run.started_at),
          finishedAt: run.finished_at === null ? null : asIso(run.finished_at),
        }
      : null,
  };
}
