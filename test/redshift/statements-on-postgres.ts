import { createReadStream } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Client, QueryArrayResult } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { copyOut } from "#adapters/warehouse/postgres-unloading.ts";

/** A parameter as the Data API is sent it. */
export interface SentParameter {
  name: string;
  value: string;
}

const copyOfParquet =
  /^copy (\w+) from '(s3:\/\/[^']+)' iam_role (?:default|'arn:aws:iam::\d{12}:role\/[^']+') format as parquet manifest$/i;

const unloadToParquet =
  /^unload \('((?:[^']|'')*)'\) to '(s3:\/\/[^']+)' iam_role (?:default|'arn:aws:iam::\d{12}:role\/[^']+') format as parquet parallel off$/i;

/**
 * Runs one statement of Redshift's on PostgreSQL. COPY reads the manifest, and the Parquet it names, from S3; UNLOAD writes
 * Parquet there.
 */
export async function runOnPostgres(
  client: Client,
  s3: S3Client,
  sql: string,
  parameters: readonly SentParameter[],
): Promise<QueryArrayResult> {
  const [, table, manifest] = copyOfParquet.exec(sql) ?? [];
  if (table !== undefined && manifest !== undefined) {
    await copy(client, s3, table, manifest);
    return await client.query({ text: "select 1 where false", rowMode: "array" });
  }
  const [, select, prefix] = unloadToParquet.exec(sql) ?? [];
  if (select !== undefined && prefix !== undefined) {
    await unload(client, s3, select.replaceAll("''", "'"), prefix);
    return await client.query({ text: "select 1 where false", rowMode: "array" });
  }
  const values: string[] = [];
  const text = sql.replace(placeholders, (place, name?: string) => {
    if (name === undefined) return place;
    const found = parameters.find((parameter) => parameter.name === name);
    if (!found) throw new Error(`ERROR: there is no parameter ${name}`);
    values.push(found.value);
    return `$${values.length}`;
  });
  // With a list of values, even an empty one, the server takes one statement and no more.
  return await client.query({ text, values, rowMode: "array", queryMode: "extended" } as never);
}

/** A `:name` that stands outside of texts, names in quotes and casts. */
const placeholders = /'(?:[^']|'')*'|"(?:[^"]|"")*"|::|:(\w+)/g;

/** The names of the parameters a statement refers to. */
export function parametersIn(sql: string): string[] {
  return [...sql.matchAll(placeholders)].flatMap(([, name]) => (name === undefined ? [] : [name]));
}

interface Manifest {
  entries: { url: string; mandatory?: boolean; meta?: { content_length?: number } }[];
}

async function copy(client: Client, s3: S3Client, table: string, manifest: string): Promise<void> {
  const { entries } = JSON.parse((await read(s3, manifest)).toString("utf8")) as Manifest;
  for (const { url, meta } of entries) {
    const bytes = await read(s3, url);
    if (meta?.content_length !== bytes.length) {
      throw new Error(
        `ERROR: the manifest of ${table} says ${meta?.content_length} bytes, the file has ${bytes.length}`,
      );
    }
    await copyParquet(client, table, bytes);
  }
}

/** One file up to its largest size, as PARALLEL OFF has it; of no rows, an object without a byte. */
async function unload(client: Client, s3: S3Client, select: string, prefix: string): Promise<void> {
  const [, Bucket, folder] = /^s3:\/\/([^/]+)\/(.+)$/.exec(prefix) ?? [];
  if (/\blimit\s+\d+\s*$/i.test(select)) throw new Error("ERROR: Limit clause is not supported");
  const path = join(await mkdtemp(join(tmpdir(), "unload-")), "x.parquet");
  try {
    await client.query(`create temp table unloading as ${select}`);
    const { rows } = await client.query<{ n: string }>("select count(*) as n from unloading");
    const isEmpty = rows[0]?.n === "0";
    if (!isEmpty) await copyOut(client, "unloading", { path, scratchFolder: tmpdir() });
    await client.query("drop table unloading");
    const Body = isEmpty ? "" : await readFile(path);
    await s3.send(new PutObjectCommand({ Bucket, Key: `${folder}000.parquet`, Body }));
  } finally {
    await rm(dirname(path), { recursive: true });
  }
}

async function read(s3: S3Client, url: string): Promise<Buffer> {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(url) ?? [];
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}

/** What Redshift's COPY takes a Parquet column into: its own type, and no other. */
const takes: Readonly<Record<string, string>> = {
  BOOLEAN: "boolean",
  SMALLINT: "smallint",
  INTEGER: "integer",
  BIGINT: "bigint",
  DOUBLE: "double precision",
  VARCHAR: "character varying",
  DATE: "date",
  TIMESTAMP: "timestamp without time zone",
};

let parquetReader: Promise<DuckDBInstance> | undefined;

/** By position, as Redshift does, whatever the columns are called. */
async function copyParquet(client: Client, table: string, bytes: Buffer): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "copy-"));
  const [parquet, csv] = [join(folder, "x.parquet"), join(folder, "x.csv")];
  parquetReader ??= DuckDBInstance.create(":memory:", { threads: "1" });
  const duckdb = await (await parquetReader).connect();
  try {
    await writeFile(parquet, bytes);
    const described = await duckdb.runAndReadAll(`select column_type from (describe select * from '${parquet}')`);
    const inFile = described.getRowsJson().map(([type]) => takes[String(type)] ?? `no type for ${String(type)}`);
    const { rows } = await client.query<{ type: string }>(
      `select format_type(atttypid, null) as type from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
      [table],
    );
    const inTable = rows.map(({ type }) => type);
    if (inFile.join() !== inTable.join()) {
      throw new Error(`ERROR: Spectrum Scan Error: ${table} has columns ${inTable}, its file has ${inFile}`);
    }
    await duckdb.run(`copy (select * from '${parquet}') to '${csv}' (header false, nullstr '')`);
    await pipeline(createReadStream(csv), client.query(copyFrom(`copy ${table} from stdin (format csv)`)));
  } finally {
    duckdb.disconnectSync();
    await rm(folder, { recursive: true });
  }
}
