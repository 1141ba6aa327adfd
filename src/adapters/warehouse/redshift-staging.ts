import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { DeleteObjectsCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { StagedTable } from "#core/ports/warehouse.ts";
import { parquetColumns } from "./parquet-columns.ts";
import type { RedshiftAddress } from "./redshift-address.ts";
import { awsError } from "./redshift-errors.ts";
import type { RedshiftStatement } from "./redshift-values.ts";

/** Longer than any text that transform writes, in bytes. */
const stagedText = "varchar(4096)";

interface Staged {
  /** What makes the files temporary tables. */
  readonly statements: readonly RedshiftStatement[];
  /** Takes the files away again. */
  remove(): Promise<void>;
}

/**
 * Puts staged files where Redshift can read them, each with a manifest that names it and nothing else, so that COPY takes in
 * exactly this file, whole, or fails.
 */
export async function stageForCopy(
  s3: S3Client,
  address: RedshiftAddress,
  staged: readonly StagedTable[],
): Promise<Staged> {
  const { staging, name } = address;
  const folder = [staging.prefix, randomUUID()].filter(Boolean).join("/");
  const keys: string[] = [];
  const put = async (
    key: string,
    body: { Body: string | ReturnType<typeof createReadStream>; ContentLength: number },
  ) => {
    keys.push(key);
    await s3.send(new PutObjectCommand({ Bucket: staging.bucket, Key: key, ...body }));
  };
  const remove = async () => {
    if (keys.length === 0) return;
    const Objects = keys.map((Key) => ({ Key }));
    // What stays behind because of an error is clean data nobody asks for; a lifecycle rule on the folder ends it.
    await s3.send(new DeleteObjectsCommand({ Bucket: staging.bucket, Delete: { Objects } })).catch(() => undefined);
  };
  const statements: RedshiftStatement[] = [];
  if (staged.length === 0) return { statements, remove };
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const duckdb = await instance.connect();
  try {
    for (const { table, path } of staged) {
      const [parquet, manifest] = [`${folder}/${table}.parquet`, `${folder}/${table}.manifest`];
      const { size } = await stat(path);
      await put(parquet, { Body: createReadStream(path), ContentLength: size });
      const url = `s3://${staging.bucket}/${parquet}`;
      const entries = JSON.stringify({ entries: [{ url, mandatory: true, meta: { content_length: size } }] });
      await put(manifest, { Body: entries, ContentLength: Buffer.byteLength(entries) });
      statements.push(
        { sql: await tableFor(duckdb, table, path), parameters: [] },
        {
          sql: `copy ${table} from 's3://${staging.bucket}/${manifest}' iam_role ${iamRoleOf(address)} format as parquet manifest`,
          parameters: [],
        },
      );
    }
  } catch (error) {
    await remove();
    throw awsError(error, name);
  } finally {
    duckdb.disconnectSync();
    instance.closeSync();
  }
  return { statements, remove };
}

/** The role with which Redshift reaches the staging folder, as COPY and UNLOAD take it. */
export function iamRoleOf({ iamRole }: RedshiftAddress): string {
  return iamRole === "default" ? "default" : `'${iamRole}'`;
}

/** COPY from Parquet goes by position, and takes each column only into its own type. */
async function tableFor(duckdb: DuckDBConnection, table: string, path: string): Promise<string> {
  const columns = await parquetColumns(duckdb, path);
  const definitions = columns.map(({ name, type }) => `${name} ${type === "varchar" ? stagedText : type}`);
  return `create temp table ${table} (${definitions.join(", ")})`;
}
