/** A value bound to a `$name` in a statement; never part of the SQL text. */
export type SqlValue = string | number | bigint | boolean | null | Date;

/** One statement in the SQL that DuckDB, PostgreSQL and Redshift share, with its `$name` parameters. */
export interface Statement {
  readonly sql: string;
  readonly params?: Readonly<Record<string, SqlValue>>;
  /**
   * Temporary tables of the same transaction, or some of their rows (`months where place = 1`), which nothing changes any more once a
   * statement waits for them. While one is empty, the statement would change nothing and no other needs it, so a warehouse may leave it
   * out: planning one costs more than looking. A table that is made by statements which wait themselves comes after what they wait for:
   * it is not there when they were left out.
   */
  readonly idleWithout?: readonly string[];
}

/** A Parquet file shown to the statements of one transaction as a table. */
export interface StagedTable {
  /** The name the statements know it by. */
  readonly table: string;
  /** A path on this machine. */
  readonly path: string;
}

/** A row as plain JSON: numbers, strings, booleans, null. Dates are `YYYY-MM-DD`, timestamps `YYYY-MM-DD HH:MM:SS`. */
export type Row = Record<string, unknown>;

export interface SelectResult {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** The tables that people and metrics read. One process owns an embedded warehouse at a time. */
export interface Warehouse {
  /** Creates what is missing. Safe to call at every start. */
  migrate(): Promise<void>;
  /**
   * Runs the statements in one transaction, with the staged files visible to them: all of it happens, or none.
   * The statements are the same whatever the database answers, since Redshift takes them as one batch.
   */
  transact(statements: readonly Statement[], staged?: readonly StagedTable[]): Promise<void>;
  /** Rows of the tracker's own SQL. 64-bit integers come as numbers when safe, else as strings. */
  query<R extends object = Row>(sql: string, params?: Readonly<Record<string, SqlValue>>): Promise<R[]>;
  /**
   * The same where there may be tens of thousands of rows, in any order. Their cells are null, booleans, texts, dates, and whole
   * numbers that are safe.
   */
  queryMany<R extends object = Row>(sql: string, params?: Readonly<Record<string, SqlValue>>): Promise<R[]>;
  /**
   * Somebody else's SQL: one SELECT on the warehouse's tables. Throws a RefusedError for anything else, and for SQL that
   * is wrong.
   */
  select(sql: string): Promise<SelectResult>;
  /**
   * Writes the rows of the tracker's own SELECT to a Parquet file, which no row passes through JavaScript for. Its columns are of
   * the types that staged files have: boolean, smallint, integer, bigint, double precision, varchar, date and timestamp.
   *
   * @param path a new file on this machine, where staged files may lie; it is the caller's, to stage elsewhere and to remove
   * @throws TerminalError where a column is of another type
   */
  unload(select: Statement, path: string): Promise<void>;
  /** Closing again does nothing. */
  close(): Promise<void>;
}
