import { RedshiftDataClient } from "@aws-sdk/client-redshift-data";
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { startFauxqs } from "fauxqs";
import { Client } from "pg";
import { afterAll } from "vitest";
import { openRedshift } from "#adapters/warehouse/redshift.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import { type FakeDataApi, startFakeDataApi } from "./data-api-fake.ts";

/** A Redshift for tests: the fake Data API over a PostgreSQL database, with an S3 for what is staged. */
export interface FakeRedshift {
  readonly api: FakeDataApi;
  readonly url: string;
  open(): Warehouse;
  /** The keys of what lies in the staging folder. */
  staged(): Promise<string[]>;
  stop(): Promise<void>;
}

const bucket = "tracker-staging";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const region = "eu-west-2";

let s3Server: ReturnType<typeof startFauxqs> | undefined;

afterAll(async () => {
  await (await s3Server)?.stop();
  s3Server = undefined;
});

/** Redshift's view of transactions, as far as it is asked. */
const transactions = `create or replace view svv_transactions as
  select pid, mode as lock_mode, granted, relation from pg_locks where locktype = 'relation'`;

/** Gives a PostgreSQL database the view of Redshift's that is asked. */
export async function showTransactions(postgresUrl: string): Promise<void> {
  const database = new Client(postgresUrl);
  await database.connect();
  await database.query(transactions);
  await database.end();
}

/** @param postgresUrl a database that is to be Redshift's */
export async function startFakeRedshift(postgresUrl: string): Promise<FakeRedshift> {
  s3Server ??= startFauxqs({ port: 0, logger: false });
  const s3Options = { region, credentials, endpoint: (await s3Server).address, forcePathStyle: true };
  const s3 = new S3Client(s3Options);
  await s3.send(new CreateBucketCommand({ Bucket: bucket })).catch(() => undefined);
  await showTransactions(postgresUrl);
  const api = await startFakeDataApi(postgresUrl, s3);
  const url = `redshift://cafes.123456789012.${region}/tracker?staging=s3://${bucket}/loads&iamRole=arn:aws:iam::123456789012:role/copy`;
  return {
    api,
    url,
    open: () =>
      openRedshift({
        url,
        dataApi: new RedshiftDataClient({ region, credentials, endpoint: api.endpoint }),
        s3: new S3Client(s3Options),
      }),
    async staged() {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
      return Contents.map(({ Key = "" }) => Key);
    },
    async stop() {
      await api.stop();
      s3.destroy();
    },
  };
}
