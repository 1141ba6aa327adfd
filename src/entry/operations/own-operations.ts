import type { RunSummary } from "#core/run-summary.ts";
import { digestTables } from "#pipeline/load/digest.ts";
import type { RunTrigger } from "#pipeline/run-ledger.ts";
import type { Home } from "../home/open-home.ts";
import type { Operations, RunOrder, RunWatcher } from "./operations.ts";
import { readQuarantine } from "./read-quarantine.ts";
import { readStatus } from "./read-status.ts";
import { runOnce } from "./run-once.ts";
import { traceDay } from "./trace-day.ts";

/** The operations on a home that this process owns. Runs wait for each other: never two at once. */
export class OwnOperations implements Operations {
  readonly #home: Home;
  readonly #afterRun: () => void;
  #lastRun: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** @param afterRun called when a run has ended, whatever became of it */
  constructor(home: Home, afterRun: () => void = () => undefined) {
    this.#home = home;
    this.#afterRun = afterRun;
  }

  /** A run is under way, or waits for one that is. */
  get running(): boolean {
    return this.#waiting > 0;
  }

  async run(order: RunOrder, watcher: RunWatcher, trigger: RunTrigger = "command"): Promise<RunSummary> {
    const before = this.#lastRun;
    this.#waiting += 1;
    const own = before
      .then(() => this.#run(order, watcher, trigger))
      .finally(() => {
        this.#waiting -= 1;
        this.#afterRun();
      });
    // What comes next waits for this one, whatever became of it.
    this.#lastRun = own.catch(() => undefined);
    return await own;
  }

  /** Settles when no run is under way. */
  async settled(): Promise<void> {
    while (this.running) await this.#lastRun;
  }

  async select(sql: string) {
    return await this.#home.warehouse.select(sql);
  }

  async status() {
    return await readStatus(this.#home);
  }

  async quarantine() {
    return await readQuarantine(this.#home);
  }

  async why(cafe: string, date: string) {
    return await traceDay(this.#home, cafe, date);
  }

  async digest() {
    return await digestTables(this.#home.warehouse);
  }

  async #run(
    { source, days, addSource, replay }: RunOrder,
    watcher: RunWatcher,
    trigger: RunTrigger,
  ): Promise<RunSummary> {
    const settings = source === undefined ? this.#home.settings : { ...this.#home.settings, source };
    return await runOnce(
      { ...this.#home, settings },
      {
        trigger,
        ...(days ? { days } : {}),
        ...(replay ? { replay } : {}),
        addSource: addSource ?? false,
        onProgress: (progress) => watcher.onProgress(progress),
        onProblem: (problem) => watcher.onProblem(problem),
      },
    );
  }
}
