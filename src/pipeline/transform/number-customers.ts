import { TransientError } from "#core/errors.ts";
import { fingerprintsOf } from "#core/ports/keys.ts";
import type { SuppressionList } from "#core/ports/suppression-list.ts";
import { hmacPads } from "./customer-keys.ts";
import type { TransformEngine } from "./engine.ts";

/**
 * Gives everybody named in `scanned` an id, in `identities`, once its cafés are known: through the first key of the chain, and then
 * through every later one, as a rotation does with ids that were given before it.
 */
export async function numberIdentities(engine: TransformEngine, chain: readonly Buffer[]): Promise<void> {
  const [first, ...later] = chain.map(keyParams);
  if (first === undefined) {
    throw new TransientError("There is no key to number customers with.", "Run again: a run makes it first.");
  }
  await engine.runFile("00-keyed-hash");
  await engine.runFile("03-customers", first);
  for (const key of later) await engine.runFile("03-next-key", key);
}

/** From names and cards to the customers of the batch, without those who asked to be forgotten. */
export async function numberCustomers(
  engine: TransformEngine,
  chain: readonly Buffer[],
  suppressed: Pick<SuppressionList, "all">,
): Promise<void> {
  await numberIdentities(engine, chain);
  await engine.run("create table suppressed_customers (customer_hash bigint)");
  await insertHashes(
    engine,
    (await suppressed.all()).map(({ customerHash }) => customerHash),
  );
  await engine.runFile("03-known-customers", { key_fingerprint: fingerprintsOf(chain).at(-1) ?? "" });
}

/** Fills `suppressed_customers`. */
export async function insertHashes(engine: TransformEngine, customerHashes: readonly bigint[]): Promise<void> {
  await engine.run(`insert into suppressed_customers select unnest(from_json($hashes, '["BIGINT"]'))`, {
    hashes: JSON.stringify(customerHashes.map(String)),
  });
}

/** A key as the parameters of the SQL that uses it. */
export function keyParams(key: Buffer): { outer_key: Buffer; inner_key: Buffer } {
  const { outer, inner } = hmacPads(key);
  return { outer_key: outer, inner_key: inner };
}
