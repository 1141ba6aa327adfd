import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { z } from "zod";
import { openCafeFile } from "#adapters/cafe-registry/file.ts";
import { openKeys } from "#adapters/keys/folder.ts";
import { openSqliteQueue } from "#adapters/queue/sqlite.ts";
import { openFolder } from "#adapters/storage/folder.ts";
import { openSqliteSuppression } from "#adapters/suppression/sqlite.ts";
import { openDuckdb } from "#adapters/warehouse/duckdb.ts";
import { cafeBook } from "#core/cafes/cafe-book.ts";
import { type LoadMessage, loadMessage, type TransformMessage, transformMessage } from "#core/messages.ts";
import type { Keys } from "#core/ports/keys.ts";
import type { Queue } from "#core/ports/queue.ts";
import type { Row, Warehouse } from "#core/ports/warehouse.ts";
import type { RunSummary } from "#core/run-summary.ts";
import { builtInFormats, type KnownFormat } from "#feed/formats/read-formats.ts";
import { applyRegistry } from "#pipeline/load/apply-registry.ts";
import { auditWarehouse } from "#pipeline/load/audit.ts";
import { ensureCalendar } from "#pipeline/load/calendar.ts";
import { digestSql, digestTables } from "#pipeline/load/digest.ts";
import { type PipelineContext, type RunRequest, runPipeline } from "#pipeline/run.ts";
import { type TransformContext, transformBatch } from "#pipeline/transform/transform-batch.ts";
import { transformVersion } from "#pipeline/transform/transform-version.ts";

/** Everything embedded, in folders of its own and in this process: real parts, but no child processes. */
export interface Tracker {
  readonly folder: string;
  readonly warehouse: Warehouse;
  readonly transformQueue: Queue<TransformMessage>;
  readonly loadQueue: Queue<LoadMessage>;
  readonly context: PipelineContext;
  readonly transformContext: TransformContext;
  /** Writes a till file as if a till had just left it. */
  deliver(key: string, content: string | Buffer): Promise<void>;
  /** The same bytes with a new time. */
  touch(key: string): Promise<void>;
  /** Runs the pipeline; `changes` replace parts of its context. */
  run(changes?: Partial<PipelineContext>, request?: Partial<RunRequest>): Promise<RunSummary>;
  /** Writes the registry of cafés, as a person edits it; the warehouse takes it in with the next run, or at once. */
  writeBook(book: z.input<typeof cafeBook>): Promise<void>;
  applyBook(): Promise<boolean>;
  /** What every command does before anything else, since the process before it may have died. */
  recover(): Promise<void>;
  query<R extends object = Row>(sql: string): Promise<R[]>;
  /** The current files in order of key, as `key: status, counted receipts, pence counted`, and what took their place. */
  standing(): Promise<string[]>;
  /** The names of the audits that fail; none when the warehouse is sound. */
  audit(): Promise<string[]>;
  /** What every table says, in a form that can be compared. */
  digest(): Promise<Record<string, string>>;
  /** What one table says, row by row in a settled order: where digests differ, this shows how. */
  contents(table: string): Promise<string[]>;
  close(): Promise<void>;
}

interface TrackerOptions {
  keys?: Keys;
  /** The till formats that are known; those that come with the tracker when not given. */
  formats?: readonly KnownFormat[];
  dayStartsAt?: string;
  batchFiles?: number;
  maxReceives?: number;
  /** Another warehouse than a DuckDB file of its own: one with its tables and calendar, and nothing else in it. */
  warehouse?: Warehouse;
}

/** A tracker's clock starts here and moves a minute with every delivery and run. */
const start = Date.parse("2026-03-10T06:00:00Z");
const minute = 60_000;

/** A warehouse with its tables and calendar and nothing else, made once: copying it is faster than making another. */
let emptyWarehouse: Promise<Buffer> | undefined;

async function makeEmptyWarehouse(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "empty-warehouse-"));
  const path = join(folder, "warehouse.duckdb");
  const warehouse = await openWarehouse(path, []);
  await warehouse.migrate();
  await ensureCalendar(warehouse);
  await warehouse.close();
  const bytes = await readFile(path);
  await rm(folder, { recursive: true });
  return bytes;
}

async function openEmptyWarehouse(path: string, readable: readonly string[]): Promise<Warehouse> {
  emptyWarehouse ??= makeEmptyWarehouse();
  await writeFile(path, await emptyWarehouse);
  return await openWarehouse(path, readable);
}

function openWarehouse(path: string, readableFolders: readonly string[]): Promise<Warehouse> {
  return openDuckdb({ path, readableFolders, memoryMegabytes: 256, threads: 1 });
}

/** Opens an empty tracker in a temporary folder. */
export async function openTracker(options: TrackerOptions = {}): Promise<Tracker> {
  const folder = await mkdtemp(join(tmpdir(), "tracker-"));
  const [sourceFolder, cleanFolder] = [join(folder, "source"), join(folder, "clean")];
  await mkdir(sourceFolder);
  await mkdir(cleanFolder);
  const source = openFolder(sourceFolder);
  const clean = openFolder(cleanFolder);
  const maxReceives = options.maxReceives ?? 3;
  const queue = { path: join(folder, "queue.sqlite"), visibilityMs: 1000 * minute, maxReceives };
  const transformQueue = openSqliteQueue({ ...queue, name: "transform", body: transformMessage });
  const loadQueue = openSqliteQueue({ ...queue, name: "load", body: loadMessage });
  const warehouse =
    options.warehouse ??
    (await openEmptyWarehouse(join(folder, "warehouse.duckdb"), [cleanFolder, join(folder, "scratch")]));

  let clock = start;
  const tick = () => {
    clock += minute;
    return new Date(clock);
  };
  const keys = options.keys ?? openKeys(folder);
  await keys.extend("customers", 1);
  const suppressed = openSqliteSuppression({ path: join(folder, "suppression.sqlite") });
  const transformContext: TransformContext = {
    source,
    clean,
    keys,
    suppressed,
    formats: options.formats ?? builtInFormats(),
    dayStartsAt: options.dayStartsAt ?? "00:00",
    largestFile: 1024 * 1024,
    now: () => new Date(clock),
  };
  const context: PipelineContext = {
    source,
    clean,
    keys,
    suppressed,
    warehouse,
    registry: openCafeFile(folder),
    transformQueue,
    loadQueue,
    transform: (message) => transformBatch(message, transformContext),
    transformers: 1,
    transformVersion: async () => transformVersion(transformContext.formats, transformContext.dayStartsAt),
    limits: { files: options.batchFiles ?? 100, bytes: 64 * 1024 * 1024 },
    settleMs: 0,
    maxReceives,
    retryMs: 500,
    unforeseen: "throw",
    patienceMs: 0,
    runDeadlineMs: 6 * 60 * minute,
    rawRetentionDays: undefined,
    now: () => new Date(clock),
  };
  const stamp = (key: string) => {
    const at = tick();
    return utimes(join(sourceFolder, key), at, at);
  };
  return {
    folder,
    warehouse,
    transformQueue,
    loadQueue,
    context,
    transformContext,
    async deliver(key, content) {
      const path = join(sourceFolder, key);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      await stamp(key);
    },
    touch: stamp,
    async run(changes = {}, request = {}) {
      tick();
      return runPipeline({ ...context, ...changes }, { trigger: "command", ...request });
    },
    async writeBook(book) {
      await context.registry.replace(cafeBook.parse(book), (await context.registry.read()).version);
    },
    applyBook: async () => (await applyRegistry(context)) !== undefined,
    async recover() {
      await clean.clearScratch();
      await transformQueue.releaseInFlight();
      await loadQueue.releaseInFlight();
    },
    query: (sql) => warehouse.query(sql),
    async standing() {
      const files = await warehouse.query<{
        key: string;
        status: string;
        n: number;
        pence: number;
        other: string | null;
      }>(
        `select files.key, files.status, others.key as other,
           (select count(*) from transactions where transactions.file_id = files.file_id) as n,
           (select coalesce(sum(total_pence), 0) from transactions where transactions.file_id = files.file_id) as pence
         from files
         left join files as others on others.file_id = files.superseded_by
         where files.is_current or files.file_id in (select max(file_id) from files group by key)
         order by files.key, files.file_id`,
      );
      return files.map(
        ({ key, status, n, pence, other }) => `${key}: ${status}, ${n}, ${pence}${other ? `, by ${other}` : ""}`,
      );
    },
    async audit() {
      const failed = await auditWarehouse(warehouse);
      return failed.map(({ name, rows }) => `${name}: ${JSON.stringify(rows[0])}`);
    },
    async digest() {
      const digests = await digestTables(warehouse);
      return Object.fromEntries(digests.map(({ table, rows, digest }) => [table, `${rows} ${digest}`]));
    },
    async contents(table) {
      const rows = await warehouse.query(digestSql(table));
      return rows.map((row) => JSON.stringify(Object.values(row))).sort();
    },
    async close() {
      await transformQueue.close();
      await loadQueue.close();
      await suppressed.close();
      await warehouse.close();
      await rm(folder, { recursive: true });
    },
  };
}
