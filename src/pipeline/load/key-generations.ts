import type { StagedTable, Warehouse } from "#core/ports/warehouse.ts";

/** The chain of keys that a warehouse's customers are numbered with. */
export interface KeyGeneration {
  /** How many keys it has. */
  generation: number;
  fingerprint: string;
}

/** The chain in force; undefined for a warehouse that nothing was loaded into yet. */
export async function keyGenerationInForce(warehouse: Pick<Warehouse, "query">): Promise<KeyGeneration | undefined> {
  const [inForce] = await warehouse.query<KeyGeneration>(
    "select generation, fingerprint from key_generations order by generation desc limit 1",
  );
  return inForce;
}

/**
 * Puts a chain in force, in one transaction with the new ids of all customers.
 *
 * @param renumbered old_hash and customer_hash of every customer; undefined where none has an id yet
 */
export async function putInForce(
  warehouse: Warehouse,
  { generation, fingerprint }: KeyGeneration,
  at: Date,
  renumbered?: Omit<StagedTable, "table">,
): Promise<void> {
  const renumber = `update customers
    set customer_hash = renumbered_customers.customer_hash
    from renumbered_customers
    where renumbered_customers.old_hash = customers.customer_hash`;
  await warehouse.transact(
    [
      ...(renumbered ? [{ sql: renumber }] : []),
      {
        // Runs that begin at the same moment put the same chain in force, once.
        sql: `insert into key_generations (generation, fingerprint, since)
              select cast($generation as smallint), cast($fingerprint as varchar(32)), cast($since as timestamp)
              where not exists (select 1 from key_generations where generation = cast($generation as smallint))`,
        params: { generation, fingerprint, since: at },
      },
    ],
    renumbered ? [{ table: "renumbered_customers", ...renumbered }] : [],
  );
}

/** The ids of all customers, in parts: there may be millions. */
export async function allCustomerHashes(warehouse: Pick<Warehouse, "query">): Promise<bigint[]> {
  const hashes: bigint[] = [];
  for (let after = 0; ; after += idsAtOnce) {
    const rows = await warehouse.query<{ hash: string }>(
      `select cast(customer_hash as varchar) as hash
       from customers
       where customer_id > $after and customer_id <= $until`,
      { after, until: after + idsAtOnce },
    );
    for (const { hash } of rows) hashes.push(BigInt(hash));
    const [rest] = await warehouse.query<{ customers: number }>(
      "select count(*) as customers from customers where customer_id > $until",
      { until: after + idsAtOnce },
    );
    if (!rest?.customers) return hashes;
  }
}

const idsAtOnce = 200_000;
