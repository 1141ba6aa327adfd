import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Statement, Warehouse } from "#core/ports/warehouse.ts";
import { type DividedTable, dividedTables, keptBehind, pieceTypes, wholeTables } from "./snapshot-tables.ts";

interface Copying {
  readonly from: Warehouse;
  readonly to: Warehouse;
  /** Where Parquet lies on its way: a folder that both may use. */
  readonly folder: string;
}

/** Pieces, whatever their café, that come over at once: a month of days. What is on its way takes no more room than these. */
const piecesAtOnce = 31;

/** One piece of a table in which cafés differ: a day, a week or a year, and which cafés. */
interface ChangedPiece {
  readonly piece: string;
  /** Between commas: `,3,17,`. */
  readonly cafes: string;
}

/**
 * Brings a copy on DuckDB, which may be empty or an older copy, to what the dashboard reads in a warehouse of any kind. No row
 * passes through JavaScript: the warehouse unloads, the copy inserts. Days, weeks and years of a café that have not changed
 * stay as they are.
 *
 * @returns how many rows were written: of tables that are copied whole, and of pieces that changed
 */
export async function copyDashboardTables(copying: Copying): Promise<{ whole: number; changed: number }> {
  const columns = await columnsOf(copying.to);
  const copied = { whole: 0, changed: 0 };
  for (const table of dividedTables) {
    const pieces = await changedPieces(copying, table);
    for (let start = 0; start < pieces.length; start += piecesAtOnce) {
      const where = conditionOf(table, pieces.slice(start, start + piecesAtOnce));
      copied.changed += await replace(copying, table.name, columns(table.name), where);
    }
  }
  // Last, the cafés among them: which rows of a piece go is told by the cafés that the copy had.
  for (const table of wholeTables) copied.whole += await replace(copying, table, columns(table), { sql: "" });
  return copied;
}

/** What says a table's columns, in order. */
async function columnsOf(to: Warehouse): Promise<(table: string) => readonly string[]> {
  const columns = await to.query<{ table_name: string; column_name: string }>(
    `select table_name, column_name
     from information_schema.columns
     where table_schema = 'main'
     order by table_name, ordinal_position`,
  );
  return (table) => columns.filter((column) => column.table_name === table).map((column) => column.column_name);
}

/** Puts a table's rows, or those of a condition, in the place of the copy's, in one transaction. */
async function replace(
  { from, to, folder }: Copying,
  table: string,
  columns: readonly string[],
  { sql: where, params = {} }: Statement,
): Promise<number> {
  const path = join(folder, `${table}.parquet`);
  const list = columns.map((name) => `"${name}"`).join(", ");
  const kept = columns.map((name) => `${keptBehind[`${table}.${name}`] ?? `"${name}"`} as "${name}"`).join(", ");
  try {
    await from.unload({ sql: `select ${kept} from ${table} ${where}`, params }, path);
    const [compared] = await to.query<{ coming: number; there: number; differing: number }>(
      `with coming as (select ${list} from read_parquet($path)),
       there as (select ${list} from ${table} ${where}),
       differing as (select * from coming except all select * from there)
       select
         (select count(*) from coming) as coming,
         (select count(*) from there) as there,
         (select count(*) from differing) as differing`,
      { ...params, path },
    );
    const { coming = 0, there = 0, differing = 0 } = compared ?? {};
    // What is as it was is not written again: the file would grow by it.
    if (differing === 0 && coming === there) return 0;
    await to.transact(
      [
        { sql: `delete from ${table} ${where}`, params },
        { sql: `insert into ${table} (${list}) select ${list} from incoming` },
      ],
      [{ table: "incoming", path }],
    );
    return coming;
  } finally {
    await rm(path, { force: true });
  }
}

/** The rows of these pieces, of any café that differs in one of them. */
function conditionOf({ by }: DividedTable, pieces: readonly ChangedPiece[]): Statement {
  const places = pieces.map((_, index) => `cast($piece_${index} as ${pieceTypes[by]})`).join(", ");
  const cafes = new Set(pieces.flatMap((piece) => piece.cafes.split(",").filter(Boolean)));
  return {
    sql: `where ${by} in (${places})
      and location_id in (
        select location_id
        from locations
        where position(',' || cast(location_id as varchar(12)) || ',' in cast($cafes as varchar(60000))) > 0
      )`,
    params: {
      ...Object.fromEntries(pieces.map(({ piece }, index) => [`piece_${index}`, piece])),
      cafes: `,${[...cafes].join(",")},`,
    },
  };
}

/** The pieces in which a café's sums differ, in order. Both sides add up; the copy compares. */
async function changedPieces({ from, to, folder }: Copying, table: DividedTable): Promise<ChangedPiece[]> {
  const path = join(folder, `${table.name}-sums.parquet`);
  const sums = sumsOf(table);
  try {
    await from.unload({ sql: sums }, path);
    return await to.query<{ piece: string; cafes: string }>(
      `with here as (${sums}),
       there as (select * from read_parquet($path)),
       differing as (
         select piece, location_id from (select * from there except select * from here)
         union
         select piece, location_id from (select * from here except select * from there)
       )
       select piece, ',' || string_agg(cast(location_id as varchar), ',' order by location_id) || ',' as cafes
       from differing
       group by piece
       order by piece`,
      { path },
    );
  } finally {
    await rm(path, { force: true });
  }
}

/** A prime of 31 bits: a remainder's square is a whole number that every database has. */
const prime = 2_147_483_647;

/** Factors of 20 bits: what they make of remainders may be added up a thousand times. */
const factors = [
  786_433, 524_309, 393_241, 655_373, 917_513, 851_971, 720_901, 589_829, 458_759, 327_689, 884_743, 819_229, 753_677,
  688_133, 622_603, 557_059, 491_531, 425_989, 360_457, 950_281, 294_923,
];

/**
 * Each row as one number of its own, in arithmetic that all databases share, and of those a piece's sum and sum of squares: rows
 * in any order add up alike, and something that went from one row to another does not. Sums are wider than whole numbers, so
 * they are written out.
 */
function sumsOf({ name, by, told }: DividedTable): string {
  const terms = told.map((value, index) => `(cast(${value} as bigint) % ${prime}) * ${factors[index]}`);
  return `select
      cast(${by} as varchar(10)) as piece,
      location_id,
      cast(count(*) as bigint) as total,
      cast(sum(row_told) as varchar(40)) as told,
      cast(sum(row_told * row_told % ${prime}) as varchar(40)) as squares
    from (select ${by}, location_id, (${terms.join(" + ")}) % ${prime} as row_told from ${name}) as told_rows
    group by ${by}, location_id`;
}
