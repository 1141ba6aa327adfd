import type { Queue } from "#core/ports/queue.ts";
import { recordRedriven } from "#pipeline/run-batches.ts";
import type { Parts } from "../home/open-home.ts";

/** How many dead letters were put back, of each queue. */
export interface Redriven {
  transform: number;
  load: number;
}

/**
 * Puts every dead letter back into its queue as a new message, once what killed it is mended. Doing it again, or loading a batch
 * that was loaded meanwhile, changes nothing.
 */
export async function redrive({
  transformQueue,
  loadQueue,
  warehouse,
}: Pick<Parts, "transformQueue" | "loadQueue" | "warehouse">): Promise<Redriven> {
  return {
    transform: await redriveOne(transformQueue, (messages) => recordRedriven(warehouse, messages)),
    load: await redriveOne(loadQueue, (messages) => recordRedriven(warehouse, messages)),
  };
}

async function redriveOne<Body>(queue: Queue<Body>, record: (bodies: Body[]) => Promise<void>): Promise<number> {
  // Told first: were the messages back before their runs know, a run could close without them.
  await record((await queue.deadLetters()).flatMap(({ body }) => (body === undefined ? [] : [body])));
  return await queue.redrive();
}
