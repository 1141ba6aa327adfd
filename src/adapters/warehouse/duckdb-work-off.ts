import { setImmediate as turn } from "node:timers/promises";
import { type DuckDBConnection, DuckDBPendingResultState } from "@duckdb/node-api";
import type { Statement } from "#core/ports/warehouse.ts";
import { boundStatement } from "./duckdb-values.ts";

/** How long a statement is waited for without sleeping: most are through by then, and a sleep takes longer than they do. */
const wakefulMs = 1.5;

/**
 * How long it sleeps at a time. A timer sleeps for more than a millisecond, by when other threads have long been through with what there
 * was to do: a month's load took a fifteenth longer with one.
 */
const napMs = 0.3;
const nobodyWakes = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/**
 * Runs a statement, and sleeps while the engine's other threads finish it. The engine itself does not: whoever waits for a statement
 * asks it in a tight loop (duckdb issue 22178), which took a fifth of a load's processor time, much of it from the transforms beside
 * it. This thread works along, a few milliseconds at a time, and lets others have their turn in between.
 */
export async function workOff(connection: DuckDBConnection, sql: string, params: Statement["params"]): Promise<void> {
  const { text, values, types } = boundStatement(sql, params);
  const pending = await connection.start(text, values, types);
  const sleepFrom = performance.now() + wakefulMs;
  for (;;) {
    const state = pending.runTask();
    if (state === DuckDBPendingResultState.RESULT_READY) break;
    const isOthers = state === DuckDBPendingResultState.NO_TASKS_AVAILABLE;
    if (isOthers && performance.now() > sleepFrom) Atomics.wait(nobodyWakes, 0, 0, napMs);
    await turn();
  }
  await pending.getResult();
}
