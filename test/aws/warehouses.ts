import { S3Client } from "@aws-sdk/client-s3";
import type { Emulator } from "#adapters/aws/emulator.suite.ts";
import { startFakeDataApi } from "../redshift/data-api-fake.ts";
import { showTransactions } from "../redshift/fake-redshift.ts";
import { emptyPostgres } from "../warehouses/empty-postgres.ts";
import type { WarehouseServer } from "./cloud.ts";

/** A PostgreSQL database with its tables and calendar. */
export async function onPostgres(): Promise<WarehouseServer> {
  return { url: await emptyPostgres() };
}

/** The same database as Redshift's, behind the fake of the Data API, which copies from the emulator's S3. */
export async function onRedshift(emulator: Emulator): Promise<WarehouseServer> {
  const postgres = await emptyPostgres();
  await showTransactions(postgres);
  const s3 = new S3Client({});
  const api = await startFakeDataApi(postgres, s3);
  const place = `${emulator.newBucket()}/loads`;
  return {
    url: `redshift://cafes.123456789012.eu-west-2/tracker?staging=${place}&iamRole=arn:aws:iam::123456789012:role/copy`,
    environment: { AWS_ENDPOINT_URL_REDSHIFT_DATA: api.endpoint },
    async stop() {
      await api.stop();
      s3.destroy();
    },
  };
}
