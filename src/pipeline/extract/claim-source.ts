import { SettingError } from "#core/errors.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";

/**
 * A warehouse belongs to the store it was first filled from, so that a mistyped folder cannot mix two chains.
 *
 * @param adding true when the user said that this store is to be added
 * @throws SettingError when the warehouse knows other stores and this one was not to be added
 */
export async function claimSource(warehouse: Warehouse, url: string, adding: boolean, now: Date): Promise<void> {
  const sources = await warehouse.query<{ source_id: number; url: string }>("select source_id, url from sources");
  if (sources.some((source) => source.url === url)) return;
  if (sources.length > 0 && !adding) {
    throw new SettingError(
      `This warehouse is filled from ${sources.map((source) => source.url).join(" and ")}, not from ${url}.`,
      "Run with that source, choose another home with INFINITY_HOME, or add this source with --add-source.",
    );
  }
  await warehouse.transact([
    {
      sql: "insert into sources (source_id, url, added_at) values (cast($source_id as integer), $url, $added_at)",
      params: { source_id: Math.max(0, ...sources.map((source) => source.source_id)) + 1, url, added_at: now },
    },
  ]);
}
