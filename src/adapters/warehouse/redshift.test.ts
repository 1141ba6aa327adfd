import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { makeDatabase } from "../../../test/postgres-server.ts";
import { startFakeRedshift } from "../../../test/redshift/fake-redshift.ts";
import { describeWarehouse } from "./contract.suite.ts";

async function writeParquet(path: string, select: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  await connection.run(`copy (${select}) to '${path.replaceAll("'", "''")}' (format parquet)`);
  connection.disconnectSync();
  instance.closeSync();
}

describeWarehouse("a Redshift database behind the Data API", async () => {
  const folder = await mkdtemp(join(tmpdir(), "warehouse-"));
  const database = await makeDatabase();
  const redshift = await startFakeRedshift(database.url);
  return {
    open: async () => redshift.open(),
    async stage(table, select) {
      const path = join(folder, `${table} it's.parquet`);
      await writeParquet(path, select);
      return { table, path };
    },
    async dispose() {
      await redshift.stop();
      await database.drop();
      await rm(folder, { recursive: true });
    },
  };
});
