import { fingerprintsOf } from "#core/ports/keys.ts";
import { copyTo, TransformEngine } from "./engine.ts";
import { keyParams } from "./number-customers.ts";

/**
 * Brings the ids in the table `numbered` (customer_hash, key_fingerprint) forward to the whole chain: each id from the keys
 * it was made with, which its fingerprint names.
 */
export async function bringForward(engine: TransformEngine, chain: readonly Buffer[]): Promise<void> {
  const fingerprints = fingerprintsOf(chain);
  await engine.runFile("00-keyed-hash");
  for (const [index, key] of chain.entries()) {
    if (index === 0) continue;
    await engine.run(
      `update numbered
       set customer_hash = next_customer_hash($outer_key, $inner_key, customer_hash), key_fingerprint = $next
       where key_fingerprint = $before`,
      { ...keyParams(key), before: fingerprints[index - 1] ?? "", next: fingerprints[index] ?? "" },
    );
  }
}

/** An id, and the name of the chain of keys that made it. */
export interface NumberedCustomer {
  readonly customerHash: bigint;
  readonly keyFingerprint: string;
}

/** New ids for old ones. */
export async function renumber(
  customers: readonly NumberedCustomer[],
  chain: readonly Buffer[],
): Promise<Map<bigint, bigint>> {
  const engine = await TransformEngine.open([]);
  try {
    await fillNumbered(engine, customers, chain);
    const rows = await engine.rows<{ old_hash: string; customer_hash: string }>(
      "select cast(old_hash as varchar) as old_hash, cast(customer_hash as varchar) as customer_hash from numbered",
    );
    return new Map(rows.map((row) => [BigInt(row.old_hash), BigInt(row.customer_hash)]));
  } finally {
    engine.close();
  }
}

/** The same as a Parquet file (old_hash, customer_hash), for a warehouse to join with. */
export async function writeRenumbered(
  customers: readonly NumberedCustomer[],
  chain: readonly Buffer[],
  { folder, path }: { folder: string; path: string },
): Promise<void> {
  const engine = await TransformEngine.open([folder]);
  try {
    await fillNumbered(engine, customers, chain);
    await engine.run(copyTo("numbered", path));
  } finally {
    engine.close();
  }
}

async function fillNumbered(
  engine: TransformEngine,
  customers: readonly NumberedCustomer[],
  chain: readonly Buffer[],
): Promise<void> {
  await engine.run(
    `create table numbered as
     select entry.hash as old_hash, entry.hash as customer_hash, entry.keys as key_fingerprint
     from (select unnest(from_json($rows, '[{"hash":"BIGINT","keys":"VARCHAR"}]')) as entry)`,
    { rows: JSON.stringify(customers.map((row) => ({ hash: String(row.customerHash), keys: row.keyFingerprint }))) },
  );
  await bringForward(engine, chain);
}
