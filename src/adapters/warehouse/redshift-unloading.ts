import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DeleteObjectsCommand, GetObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { parquetColumns, unloadedType } from "./parquet-columns.ts";
import type { RedshiftAddress } from "./redshift-address.ts";
import type { DataApi } from "./redshift-data-api.ts";
import { awsError } from "./redshift-errors.ts";
import { iamRoleOf } from "./redshift-staging.ts";
import type { RedshiftStatement } from "./redshift-values.ts";

interface Ways {
  readonly api: DataApi;
  readonly s3: S3Client;
  readonly address: RedshiftAddress;
}

/**
 * Has Redshift write the rows of a SELECT as Parquet into the staging folder, fetches that, and removes it. The rows are a
 * temporary table first: UNLOAD takes no parameters, wants every quote of its SELECT escaped, and no LIMIT in it.
 *
 * @throws TerminalError where a column is of a type that staged files do not have
 */
export async function unloadThroughS3(ways: Ways, select: RedshiftStatement, path: string): Promise<void> {
  const { api, s3, address } = ways;
  const { bucket, prefix } = address.staging;
  const folder = `${[prefix, randomUUID()].filter(Boolean).join("/")}/`;
  const bare = (sql: string): RedshiftStatement => ({ sql, parameters: [] });
  try {
    await api.transact([
      { ...select, sql: `create temp table unloaded_rows as ${select.sql}` },
      bare(
        `unload ('select * from unloaded_rows') to 's3://${bucket}/${folder}' iam_role ${iamRoleOf(address)} format as parquet parallel off`,
      ),
    ]);
    const keys = await keysBelow(s3, bucket, folder);
    const parts = keys.map((key, place) => ({ key, path: keys.length === 1 ? path : `${path}.${place}` }));
    for (const part of parts) await fetchObject(s3, { bucket, ...part });
    await withDuckdb(async (duckdb) => {
      // One file up to 6.2 GB; of no rows, none that says what its columns are.
      if (parts.length > 1) await joinParts(duckdb, parts, path);
      if (parts.length === 0) await writeEmpty(duckdb, await columnsOf(api, select), path);
      // Numbers of more digits come out as decimals.
      await parquetColumns(duckdb, path);
    });
    for (const part of parts) if (part.path !== path) await rm(part.path, { force: true });
  } catch (error) {
    throw awsError(error, address.name);
  } finally {
    await removeBelow(s3, bucket, folder);
  }
}

/** What was written that holds anything. */
async function keysBelow(s3: S3Client, bucket: string, folder: string, empty = false): Promise<string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: folder }));
  return Contents.filter(({ Size = 0 }) => empty || Size > 0).map(({ Key = "" }) => Key);
}

async function removeBelow(s3: S3Client, bucket: string, folder: string): Promise<void> {
  try {
    const Objects = (await keysBelow(s3, bucket, folder, true)).map((Key) => ({ Key }));
    if (Objects.length > 0) await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } }));
  } catch {
    // What stays behind is clean data nobody asks for; a lifecycle rule on the folder ends it.
  }
}

async function fetchObject(
  s3: S3Client,
  { bucket, key, path }: { bucket: string; key: string; path: string },
): Promise<void> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  await pipeline(Body as Readable, createWriteStream(path));
}

async function joinParts(duckdb: DuckDBConnection, parts: readonly { path: string }[], path: string): Promise<void> {
  const list = parts.map((part) => quote(part.path)).join(", ");
  await duckdb.run(`copy (from read_parquet([${list}])) to ${quote(path)} (format parquet)`);
}

async function writeEmpty(
  duckdb: DuckDBConnection,
  columns: readonly { name: string; type: string }[],
  path: string,
): Promise<void> {
  const nothing = columns.map(({ name, type }) => `cast(null as ${unloadedType(name, type)}) as "${name}"`);
  await duckdb.run(`copy (select ${nothing.join(", ")} where false) to ${quote(path)} (format parquet)`);
}

async function columnsOf(api: DataApi, { sql, parameters }: RedshiftStatement) {
  const { columns, types } = await api.query({
    sql: `select * from (${sql}) as unloaded_rows where 1 = 0`,
    parameters,
  });
  return columns.map((name, place) => ({ name, type: types[place] ?? "" }));
}

async function withDuckdb(work: (duckdb: DuckDBConnection) => Promise<void>): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const duckdb = await instance.connect();
  try {
    await work(duckdb);
  } finally {
    duckdb.disconnectSync();
    instance.closeSync();
  }
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
