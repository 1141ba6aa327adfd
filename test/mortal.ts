import type { Queue } from "#core/ports/queue.ts";
import type { Storage } from "#core/ports/storage.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import type { PipelineContext } from "#pipeline/run.ts";
import { type TransformContext, transformBatch } from "#pipeline/transform/transform-batch.ts";

/** A process that dies: thrown by the step it dies at and by everything it would have done after. */
export class Death extends Error {}

/**
 * The parts of a pipeline whose process dies right after the step with this number took effect; with 0, before the first.
 * Steps are the calls that change something outside the process. Dying before a step is dying after the one before it.
 */
export function mortal(context: PipelineContext, transformContext: TransformContext, diesAfter: number) {
  let steps = 0;
  let dead = false;
  const alive = () => {
    if (dead || diesAfter === 0) throw new Death("This process is dead.");
  };
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    alive();
    const result = await work();
    steps += 1;
    if (steps === diesAfter) dead = true;
    alive();
    return result;
  };
  const look = async <T>(work: () => Promise<T>): Promise<T> => {
    alive();
    return work();
  };
  const mortalStorage = (storage: Storage): Storage => ({
    url: storage.url,
    list: () => look(() => storage.list()),
    stat: (key) => look(() => storage.stat(key)),
    read: (key) => look(() => storage.read(key)),
    localise: (key) => look(() => storage.localise(key)),
    scratch: () => look(() => storage.scratch()),
    // Of a batch's many tables the first will do for "half written".
    adopt: (key, path) =>
      (/\/(files\.parquet|manifest\.json)$/.test(key) ? step : look)(() => storage.adopt(key, path)),
    remove: (key) => step(() => storage.remove(key)),
  });
  const mortalQueue = <Body>(queue: Queue<Body>): Queue<Body> => ({
    name: queue.name,
    send: (bodies) => step(() => queue.send(bodies)),
    receive: async (max) => {
      alive();
      const deliveries = await queue.receive(max);
      // A look at an empty queue changes nothing.
      return deliveries.length === 0 ? deliveries : step(async () => deliveries);
    },
    acknowledge: (receipt) => step(() => queue.acknowledge(receipt)),
    giveBack: (receipt, delayMs) => step(() => queue.giveBack(receipt, delayMs)),
    bury: (receipt, reason) => step(() => queue.bury(receipt, reason)),
    depth: () => look(() => queue.depth()),
    deadLetters: () => look(() => queue.deadLetters()),
    redrive: () => step(() => queue.redrive()),
    close: async () => undefined,
  });
  const warehouse: Warehouse = {
    migrate: () => look(() => context.warehouse.migrate()),
    transact: (statements, staged) => step(() => context.warehouse.transact(statements, staged)),
    query: (sql, params) => look(() => context.warehouse.query(sql, params)),
    queryMany: (sql, params) => look(() => context.warehouse.queryMany(sql, params)),
    select: (sql) => look(() => context.warehouse.select(sql)),
    unload: (select, path) => look(() => context.warehouse.unload(select, path)),
    close: async () => undefined,
  };
  const [source, clean] = [mortalStorage(context.source), mortalStorage(context.clean)];
  const changes: Partial<PipelineContext> = {
    source,
    clean,
    warehouse,
    transformQueue: mortalQueue(context.transformQueue),
    loadQueue: mortalQueue(context.loadQueue),
    transform: (message) => transformBatch(message, { ...transformContext, source, clean }),
  };
  return { changes, steps: () => steps };
}
