/** Something Redshift has not, or not like this, that its grammar lets through or that PostgreSQL has. */
interface Lack {
  readonly what: string;
  readonly pattern: RegExp;
  /** A statement with it. */
  readonly example: string;
}

const words = (list: string) => list.trim().split(/\s+/).join("|");

/** Redshift's reserved words that the other two let be names: https://docs.aws.amazon.com/redshift/latest/dg/r_pg_keywords.html. */
const reserved = words(`
  aes128 aes256 allowoverwrite analyse analyze authorization backup between binary blanksasnull bytedict bzip2 credentials
  crosssnapshot current_user_id deflate defrag delta delta32k disable distinct emptyasnull enable encode encrypt encryption explicit
  freeze globaldict256 globaldict64k gzip identity ignore ilike initially isnull leading localtime lun luns lzo lzop minus mostly16
  mostly32 mostly8 natural notnull nulls off offline offset oid old on only open overlaps parallel partition percent permissions
  placing raw readratio recover references rejectlog resort respect restore session_user similar snapshot some sysdate system table
  tag tdes text255 text32k to top trailing truncatecolumns unique user using verbose wallet when where with without
`);

/** What a load, a roll-up or a metric might use without thinking. */
export const lacks: readonly Lack[] = [
  { what: "ON CONFLICT", pattern: /\bon conflict\b/i, example: "insert into t values (1) on conflict do nothing" },
  { what: "RETURNING", pattern: /\breturning\b/i, example: "delete from t returning id" },
  { what: "LATERAL", pattern: /\blateral\b/i, example: "select 1 from t cross join lateral (select 1) as x" },
  { what: "FILTER", pattern: /\bfilter\s*\(/i, example: "select count(*) filter (where a) from t" },
  { what: "DISTINCT ON", pattern: /\bdistinct on\b/i, example: "select distinct on (a) a from t" },
  { what: "series", pattern: /\bgenerate_series\s*\(/i, example: "select generate_series(1, 2)" },
  { what: "arrays", pattern: /\barray\s*[[(]|\bunnest\s*\(|\w\[\d*\]|\barray_agg\b/i, example: "select array[1]" },
  { what: "string_agg (it is LISTAGG)", pattern: /\bstring_agg\s*\(/i, example: "select string_agg(a, ',') from t" },
  {
    what: "IS DISTINCT FROM",
    pattern: /\bis (?:not )?distinct from\b/i,
    example: "select a is distinct from b from t",
  },
  {
    what: "VALUES in place of a table",
    pattern: /\b(?:from|join|in)\s*\(\s*values\b/i,
    example: "select * from (values (1)) as x",
  },
  {
    what: "USING in a join",
    pattern: /\bjoin\s+\w+(?:\s+as\s+\w+)?\s+using\b/i,
    example: "select 1 from a join b using (id)",
  },
  {
    what: "an alias for what is written",
    pattern: /\b(?:update|delete from) \w+ as \w+/i,
    example: "update t as u set a = 1",
  },
  {
    what: "keys, indexes and checks, which it takes and does not keep",
    pattern: /\b(?:primary key|foreign key|create (?:unique )?index|check\s*\()/i,
    example: "create table t (a integer primary key)",
  },
  { what: "serial numbers", pattern: /\b(?:big)?serial\b|\bnextval\s*\(/i, example: "create table t (a serial)" },
  {
    what: "ON COMMIT for temporary tables",
    pattern: /\bon commit\b/i,
    example: "create temp table t (a integer) on commit drop",
  },
  {
    what: "an encoding, which is better left to it",
    pattern: /\bencode\b/i,
    example: "create table t (a integer encode zstd)",
  },
  { what: "TRUNCATE, which commits", pattern: /\btruncate\b/i, example: "truncate t" },
  {
    what: "MERGE, which conflicts as DELETE and INSERT do not",
    pattern: /\bmerge\b/i,
    example: "merge into t using u on a = b when matched then update set a = 1",
  },
  {
    what: "varchar of no length, of which it keeps 256 bytes",
    pattern: /\bcreate (?:temp )?table\b[^;]*?\bvarchar(?!\()/i,
    example: "create table t (a varchar)",
  },
  {
    what: "text, of which it keeps 256 bytes",
    pattern: /\b(?:as|\w+) text\b(?=[,)\s]*(?:$|[,)]|not null))/i,
    example: "create table t (a text)",
  },
  {
    what: "texts over 65,535 bytes",
    pattern: /\bvarchar\((?:6553[6-9]|655[4-9]\d|65[6-9]\d\d|6[6-9]\d{3}|[7-9]\d{4}|\d{6,})\)/i,
    example: "select cast(a as varchar(65536))",
  },
  {
    what: "a sum over a window in order, with no frame",
    pattern: /\b(?:sum|count|avg|min|max)\s*\([^()]*\)\s*over\s*\((?:(?!rows|\)).)*\border by\b(?:(?!rows).)*?\)/is,
    example: "select sum(a) over (order by b) from t",
  },
  {
    what: "EXISTS beside OR",
    pattern: /\bor\s+(?:not\s+)?exists\b/i,
    example: "select 1 from t where a or exists (select 1 from u where u.id = t.id)",
  },
  {
    what: "IN with a SELECT inside CASE",
    pattern: /\bcase\b(?:(?!\bend\b).)*\bin\s*\(\s*select\b/is,
    example: "select case when a in (select b from u) then 1 end from t",
  },
  {
    what: "more than one block inside EXISTS",
    pattern:
      /\bexists\s*\(\s*select\b(?:(?!\bselect\b|\)).)*(?:\([^()]*\)(?:(?!\bselect\b|\)).)*)*(?:\bselect\b|\bunion\b|\blimit\b|\bgroup by\b|\bover\b)/is,
    example: "select 1 from t where exists (select 1 from u where u.id in (select id from v where v.a = t.a))",
  },
  {
    what: "a reserved word for a name",
    pattern: new RegExp(`\\bas (?:${reserved})\\b(?!\\s*\\()`, "i"),
    example: "select a as tag from t",
  },
];

/** What of it a statement has. */
export function lackedBy(sql: string): string[] {
  const code = sql.replace(/'(?:[^']|'')*'/g, "''");
  return lacks.filter(({ pattern }) => pattern.test(code)).map(({ what }) => what);
}
