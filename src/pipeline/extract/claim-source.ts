import { SettingError } from "#core/errors.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";

/**
 * A warehouse belongs to the store it was first filled from, so that a mistyped folder cannot mix two chains.
 *
 * @param adding true when the user said that this store is to be added
 * @throws SettingError when the warehouse knows other stores and this one was not to be added
 */
export async function claimSource(warehouse: Warehouse, url: string, adding: boolean, now: Date): Promise<void> {
  const sources = await warehouse.query<{ url: string }>("select url from sources");
  if (sources.some((source) => source.url === url)) return;
  if (sources.length > 0 && !adding) {
    throw new SettingError(
      `This warehouse is filled from ${sources.map((source) => source.url).join(" and ")}, not from ${url}.`,
      "Run with that source, choose another home with INFINITY_HOME, or add this source with --add-source.",
    );
  }
  await warehouse.transact([
    {
      // Runs that begin at the same moment all find it missing: the first of them adds it.
      sql: `insert into sources (source_id, url, added_at)
            select coalesce(max(source_id), 0) + 1, cast($url as varchar(2000)), cast($added_at as timestamp)
            from sources
            having coalesce(max(case when url = $url then 1 else 0 end), 0) = 0`,
      params: { url, added_at: now },
    },
  ]);
}
