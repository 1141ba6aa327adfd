import type { Statement } from "#core/ports/warehouse.ts";

/** Bound values of one statement: far below what any of the warehouses takes. */
const atOnce = 500;

/**
 * The statements that make the temporary table `suppressed_customers`, which the load's own statements ask. Bound values in
 * plain inserts: a list has no other way into all three warehouses.
 */
export function suppressedCustomers(customerHashes: readonly bigint[]): Statement[] {
  const statements: Statement[] = [{ sql: "create temp table suppressed_customers (customer_hash bigint not null)" }];
  for (let start = 0; start < customerHashes.length; start += atOnce) {
    const some = customerHashes.slice(start, start + atOnce);
    statements.push({
      sql: `insert into suppressed_customers (customer_hash) values ${some.map((_, index) => `($hash_${index})`).join(", ")}`,
      params: Object.fromEntries(some.map((hash, index) => [`hash_${index}`, hash])),
    });
  }
  return statements;
}
