import type { Warehouse } from "#core/ports/warehouse.ts";

/** A warehouse that is opened by the first question, and looked for again by the next where it could not be. */
export function lateWarehouse(open: () => Promise<Warehouse>): Warehouse {
  let opening: Promise<Warehouse> | undefined;
  const there = () => {
    opening ??= open();
    opening.catch(() => {
      opening = undefined;
    });
    return opening;
  };
  return {
    migrate: async () => (await there()).migrate(),
    transact: async (...asked) => (await there()).transact(...asked),
    query: async (...asked) => (await there()).query(...asked),
    queryMany: async (...asked) => (await there()).queryMany(...asked),
    select: async (...asked) => (await there()).select(...asked),
    unload: async (...asked) => (await there()).unload(...asked),
    async close() {
      const opened = await opening?.catch(() => undefined);
      await opened?.close();
    },
  };
}
