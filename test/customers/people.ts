import type { Keys } from "#core/ports/keys.ts";
import { agreeOnKeys, type CustomersContext } from "#pipeline/agree-on-keys.ts";
import { forget } from "#pipeline/forget.ts";
import { identifyPerson, type WrittenPerson } from "#pipeline/transform/identify-person.ts";
import { Death } from "../mortal.ts";
import type { Tracker } from "../tracker.ts";

/** The ids that a person has now. */
export async function idsOf(context: CustomersContext, person: WrittenPerson): Promise<bigint[]> {
  return await identifyPerson(person, await context.keys.chain("customers"));
}

/** Forgets a person, as the command does. */
export async function forgetPerson(context: CustomersContext, person: WrittenPerson): Promise<number> {
  const { fingerprint } = await agreeOnKeys(context);
  return await forget(context, { customerHashes: await idsOf(context, person), keyFingerprint: fingerprint });
}

/** How often each customer was there, without saying who they are. */
export async function visits(tracker: Tracker): Promise<string[]> {
  const rows = await tracker.query<{ visits: number; cafes: number; basis: string; first: string; last: string }>(
    `select count(*) as visits, count(distinct transactions.location_id) as cafes, min(identity_basis) as basis,
       min(first_seen_on) as first, max(last_seen_on) as last
     from transactions
     join customers on customers.customer_id = transactions.customer_id
     group by transactions.customer_id`,
  );
  return rows.map((row) => Object.values(row).join(" ")).sort();
}

/** Every id that the batches of the clean store hold, with the name of the keys that made it. */
export async function idsInBatches(tracker: Tracker): Promise<{ id: bigint; keys: string }[]> {
  const rows = await tracker.query<{ hash: string; key_fingerprint: string }>(
    `select cast(customer_hash as varchar) as hash, key_fingerprint
     from read_parquet('${tracker.folder}/clean/batches/*/customers.parquet')`,
  );
  return rows.map((row) => ({ id: BigInt(row.hash), keys: row.key_fingerprint }));
}

/** Every id that the warehouse holds. */
export async function idsInWarehouse(tracker: Tracker): Promise<bigint[]> {
  const rows = await tracker.query<{ hash: string }>("select cast(customer_hash as varchar) as hash from customers");
  return rows.map(({ hash }) => BigInt(hash));
}

/** Keys that are the same in every test: the n-th is 32 bytes of n. They outlive a process, as files do. */
export function knownKeys(length = 1): Keys {
  let made = length;
  return {
    get: async () => Buffer.alloc(32, 1),
    chain: async () => Array.from({ length: made }, (_, index) => Buffer.alloc(32, index + 1)),
    extend: async (_, wanted) => {
      made = Math.max(made, wanted);
    },
  };
}

/** The same context in a process that dies right after the step with this number took effect; with 0, before the first. */
export function mortalCustomers(context: CustomersContext, diesAfter: number) {
  let steps = 0;
  const alive = () => {
    if (steps >= diesAfter) throw new Death("This process is dead.");
  };
  const mortal = <Part extends object>(part: Part, changing: readonly (keyof Part)[]): Part =>
    new Proxy(part, {
      get(target, name) {
        const member = Reflect.get(target, name) as unknown;
        if (typeof member !== "function") return member;
        return async (...words: unknown[]) => {
          alive();
          const result = await member.apply(target, words);
          if (changing.includes(name as keyof Part)) {
            steps += 1;
            alive();
          }
          return result;
        };
      },
    });
  return {
    context: {
      ...context,
      warehouse: mortal(context.warehouse, ["transact"]),
      clean: mortal(context.clean, ["adopt"]),
      keys: mortal(context.keys, ["extend"]),
      suppressed: mortal(context.suppressed, ["add", "settle", "renumber"]),
    } satisfies CustomersContext,
    steps: () => steps,
  };
}
