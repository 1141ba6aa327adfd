import { dirname } from "node:path";
import { batchTableKey, batchTables } from "#core/batch.ts";
import { damagedBatch } from "#core/damaged-batch.ts";
import { InfinityError, TerminalError, TransientError } from "#core/errors.ts";
import type { Storage } from "#core/ports/storage.ts";
import { sqlText, TransformEngine } from "./engine.ts";

/**
 * Why work on a batch failed. The engine's own words are kept back, since they may quote rows, so nobody knows until the batch is read.
 *
 * @param prefix its folder in the clean store
 * @returns what is wrong with the batch; where all of it can be read, or the failure says itself what is wrong, the failure
 */
export async function whyBatchFailed(clean: Storage, prefix: string, failure: unknown): Promise<unknown> {
  const isExplained =
    failure instanceof InfinityError && !(failure instanceof TransientError || failure instanceof TerminalError);
  return (isExplained ? undefined : await damageInBatch(clean, prefix)) ?? failure;
}

/**
 * Reads all of a batch.
 *
 * @returns what is wrong with it, to be thrown; undefined where all of it can be read
 */
export async function damageInBatch(clean: Storage, prefix: string): Promise<TerminalError | undefined> {
  for (const table of batchTables) {
    const key = batchTableKey(prefix, table);
    if (!(await isReadable(clean, key))) return damagedBatch(prefix, key);
  }
  return undefined;
}

async function isReadable(clean: Storage, key: string): Promise<boolean> {
  const found = await clean.localise(key).catch((error: unknown) => {
    if (error instanceof TerminalError) return undefined;
    throw error;
  });
  if (found === undefined) return false;
  const engine = await TransformEngine.open([dirname(found.path)]);
  try {
    await engine.run(`select bit_xor(hash(cells)) from read_parquet(${sqlText(found.path)}) as cells`);
    return true;
  } catch {
    return false;
  } finally {
    engine.close();
    await found.release();
  }
}
