import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { lostKey } from "#core/lost-key.ts";
import { fingerprintsOf, type Keys } from "#core/ports/keys.ts";
import type { Storage } from "#core/ports/storage.ts";
import type { SuppressionList } from "#core/ports/suppression-list.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import { assertNobodyLost } from "./forgotten-count.ts";
import { allCustomerHashes, type KeyGeneration, keyGenerationInForce, putInForce } from "./load/key-generations.ts";
import { renumber, writeRenumbered } from "./transform/renumber.ts";
import { renumberBatches } from "./transform/rewrite-batches.ts";

/** Every place that holds customer ids, and the keys that make them. */
export interface CustomersContext {
  warehouse: Warehouse;
  clean: Storage;
  keys: Keys;
  suppressed: SuppressionList;
  now(): Date;
  /** Removes copies of the warehouse that are not kept up with it: before the ids that they hold are told as gone. */
  removeCopies?(): void;
}

interface Agreement extends KeyGeneration {
  /** True when something was behind and was brought forward: a rotation was finished. */
  caughtUp: boolean;
}

/**
 * Sees to it that the warehouse, the clean store and the suppression list are numbered with the keys at hand, before anything
 * is loaded. A new warehouse takes the keys as they are; the first key is made here.
 *
 * This is also what finishes a rotation, whether just begun, cut off, or undone in part by a backup that was put back. Each
 * place remembers by a fingerprint up to which key it is numbered; whatever is behind is brought forward, the clean store
 * batch by batch, then the suppression list, then the warehouse. The warehouse comes last, so while it is behind there is
 * work to look for, and once it is not, there is none.
 *
 * @throws SettingError when one of them was numbered with keys that are not at hand, or the suppression list was lost
 */
export async function agreeOnKeys(context: CustomersContext): Promise<Agreement> {
  const { warehouse, clean, keys, suppressed } = context;
  const known = await keyGenerationInForce(warehouse);
  const forgotten = await suppressed.all();
  await assertNobodyLost(clean, forgotten.length);
  const chain = await chainAtHand(keys, known !== undefined || forgotten.length > 0);
  const fingerprints = fingerprintsOf(chain);
  const fingerprint = fingerprints.at(-1) ?? "";
  const inForce = { generation: chain.length, fingerprint };
  if (known && !fingerprints.includes(known.fingerprint)) throw lostKey("the warehouse");
  const outdated = forgotten.filter((customer) => customer.keyFingerprint !== fingerprint);
  if (outdated.some((customer) => !fingerprints.includes(customer.keyFingerprint)))
    throw lostKey("the suppression list");

  const behind = known?.fingerprint !== fingerprint;
  if (behind && chain.length > 1) await renumberBatches(clean, chain);
  if (outdated.length > 0) await suppressed.renumber(await renumber(outdated, chain), fingerprint);
  if (known && behind) context.removeCopies?.();
  if (behind) await renumberWarehouse(context, known, inForce, chain);
  return { ...inForce, caughtUp: known !== undefined && (behind || outdated.length > 0) };
}

/** @param needed true where something was numbered already: then a key that is not there was lost */
async function chainAtHand(keys: Keys, needed: boolean): Promise<readonly Buffer[]> {
  const chain = await keys.chain("customers");
  if (chain.length > 0) return chain;
  if (needed) throw lostKey("the warehouse");
  await keys.extend("customers", 1);
  return await keys.chain("customers");
}

async function renumberWarehouse(
  { warehouse, clean, now }: CustomersContext,
  known: KeyGeneration | undefined,
  inForce: KeyGeneration,
  chain: readonly Buffer[],
): Promise<void> {
  const keyFingerprint = known?.fingerprint ?? "";
  const customers = known ? await allCustomerHashes(warehouse) : [];
  if (customers.length === 0) {
    await putInForce(warehouse, inForce, now());
    return;
  }
  const folder = await clean.scratch();
  const path = join(folder, `${randomUUID()}.parquet`);
  await writeRenumbered(
    customers.map((customerHash) => ({ customerHash, keyFingerprint })),
    chain,
    { folder, path },
  );
  try {
    await putInForce(warehouse, inForce, now(), { path });
  } finally {
    await rm(path, { force: true });
  }
}
