import { join } from "node:path";
import { afterEach } from "vitest";
import type { Settings } from "#core/settings.ts";
import { openParts, type Parts } from "#entry/home/open-home.ts";
import { extractHandler } from "#entry/lambda/extract.ts";
import { loadHandler } from "#entry/lambda/load.ts";
import { transformHandler } from "#entry/lambda/transform.ts";
import { digestTables } from "#pipeline/load/digest.ts";
import { type Cloud, type Functions, openCloud } from "./cloud.ts";
import { onPostgres, onRedshift } from "./warehouses.ts";

/** Enough time for anything. */
export const plenty = { getRemainingTimeInMillis: () => 900_000 };

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Closed when the test is through, before whatever was opened earlier. */
export function closeAfterwards(opened: { close(): Promise<void> }): void {
  closing.push(() => opened.close());
}

/** What to open a rig with, for each kind of warehouse. */
export const warehouses = [
  ["DuckDB", {}],
  ["PostgreSQL", { warehouse: onPostgres }],
  ["the fake of Redshift", { warehouse: onRedshift }],
] as const;

/** Functions on a cloud, with what looks into their warehouse. */
export interface Rig {
  cloud: Cloud;
  parts: Parts;
  functions: Functions;
  digest(): Promise<Record<string, string>>;
  query<R extends object>(sql: string): Promise<R[]>;
}

type RigOptions = NonNullable<Parameters<typeof openCloud>[0]> & {
  /** Done before the functions open anything. */
  prepare?: (cloud: Cloud) => Promise<void>;
  /** How the functions open their parts. */
  open?: (settings: Settings) => Promise<Parts>;
};

/** Functions in this process on a cloud of their own. They share the parts, since a DuckDB file has one owner. */
export async function openRig({ prepare, open: openAll = openParts, ...options }: RigOptions = {}): Promise<Rig> {
  const cloud = await openCloud(options);
  closing.push(() => cloud.stop());
  await prepare?.(cloud);
  const parts = await openAll(cloud.settings(join(cloud.folder, "home")));
  closing.push(() => parts.close());
  const open = async () => parts;
  const functions = {
    extract: extractHandler(open),
    transform: (event: Parameters<Functions["transform"]>[0]) => transformHandler(open)(event, plenty),
    load: (event: Parameters<Functions["load"]>[0]) => loadHandler(open)(event, plenty),
  };
  return {
    ...{ cloud, parts, functions },
    async digest() {
      const digests = await digestTables(parts.warehouse);
      return Object.fromEntries(digests.map(({ table, rows, digest }) => [table, `${rows} ${digest}`]));
    },
    query: (sql) => parts.warehouse.query(sql),
  };
}
