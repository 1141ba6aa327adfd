import type { Warehouse } from "#core/ports/warehouse.ts";
import { statementsIn } from "./load-statements.ts";
import { suppressedCustomers } from "./suppressed-customers.ts";

/**
 * Takes customers out of the warehouse, in one transaction. Doing it again changes nothing.
 *
 * @returns how many receipts no longer say who bought them, those that are kept but do not count among them
 */
export async function forgetCustomers(warehouse: Warehouse, customerHashes: readonly bigint[]): Promise<number> {
  const receipts = await countReceipts(warehouse, customerHashes);
  await warehouse.transact([
    ...suppressedCustomers(customerHashes),
    ...statementsIn("forget-customers"),
    ...statementsIn("50-roll-ups"),
    ...statementsIn("63-weekly-customers"),
    ...statementsIn("64-recounted-windows"),
    ...statementsIn("64-weekly-segments"),
    ...statementsIn("69-first-visits"),
    ...statementsIn("70-location-days"),
  ]);
  return receipts;
}

/** Those of the customers that the warehouse still has. */
export async function customersStillHere(
  warehouse: Pick<Warehouse, "query">,
  customerHashes: readonly bigint[],
): Promise<bigint[]> {
  const found = await inParts<{ hash: string }>(
    warehouse,
    customerHashes,
    (list) => `select distinct cast(customer_hash as varchar) as hash from customers where customer_hash in (${list})`,
  );
  return found.map(({ hash }) => BigInt(hash));
}

async function countReceipts(warehouse: Warehouse, customerHashes: readonly bigint[]): Promise<number> {
  const counts = await inParts<{ receipts: number }>(
    warehouse,
    customerHashes,
    (list) =>
      `with forgotten as (select customer_id from customers where customer_hash in (${list}))
       select
         (select count(*) from transactions where customer_id in (select customer_id from forgotten))
         + (select count(*) from held_transactions where customer_id in (select customer_id from forgotten)) as receipts`,
  );
  return counts.reduce((sum, { receipts }) => sum + receipts, 0);
}

async function inParts<R extends object>(
  warehouse: Pick<Warehouse, "query">,
  customerHashes: readonly bigint[],
  sqlFor: (list: string) => string,
): Promise<R[]> {
  const rows: R[] = [];
  for (let start = 0; start < customerHashes.length; start += 500) {
    const some = customerHashes.slice(start, start + 500);
    const params = Object.fromEntries(some.map((hash, index) => [`hash_${index}`, hash]));
    const list = Object.keys(params)
      .map((name) => `$${name}`)
      .join(", ");
    rows.push(...(await warehouse.query<R>(sqlFor(list), params)));
  }
  return rows;
}
