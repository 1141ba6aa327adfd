import { readFileSync } from "node:fs";
import type { InfinityError } from "#core/errors.ts";
import type { CafeRegistry } from "#core/ports/cafe-registry.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import { splitStatements } from "#core/warehouse/schema.ts";
import { loadStatements } from "./load-statements.ts";
import { readNames, registryNews } from "./registry-news.ts";
import { suppressedCustomers } from "./suppressed-customers.ts";

interface ApplyContext {
  warehouse: Warehouse;
  registry: CafeRegistry;
  now(): Date;
}

const emptyBatch = splitStatements(readFileSync(new URL("./sql/00-empty-batch.sql", import.meta.url), "utf8"));

/**
 * Takes in what the registry of cafés says by now, if it is not what the warehouse has: the load of a batch without files,
 * so that renamed, placed and merged cafés come out as if they had been so all along. Needs the calendar.
 *
 * @returns what somebody who edited it by hand should hear of it; undefined where there was nothing to take in
 * @throws SettingError when the registry does not make sense
 */
export async function applyRegistry({ warehouse, registry, now }: ApplyContext): Promise<InfinityError[] | undefined> {
  const [state] = await warehouse.query<{ fingerprint: string | null; cafes: number }>(
    "select (select max(fingerprint) from registry_state) as fingerprint, (select count(*) from locations) as cafes",
  );
  if (state?.fingerprint === (await registry.version())) return undefined;
  // What is amiss with it is said before anything is loaded.
  const reading = await registry.read();
  // A warehouse without cafés has none to rename, place or merge; its first load takes the registry in.
  if (state?.cafes === 0) return undefined;
  const before = await readNames(warehouse);
  const nothing = { source_url: null, transform_version: "", run_id: "" };
  await warehouse.transact([
    ...emptyBatch.map((sql) => ({ sql })),
    // No customer comes in, so none has to be kept out.
    ...suppressedCustomers([]),
    ...loadStatements(reading, { ...nothing, loaded_at: now() }),
  ]);
  return registryNews(reading.book, { before, after: await readNames(warehouse) });
}
