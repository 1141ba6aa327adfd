import { agreeOnKeys, type CustomersContext } from "./agree-on-keys.ts";

/** What a rotation did. */
export interface Rotation {
  /** How many keys the chain has now. */
  generation: number;
  /** Customers who have a new id. */
  customers: number;
  /** True when this finished a rotation that had been cut off, and began no other. */
  finishedEarlier: boolean;
}

/**
 * Gives every customer a new id under one more key: in the clean store, on the suppression list and in the warehouse. Visits
 * stay with their customer and the forgotten stay forgotten. Killed anywhere and run again, it finishes what it began: the new
 * key comes first, and a key that the warehouse is not numbered with yet is the journal ({@link agreeOnKeys}).
 *
 * The key of content hashes stays. A hash of a whole day's file cannot be guessed the way a card number can, so there is
 * nothing to gain; and it would rename every batch of the clean store.
 *
 * @throws SettingError when a key or the suppression list was lost
 */
export async function rotateKeys(context: CustomersContext): Promise<Rotation> {
  const before = await agreeOnKeys(context);
  let { generation } = before;
  if (!before.caughtUp) {
    await context.keys.extend("customers", generation + 1);
    ({ generation } = await agreeOnKeys(context));
  }
  const [counted] = await context.warehouse.query<{ customers: number }>("select count(*) as customers from customers");
  return { generation, customers: counted?.customers ?? 0, finishedEarlier: before.caughtUp };
}
