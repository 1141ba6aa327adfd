import type { RunSummary } from "#core/run-summary.ts";
import type { ForgetOrder } from "#pipeline/forget.ts";
import { digestTables } from "#pipeline/load/digest.ts";
import { rotateKeys } from "#pipeline/rotate-keys.ts";
import type { RunTrigger } from "#pipeline/run-ledger.ts";
import type { Home } from "../home/open-home.ts";
import { forgetCustomer, removeOldWarehouse } from "./forget-customer.ts";
import type { Operations, RunOrder, RunWatcher } from "./operations.ts";
import { purgeSource } from "./purge-source.ts";
import { readIdentification } from "./read-identification.ts";
import { readQuarantine } from "./read-quarantine.ts";
import { readStatus } from "./read-status.ts";
import { runOnce } from "./run-once.ts";
import { traceDay } from "./trace-day.ts";

/** The operations on a home that this process owns. Runs and whatever else rewrites data wait for each other. */
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
    try {
      return await this.#alone(() => this.#run(order, watcher, trigger));
    } finally {
      this.#afterRun();
    }
  }

  /** Does work after all that was asked for before it, and before all that is asked for later. */
  async #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const before = this.#lastRun;
    this.#waiting += 1;
    const own = before.then(work).finally(() => {
      this.#waiting -= 1;
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

  async identification() {
    return await this.#alone(() => readIdentification(this.#home));
  }

  async forget(order: ForgetOrder) {
    return await this.#alone(() => forgetCustomer(this.#home, order));
  }

  async rotateKeys() {
    return await this.#alone(async () => {
      const rotation = await rotateKeys({ ...this.#home, now: () => new Date() });
      removeOldWarehouse(this.#home);
      return rotation;
    });
  }

  async purge(dryRun: boolean) {
    return await this.#alone(() => purgeSource(this.#home, dryRun));
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
