import { lostKey } from "#core/lost-key.ts";
import { fingerprintsOf } from "#core/ports/keys.ts";
import { agreeOnKeys, type CustomersContext } from "./agree-on-keys.ts";
import { rememberForgotten } from "./forgotten-count.ts";
import { customersStillHere, forgetCustomers } from "./load/forget-customers.ts";
import { renumber } from "./transform/renumber.ts";
import { forgetInBatches } from "./transform/rewrite-batches.ts";

/** Who is to be forgotten: the ids of one person, and the name of the keys that made them. */
export interface ForgetOrder {
  readonly customerHashes: readonly bigint[];
  readonly keyFingerprint: string;
}

/**
 * Forgets customers: from now on no file makes them customers again, and what is known of them goes. Their receipts stay, as
 * the café's sales, without a customer. The suppression list comes first and says that there is work to finish, so whatever
 * is cut off is finished by the next run.
 *
 * @returns how many receipts no longer say who bought them
 * @throws SettingError when a key or the suppression list was lost
 */
export async function forget(context: CustomersContext, order: ForgetOrder): Promise<number> {
  const { fingerprint } = await agreeOnKeys(context);
  await context.suppressed.add(await brought(context, order, fingerprint), fingerprint);
  return await finishForgetting(context);
}

/**
 * Takes out whoever is on the suppression list and is still here: because a forgetting was cut off, or because a backup from
 * before it was put back.
 *
 * @returns how many receipts no longer say who bought them
 */
export async function finishForgetting(context: CustomersContext): Promise<number> {
  const { warehouse, clean, suppressed } = context;
  const all = await suppressed.all();
  await rememberForgotten(clean, all.length);
  const back = new Set(
    await customersStillHere(
      warehouse,
      all.map(({ customerHash }) => customerHash),
    ),
  );
  const due = all
    .filter(({ customerHash, settled }) => !settled || back.has(customerHash))
    .map(({ customerHash }) => customerHash);
  if (due.length === 0) return 0;
  await forgetInBatches(clean, due);
  const receipts = await forgetCustomers(warehouse, due);
  context.removeCopies?.();
  await suppressed.settle(due);
  return receipts;
}

/** The ordered ids under the keys in force: they may have been made just before a rotation. */
async function brought(
  { keys }: CustomersContext,
  { customerHashes, keyFingerprint }: ForgetOrder,
  inForce: string,
): Promise<bigint[]> {
  if (keyFingerprint === inForce) return [...customerHashes];
  const chain = await keys.chain("customers");
  if (!fingerprintsOf(chain).includes(keyFingerprint)) throw lostKey("the request");
  const ids = customerHashes.map((customerHash) => ({ customerHash, keyFingerprint }));
  return [...(await renumber(ids, chain)).values()];
}
