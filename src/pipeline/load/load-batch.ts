import { type BatchManifest, batchTableKey, batchTables, manifestKey, parseManifest } from "#core/batch.ts";
import { InfinityError, TerminalError } from "#core/errors.ts";
import type { LoadMessage } from "#core/messages.ts";
import type { CafeRegistry } from "#core/ports/cafe-registry.ts";
import type { Storage } from "#core/ports/storage.ts";
import type { SuppressionList } from "#core/ports/suppression-list.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";
import { ensureCalendar } from "./calendar.ts";
import { loadStatements } from "./load-statements.ts";
import { type NumberedCafe, registryStatements } from "./registry-statements.ts";
import { suppressedCustomers } from "./suppressed-customers.ts";

export interface LoadContext {
  warehouse: Warehouse;
  clean: Storage;
  /** Who is never to become a customer again. */
  suppressed: Pick<SuppressionList, "all">;
  registry: CafeRegistry;
  /** The run that loads, which may be another than the one that found the files. */
  runId: string;
  /** Cafés that keep the number they had in the warehouse that this one takes the place of. */
  keptCafes?: readonly NumberedCafe[];
  now(): Date;
}

/**
 * Loads one batch of the clean store: takes in the registry of cafés, replaces what each of the batch's files contributed
 * before, settles which deliveries of a day count, refreshes the roll-ups of the days it touches, checks itself and writes
 * the ledger, in one transaction. The ledger decides what is new, so loading a batch twice, late or out of order changes
 * nothing.
 *
 * @returns the batch's manifest
 * @throws TerminalError when the batch is not in the clean store; SettingError when the registry does not make sense
 */
export async function loadBatch(message: LoadMessage, context: LoadContext): Promise<BatchManifest> {
  const { clean, warehouse, registry } = context;
  const manifest = await readManifest(message, clean);
  const reading = await registry.read();
  const staged = await Promise.all(
    batchTables.map(async (table) => ({
      table: `incoming_${table}`,
      ...(await clean.localise(batchTableKey(message.prefix, table))),
    })),
  );
  try {
    const params = {
      source_url: message.sourceUrl,
      transform_version: manifest.transformVersion,
      loaded_at: context.now(),
      run_id: context.runId,
    };
    const forgotten = (await context.suppressed.all()).map(({ customerHash }) => customerHash);
    // With its rows comes the word that the batch is through: a run is not held open by a load that is in. It is a batch of the
    // run that loaded it from then on, as its files are: what a run is said to have brought and its batches never differ.
    const through = {
      sql: `update run_batches
            set state = 'loaded', run_id = $run_id, files_waiting = cast($waiting as integer)
            where batch_id = $batch_id`,
      params: { batch_id: message.batchId, run_id: context.runId, waiting: manifest.waiting.length },
    };
    await warehouse.transact(
      [...suppressedCustomers(forgotten), ...loadStatements(reading, params, context.keptCafes), through],
      staged,
    );
  } finally {
    for (const { release } of staged) await release();
  }
  return manifest;
}

/**
 * Does before the first load, while nothing else is to be done, what a load needs: fills the calendar of a new warehouse, and looks the
 * registry's cafés up, which takes the first time as long as a dozen statements. What is amiss with them the load itself will say.
 */
export async function prepareLoad({ warehouse, registry }: Pick<LoadContext, "warehouse" | "registry">): Promise<void> {
  await ensureCalendar(warehouse);
  try {
    registryStatements(await registry.read());
  } catch (error) {
    if (!(error instanceof InfinityError)) throw error;
  }
}

async function readManifest({ prefix }: LoadMessage, clean: Storage): Promise<BatchManifest> {
  if ((await clean.stat(manifestKey(prefix))) === undefined) {
    throw new TerminalError(
      `The batch ${prefix} is not in the clean store.`,
      "Run again: its files are still in the raw store, and the next run finds them.",
    );
  }
  return parseManifest(prefix, await clean.read(manifestKey(prefix)));
}
