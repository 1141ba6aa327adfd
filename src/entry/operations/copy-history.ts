import type { Statement, Warehouse } from "#core/ports/warehouse.ts";
import type { NumberedCafe } from "#pipeline/load/registry-statements.ts";

/** Runs are history that no batch tells. */
export async function copyRuns(from: Warehouse, to: Warehouse): Promise<void> {
  const runs = await from.query<Record<string, string | number | null>>("select * from runs order by started_at");
  await to.transact(
    runs.map((run) => {
      const columns = Object.keys(run);
      return {
        sql: `insert into runs (${columns.join(", ")}) select ${columns.map((column) => castOf(column)).join(", ")}`,
        params: run,
      };
    }),
  );
}

/** The number of each café, by its main name: links and grants say it, so a warehouse made anew gives it to the same café. */
export async function numberedCafes(from: Warehouse): Promise<NumberedCafe[]> {
  return await from.query<{ name: string; id: number }>(
    "select name, location_id as id from location_names where is_main order by location_id",
  );
}

function castOf(column: string): string {
  return column.endsWith("_at") ? `cast($${column} as timestamp)` : `$${column}`;
}

/** Which raw files were removed from the source, and when: history that no batch tells either. */
export async function copyPurges(from: Warehouse, to: Warehouse): Promise<void> {
  const purges = await from.query<{ url: string; key: string; version: number; purged: string }>(
    `select sources.url, files.key, files.version, files.raw_purged_at as purged
     from files
     join sources on sources.source_id = files.source_id
     where files.raw_purged_at is not null and files.is_current`,
  );
  if (purges.length === 0) return;
  const statements: Statement[] = [
    {
      sql: `create temp table known_purges (
              url varchar(2000) not null, key varchar(1024) not null, version bigint not null, purged_at timestamp not null
            )`,
    },
  ];
  for (let start = 0; start < purges.length; start += purgesAtOnce) {
    const some = purges.slice(start, start + purgesAtOnce);
    statements.push({
      sql: `insert into known_purges (url, key, version, purged_at)
            values ${some.map((_, index) => `($url_${index}, $key_${index}, $version_${index}, cast($purged_${index} as timestamp))`).join(", ")}`,
      params: Object.fromEntries(
        some.flatMap((purge, index) => Object.entries(purge).map(([name, value]) => [`${name}_${index}`, value])),
      ),
    });
  }
  await to.transact([
    ...statements,
    {
      sql: `update files
            set raw_purged_at = known_purges.purged_at
            from known_purges
            join sources on sources.url = known_purges.url
            where files.source_id = sources.source_id
              and files.key = known_purges.key and files.version = known_purges.version and files.is_current`,
    },
  ]);
}

const purgesAtOnce = 200;
