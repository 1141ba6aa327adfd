import type { RunSummary } from "#core/run-summary.ts";
import type { ForgetOrder } from "#pipeline/forget.ts";
import type { RunTrigger } from "#pipeline/run-ledger.ts";
import type { Home } from "../home/open-home.ts";
import type { CafeChange } from "./cafe-changes.ts";
import type { Operations, RunOrder, RunWatcher } from "./operations.ts";
import type { MetricOrder } from "./read-metric.ts";

/**
 * The operations on a home that this process owns. What writes to the warehouse waits for each other: never two at once.
 *
 * Each is read when it is first asked for: a command begins with its own modules alone.
 */
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
    const { readStatus } = await import("./read-status.ts");
    return await readStatus(this.#home, this.running);
  }

  async runs(limit: number) {
    const { readRuns } = await import("./read-runs.ts");
    return await readRuns(this.#home, limit, this.running);
  }

  async redrive() {
    return await this.#inTurn(async () => {
      const { redrive } = await import("./redrive.ts");
      return await redrive(this.#home);
    });
  }

  async quarantine() {
    const { readQuarantine } = await import("./read-quarantine.ts");
    return await readQuarantine(this.#home);
  }

  async why(cafe: string, date: string) {
    const { traceDay } = await import("./trace-day.ts");
    return await traceDay(this.#home, cafe, date);
  }

  async metric(order: MetricOrder) {
    const { readMetric } = await import("./read-metric.ts");
    return await readMetric(this.#home, order);
  }

  async audit() {
    const { auditWarehouse } = await import("#pipeline/load/audit.ts");
    return await auditWarehouse(this.#home.warehouse);
  }

  async digest() {
    const { digestTables } = await import("#pipeline/load/digest.ts");
    return await digestTables(this.#home.warehouse);
  }

  async identification() {
    return await this.#inTurn(async () => {
      const { readIdentification } = await import("./read-identification.ts");
      return await readIdentification(this.#home);
    });
  }

  async forget(order: ForgetOrder) {
    return await this.#inTurn(async () => {
      const { forgetCustomer } = await import("./forget-customer.ts");
      return await forgetCustomer(this.#home, order);
    });
  }

  async rotateKeys() {
    return await this.#inTurn(async () => {
      const { rotateKeys } = await import("#pipeline/rotate-keys.ts");
      const { removeOtherWarehouses } = await import("../home/warehouse-files.ts");
      const removeCopies = () => removeOtherWarehouses(this.#home.folder);
      return await rotateKeys({ ...this.#home, removeCopies, now: () => new Date() });
    });
  }

  async purge(dryRun: boolean) {
    return await this.#inTurn(async () => {
      const { purgeSource } = await import("./purge-source.ts");
      return await purgeSource(this.#home, dryRun);
    });
  }

  async cafes() {
    const { listCafes } = await import("./list-cafes.ts");
    return await listCafes(this.#home);
  }

  async changeCafes(change: CafeChange) {
    return await this.#inTurn(async () => {
      const { changeCafes } = await import("./change-cafes.ts");
      return await changeCafes(this.#home, change);
    });
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
    const { runOnce } = await import("./run-once.ts");
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
