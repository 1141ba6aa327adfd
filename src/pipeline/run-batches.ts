import type { LoadMessage, TransformMessage } from "#core/messages.ts";
import type { Statement, Warehouse } from "#core/ports/warehouse.ts";

/** What has become of a run's batches. */
export interface BatchCounts {
  /** The listing is done: every batch there will be, but for those that are split, is here. */
  listed: boolean;
  /** Files the listing found. */
  discovered: number;
  /** Files left for the next run: by the listing, or because they changed while they were read. */
  waiting: number;
  /** Batches that are not through yet. */
  open: number;
  /** Files in batches that are not through, or dead. */
  unfinished: number;
}

/** Enters what a run is to do, in one piece, before any of it is sent. */
export async function recordBatches(
  warehouse: Warehouse,
  runId: string,
  { discovered, waiting }: { discovered: number; waiting: number },
  messages: readonly TransformMessage[],
): Promise<void> {
  await warehouse.transact([
    entry({ batch_id: `${runId}-0`, run_id: runId, state: "listed", files: discovered, files_waiting: waiting }),
    ...messages.map((message) => queued(message)),
  ]);
}

/** A batch that failed goes on as two others; doing it again changes nothing. */
export async function recordSplit(
  warehouse: Warehouse,
  { batchId }: TransformMessage,
  parts: readonly TransformMessage[],
): Promise<void> {
  await warehouse.transact([
    { sql: "update run_batches set state = 'split' where batch_id = $batch_id", params: { batch_id: batchId } },
    ...parts.map((part) => queued(part)),
  ]);
}

/** A batch was given up; one that was loaded all the same stays loaded. */
export async function recordDead(warehouse: Warehouse, { batchId }: { batchId: string }): Promise<void> {
  await warehouse.transact([
    {
      sql: "update run_batches set state = 'dead' where batch_id = $batch_id and state = 'queued'",
      params: { batch_id: batchId },
    },
  ]);
}

/** Dead letters were put back: their runs have work to do again. */
export async function recordRedriven(
  warehouse: Warehouse,
  messages: readonly (TransformMessage | LoadMessage)[],
): Promise<void> {
  if (messages.length === 0) return;
  await warehouse.transact(
    messages.map(({ batchId }) => ({
      sql: "update run_batches set state = 'queued' where batch_id = $batch_id and state = 'dead'",
      params: { batch_id: batchId },
    })),
  );
}

/** Reads what has become of a run's batches. */
export async function readBatches(warehouse: Warehouse, runId: string): Promise<BatchCounts> {
  const [row] = await warehouse.query<
    Record<"listed" | "discovered" | "waiting" | "open_batches" | "unfinished", number>
  >(
    `select
       coalesce(sum(case when state = 'listed' then 1 else 0 end), 0) as listed,
       coalesce(sum(case when state = 'listed' then files else 0 end), 0) as discovered,
       coalesce(sum(case when state = 'listed' or state = 'loaded' then files_waiting else 0 end), 0) as waiting,
       coalesce(sum(case when state = 'queued' then 1 else 0 end), 0) as open_batches,
       coalesce(sum(case when state = 'queued' or state = 'dead' then files else 0 end), 0) as unfinished
     from run_batches
     where run_id = $run_id`,
    { run_id: runId },
  );
  const count = (name: keyof NonNullable<typeof row>) => Number(row?.[name] ?? 0);
  return {
    listed: count("listed") > 0,
    discovered: count("discovered"),
    waiting: count("waiting"),
    open: count("open_batches"),
    unfinished: count("unfinished"),
  };
}

function queued({ batchId, runId, files }: TransformMessage): Statement {
  return entry({ batch_id: batchId, run_id: runId, state: "queued", files: files.length, files_waiting: 0 });
}

function entry(params: Record<"batch_id" | "run_id" | "state", string> & Record<"files" | "files_waiting", number>) {
  return {
    sql: `insert into run_batches (batch_id, run_id, state, files, files_waiting)
          select cast($batch_id as varchar(80)), cast($run_id as varchar(40)), cast($state as varchar(8)), cast($files as integer), cast($files_waiting as integer)
          where not exists (select 1 from run_batches where batch_id = cast($batch_id as varchar(80)))`,
    params,
  };
}
