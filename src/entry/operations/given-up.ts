import { InfinityError } from "#core/errors.ts";
import { recordDead } from "#pipeline/run-batches.ts";
import type { Parts } from "../home/open-home.ts";
import { counted } from "../words.ts";

type Queues = Pick<Parts, "transformQueue" | "loadQueue">;

/** How many batches were given up and lie in the dead letters. */
export async function countGivenUp({ transformQueue, loadQueue }: Queues): Promise<number> {
  const [transform, load] = await Promise.all([transformQueue.depth(), loadQueue.depth()]);
  return transform.dead + load.dead;
}

/**
 * Tells the runs of dead letters that they have batches less to do. Whoever gives a batch up says so itself; but one that was
 * handed out too often is put away by its queue, and nobody hears of it.
 *
 * @returns how many batches lie in the dead letters
 */
export async function recordGivenUp(parts: Queues & Pick<Parts, "warehouse">): Promise<number> {
  const given = await countGivenUp(parts);
  if (given === 0) return 0;
  const letters = [...(await parts.transformQueue.deadLetters()), ...(await parts.loadQueue.deadLetters())];
  for (const { body } of letters) if (body !== undefined) await recordDead(parts.warehouse, body);
  return given;
}

/** Says at the end of a run that batches wait for somebody, whichever run gave them up. */
export async function tellGivenUp(
  parts: Queues & Pick<Parts, "warehouse">,
  onProblem: (problem: InfinityError) => void,
): Promise<void> {
  try {
    const given = await recordGivenUp(parts);
    if (given > 0) onProblem(givenUp(given));
  } catch (error) {
    // The run is over, and stays as it ended.
    if (!(error instanceof InfinityError)) throw error;
    onProblem(error);
  }
}

function givenUp(batches: number): InfinityError {
  return new InfinityError(
    `${counted(batches, "batch was", "batches were")} given up, by this run or an earlier one.`,
    `Once what stopped ${batches === 1 ? "it" : "them"} is mended, \`infinity redrive\` puts ${batches === 1 ? "it" : "them"} back for the next run.`,
  );
}
