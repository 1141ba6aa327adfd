import { openDuckdb } from "#adapters/warehouse/duckdb.ts";
import { DamagedWarehouseError } from "#core/errors.ts";
import type { Storage } from "#core/ports/storage.ts";
import type { Row, SqlValue, Warehouse } from "#core/ports/warehouse.ts";
import { schemaVersion } from "#core/warehouse/schema-version.ts";
import { NoDataError } from "#metrics/errors.ts";
import { readPointer, UnusableSnapshotError } from "./pointer.ts";

interface SnapshotOptions {
  snapshots: Storage;
  memoryMegabytes: number;
  /** The newest snapshot is asked for at most this often, in milliseconds. */
  lookEveryMs: number;
  /** Told why a newer snapshot cannot be had, while questions are answered from the one before. */
  onProblem?: (error: unknown) => void;
  now?: () => number;
}

interface Opened {
  readonly key: string;
  readonly warehouse: Warehouse;
  close(): Promise<void>;
}

/**
 * The newest snapshot, as what answers questions. Whoever asks after another was published is answered from that; questions
 * that were under way are answered from the one they began with.
 */
export class SnapshotWarehouse implements Pick<Warehouse, "query"> {
  readonly #options: SnapshotOptions;
  #opened: Opened | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | undefined;

  constructor(options: SnapshotOptions) {
    this.#options = options;
  }

  /** @throws NoDataError before the first snapshot; UnusableSnapshotError where it can be read no more, and there is no other */
  async query<R extends object = Row>(sql: string, params?: Readonly<Record<string, SqlValue>>): Promise<R[]> {
    const { lookEveryMs, now = Date.now } = this.#options;
    if (now() - this.#lookedAt >= lookEveryMs) {
      this.#looking ??= this.#lookAgain().finally(() => {
        this.#looking = undefined;
      });
      await this.#looking;
    }
    const opened = this.#opened;
    if (!opened) throw new NoDataError("Nothing has been published yet.");
    try {
      return await opened.warehouse.query<R>(sql, params);
    } catch (error) {
      if (!(error instanceof DamagedWarehouseError)) throw error;
      // It may be the copy alone that is damaged: whoever asks next has it fetched again.
      if (this.#opened === opened) {
        this.#lookedAt = Number.NEGATIVE_INFINITY;
        await this.close();
      }
      throw this.#damaged(opened.key, error);
    }
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    await opened?.close();
  }

  /** What cannot be had now is no reason not to answer from what is there. */
  async #lookAgain(): Promise<void> {
    const { onProblem, now = Date.now } = this.#options;
    try {
      await this.#look();
    } catch (error) {
      if (!this.#opened) throw error;
      onProblem?.(error);
    }
    this.#lookedAt = now();
  }

  async #look(): Promise<void> {
    const { snapshots, memoryMegabytes } = this.#options;
    const newest = await readPointer(snapshots);
    if (newest && newest.key !== this.#opened?.key) {
      if (newest.tables !== schemaVersion) {
        throw new UnusableSnapshotError(
          `The snapshot ${newest.key} of ${snapshots.url} is of another version of the tracker, whose tables are not the same.`,
        );
      }
      const { path, release } = await snapshots.localise(newest.key);
      const warehouse = await openDuckdb({ path, readableFolders: [], memoryMegabytes }).catch(
        async (error: unknown) => {
          await release();
          throw error instanceof DamagedWarehouseError ? this.#damaged(newest.key, error) : error;
        },
      );
      const old = this.#opened;
      this.#opened = {
        key: newest.key,
        warehouse,
        close: async () => {
          await warehouse.close();
          await release();
        },
      };
      // Closing waits for whoever is still reading.
      old?.close().catch(() => undefined);
    }
  }

  #damaged(key: string, cause: unknown): UnusableSnapshotError {
    return new UnusableSnapshotError(`The snapshot ${key} of ${this.#options.snapshots.url} is damaged.`, { cause });
  }
}
