import type { RunSummary } from "#core/run-summary.ts";
import type { ForgetOrder } from "#pipeline/forget.ts";
import { auditWarehouse } from "#pipeline/load/audit.ts";
import { digestTables } from "#pipeline/load/digest.ts";
import { rotateKeys } from "#pipeline/rotate-keys.ts";
import type { RunTrigger } from "#pipeline/run-ledger.ts";
import type { Home } from "../home/open-home.ts";
import type { CafeChange } from "./cafe-changes.ts";
import { changeCafes } from "./change-cafes.ts";
import { forgetCustomer, removeOldWarehouse } from "./forget-customer.ts";
import { listCafes } from "./list-cafes.ts";
import type { Operations, RunOrder, RunWatcher } from "./operations.ts";
import { purgeSource } from "./purge-source.ts";
import { readIdentification } from "./read-identification.ts";
import type { MetricOrder } from "./read-metric.ts";
import { readQuarantine } from "./read-quarantine.ts";
import { readRuns } from "./read-runs.ts";
import { readStatus } from "./read-status.ts";
import { redrive } from "./redrive.ts";
import { runOnce } from "./run-once.ts";
import { traceDay } from "./trace-day.ts";

/** The operations on a home that this process owns. What writes to the warehouse waits for each other: never two at once. */
export class OwnOperations implements Operations {
  readonly #home: Home;
  readonly #afterWrite: () => void;
  #lastWrite: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** @param afterWrite called when something was written or was to be, whatever became of it */
  constructor(home: Home, afterWrite: () => void = () => undefined) {
    this.#home = home;
    this.#afterWrite = afterWrite;
  }

  /** A run is under way, or waits for one that is. */
  get running(): boolean {
    return this.#waiting > 0;
  }

  async run(order: RunOrder, watcher: RunWatcher, trigger: RunTrigger = "command"): Promise<RunSummary> {
    this.#waiting += 1;
    const own = async () => {
      try {
        return await this.#run(order, watcher, trigger);
      } finally {
        this.#waiting -= 1;
      }
    };
    return await this.#inTurn(own);
  }

  /** Settles when nothing is being written. */
  async settled(): Promise<void> {
    for (let last: unknown; last !== this.#lastWrite; ) {
      last = this.#lastWrite;
      await last;
    }
  }

  async select(sql: string) {
    return await this.#home.warehouse.select(sql);
  }

  async status() {
    return await readStatus(this.#home);
  }

  async runs(limit: number) {
    return await readRuns(this.#home, limit);
  }

  async redrive() {
    return await this.#inTurn(() => redrive(this.#home));
  }

  async quarantine() {
    return await readQuarantine(this.#home);
  }

  async why(cafe: string, date: string) {
    return await traceDay(this.#home, cafe, date);
  }

  async metric(order: MetricOrder) {
    // Read only when it is asked for: other commands begin without every metric and the API's contract.
    const { readMetric } = await import("./read-metric.ts");
    return await readMetric(this.#home, order);
  }

  async audit() {
    return await auditWarehouse(this.#home.warehouse);
  }

  async digest() {
    return await digestTables(this.#home.warehouse);
  }

  async identification() {
    return await this.#inTurn(() => readIdentification(this.#home));
  }

  async forget(order: ForgetOrder) {
    return await this.#inTurn(() => forgetCustomer(this.#home, order));
  }

  async rotateKeys() {
    return await this.#inTurn(async () => {
      const rotation = await rotateKeys({ ...this.#home, now: () => new Date() });
      removeOldWarehouse(this.#home);
      return rotation;
    });
  }

  async purge(dryRun: boolean) {
    return await this.#inTurn(() => purgeSource(this.#home, dryRun));
  }

  async cafes() {
    return await listCafes(this.#home);
  }

  async changeCafes(change: CafeChange) {
    return await this.#inTurn(() => changeCafes(this.#home, change));
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const own = this.#lastWrite.then(work).finally(() => this.#afterWrite());
    // What comes next waits for this one, whatever became of it.
    this.#lastWrite = own.catch(() => undefined);
    return own;
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
