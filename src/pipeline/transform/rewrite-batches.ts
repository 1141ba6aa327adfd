import { randomUUID } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type BatchTable, batchTableKey, prefixOfTable } from "#core/batch.ts";
import { lostKey } from "#core/lost-key.ts";
import { fingerprintsOf } from "#core/ports/keys.ts";
import type { Storage } from "#core/ports/storage.ts";
import { whyBatchFailed } from "./damage-in-batch.ts";
import { copyTo, sqlText, TransformEngine } from "./engine.ts";
import { insertHashes } from "./number-customers.ts";
import { bringForward } from "./renumber.ts";

/**
 * Brings the ids of every batch of the clean store forward to the whole chain of keys. A batch says itself under which keys
 * it is, and is replaced in one piece, so that doing this again, wherever it was cut off, does what is left.
 *
 * @returns how many batches were rewritten
 * @throws SettingError when a batch was made with keys that are not in the chain
 */
export async function renumberBatches(clean: Storage, chain: readonly Buffer[]): Promise<number> {
  const fingerprints = fingerprintsOf(chain);
  return await eachBatch(clean, async (batch) => {
    await batch.engine.run(`create table numbered as select * from ${batch.read("customers")}`);
    const made = await batch.engine.rows<{ key_fingerprint: string }>("select distinct key_fingerprint from numbered");
    if (made.some((row) => !fingerprints.includes(row.key_fingerprint))) throw lostKey("the clean data");
    if (made.every((row) => row.key_fingerprint === fingerprints.at(-1))) return false;
    await bringForward(batch.engine, chain);
    await batch.replace("customers", "numbered");
    return true;
  });
}

/**
 * Takes customers out of every batch of the clean store; their receipts stay. Receipts first and customers last: whoever is
 * still among a batch's customers was not finished with, and is found again.
 *
 * @returns how many batches held any of them
 */
export async function forgetInBatches(clean: Storage, customerHashes: readonly bigint[]): Promise<number> {
  return await eachBatch(clean, async (batch) => {
    await batch.engine.run("create table suppressed_customers (customer_hash bigint)");
    await insertHashes(batch.engine, customerHashes);
    await batch.engine.run(
      `create table forgotten as
       select customer_no
       from ${batch.read("customers")}
       where customer_hash in (select customer_hash from suppressed_customers)`,
    );
    const [found] = await batch.engine.rows<{ customers: number }>(
      "select cast(count(*) as integer) as customers from forgotten",
    );
    if (!found?.customers) return false;
    await batch.engine.run(
      `create view kept_transactions as
       select * replace (
         case when customer_no not in (select customer_no from forgotten) then customer_no end as customer_no
       )
       from ${batch.read("transactions")}`,
    );
    await batch.replace("transactions", "kept_transactions");
    await batch.engine.run(
      `create view kept_customers as
       select * from ${batch.read("customers")} where customer_no not in (select customer_no from forgotten)`,
    );
    await batch.replace("customers", "kept_customers");
    return true;
  });
}

interface OpenBatch {
  readonly engine: TransformEngine;
  /** One of its tables, as a place to select from. */
  read(table: BatchTable): string;
  /** Puts what the view says in the table's place: all of it or nothing. */
  replace(table: BatchTable, view: string): Promise<void>;
}

/**
 * Opens every batch that has customers, a batch that was never finished too. `work` says whether it changed the batch.
 *
 * @returns how many it changed
 */
async function eachBatch(clean: Storage, work: (batch: OpenBatch) => Promise<boolean>): Promise<number> {
  const scratch = join(await clean.scratch(), randomUUID());
  await mkdir(scratch, { recursive: true });
  let changed = 0;
  try {
    for (const { key } of await clean.list()) {
      const prefix = prefixOfTable(key, "customers");
      if (prefix !== undefined && (await withBatch(clean, prefix, scratch, work))) changed += 1;
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return changed;
}

/** @throws TerminalError that names the batch, when it cannot be read: every run comes here until that is put right */
async function withBatch(
  clean: Storage,
  prefix: string,
  scratch: string,
  work: (batch: OpenBatch) => Promise<boolean>,
): Promise<boolean> {
  try {
    return await workOn(clean, prefix, scratch, work);
  } catch (error) {
    throw await whyBatchFailed(clean, prefix, error);
  }
}

async function workOn(
  clean: Storage,
  prefix: string,
  scratch: string,
  work: (batch: OpenBatch) => Promise<boolean>,
): Promise<boolean> {
  const customers = await clean.localise(batchTableKey(prefix, "customers"));
  const transactions = await clean.localise(batchTableKey(prefix, "transactions"));
  const paths: Partial<Record<BatchTable, string>> = { customers: customers.path, transactions: transactions.path };
  const engine = await TransformEngine.open([scratch, dirname(customers.path), dirname(transactions.path)]);
  try {
    return await work({
      engine,
      read: (table) => `read_parquet(${sqlText(paths[table] ?? "")})`,
      async replace(table, view) {
        const path = join(scratch, `${randomUUID()}.parquet`);
        await engine.run(copyTo(view, path));
        await clean.adopt(batchTableKey(prefix, table), path);
      },
    });
  } finally {
    engine.close();
    await customers.release();
    await transactions.release();
  }
}
