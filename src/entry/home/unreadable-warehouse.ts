import type { DamagedWarehouseError } from "#core/errors.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";

/** A warehouse that could not be opened, for whoever can do without it: whatever is asked of it says why. */
export function unreadableWarehouse(why: DamagedWarehouseError): Warehouse {
  const refuse = async (): Promise<never> => {
    throw why;
  };
  return {
    migrate: refuse,
    transact: refuse,
    query: refuse,
    queryMany: refuse,
    select: refuse,
    unload: refuse,
    close: async () => undefined,
  };
}
