import { DamagedWarehouseError } from "#core/errors.ts";
import type { SqlValue, Statement, Warehouse } from "#core/ports/warehouse.ts";
import type { NumberedCafe } from "#pipeline/load/registry-statements.ts";

type Readable = Pick<Warehouse, "query">;

/** What only a warehouse knows, and no batch tells. */
export interface History {
  readonly runs: readonly Readonly<Record<string, SqlValue>>[];
  /** The number of each café, by its main name: links and grants say it, so a warehouse made anew gives it to the same café. */
  readonly cafes: readonly NumberedCafe[];
  /** Which raw files were removed from the source, and when. */
  readonly purges: readonly Purge[];
  /** What could not be read, because the warehouse is damaged. */
  readonly lost: readonly string[];
}

interface Purge {
  url: string;
  key: string;
  version: number;
  purged: string;
}

/** Takes from a warehouse that is about to be replaced what can be read of it. */
export async function readHistory(warehouse: Readable): Promise<History> {
  const runs = await unlessDamaged(() =>
    warehouse.query<Record<string, SqlValue>>("select * from runs order by started_at"),
  );
  const cafes = await unlessDamaged(() =>
    warehouse.query<{ name: string; id: number }>(
      "select name, location_id as id from location_names where is_main order by location_id",
    ),
  );
  const purges = await unlessDamaged(() =>
    warehouse.query<Purge>(
      `select sources.url, files.key, files.version, files.raw_purged_at as purged
       from files
       join sources on sources.source_id = files.source_id
       where files.raw_purged_at is not null and files.is_current`,
    ),
  );
  const lost = [
    ...(runs ? [] : ["the history of runs"]),
    ...(cafes ? [] : ["the cafés' numbers, by which kept links name them"]),
    ...(purges ? [] : ["which till files were purged"]),
  ];
  return { runs: runs ?? [], cafes: cafes ?? [], purges: purges ?? [], lost };
}

/** What the work finds out from a warehouse; undefined where that is damaged. */
export async function unlessDamaged<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DamagedWarehouseError) return undefined;
    throw error;
  }
}

export async function writeRuns({ runs }: History, to: Warehouse): Promise<void> {
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

function castOf(column: string): string {
  return column.endsWith("_at") ? `cast($${column} as timestamp)` : `$${column}`;
}

/** Marks the files of the ledger whose raw files were removed: once they are in. */
export async function writePurges({ purges }: History, to: Warehouse): Promise<void> {
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
