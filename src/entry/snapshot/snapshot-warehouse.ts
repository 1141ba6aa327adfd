import { openDuckdb } from "#adapters/warehouse/duckdb.ts";
import type { Storage } from "#core/ports/storage.ts";
import type { Row, SqlValue, Warehouse } from "#core/ports/warehouse.ts";
import { NoDataError } from "#metrics/errors.ts";
import { readPointer } from "./pointer.ts";

interface SnapshotOptions {
  snapshots: Storage;
  memoryMegabytes: number;
  /** The newest snapshot is asked for at most this often, in milliseconds. */
  lookEveryMs: number;
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

  /** @throws NoDataError before the first snapshot */
  async query<R extends object = Row>(sql: string, params?: Readonly<Record<string, SqlValue>>): Promise<R[]> {
    const { lookEveryMs, now = Date.now } = this.#options;
    if (now() - this.#lookedAt >= lookEveryMs) {
      this.#looking ??= this.#look().finally(() => {
        this.#looking = undefined;
      });
      await this.#looking;
    }
    if (!this.#opened) throw new NoDataError("Nothing has been published yet.");
    return await this.#opened.warehouse.query<R>(sql, params);
  }

  async close(): Promise<void> {
    await this.#opened?.close();
    this.#opened = undefined;
  }

  async #look(): Promise<void> {
    const { snapshots, memoryMegabytes, now = Date.now } = this.#options;
    const newest = await readPointer(snapshots);
    if (newest && newest.key !== this.#opened?.key) {
      const { path, release } = await snapshots.localise(newest.key);
      const warehouse = await openDuckdb({ path, readableFolders: [], memoryMegabytes });
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
    this.#lookedAt = now();
  }
}
