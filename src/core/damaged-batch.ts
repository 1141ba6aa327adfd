import { TerminalError } from "./errors.ts";

/**
 * A file of a batch of the clean store that is gone, or that nobody can read any more.
 *
 * @param prefix the batch's folder in the clean store
 * @param key the file's
 */
export function damagedBatch(prefix: string, key: string): TerminalError {
  return new TerminalError(
    `The file ${key} of the clean store is damaged or gone.`,
    `Put ${prefix} back from a backup of the clean store. If there is none, remove ${prefix}: ` +
      "`npx infinity rebuild` then says which till files it held, and `npx infinity replay` reads those that the raw store still has.",
  );
}
