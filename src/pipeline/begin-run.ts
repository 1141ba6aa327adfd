import { randomBytes } from "node:crypto";
import type { InfinityError } from "#core/errors.ts";
import type { TransformMessage } from "#core/messages.ts";
import type { CafeRegistry } from "#core/ports/cafe-registry.ts";
import type { Queue } from "#core/ports/queue.ts";
import type { Storage } from "#core/ports/storage.ts";
import type { RunSummary } from "#core/run-summary.ts";
import { agreeOnKeys, type CustomersContext } from "./agree-on-keys.ts";
import { claimSource } from "./extract/claim-source.ts";
import { findFilesToReplay, type Replayable, type ReplaySelection } from "./extract/find-files-to-replay.ts";
import { type DayRange, type Findings, findNewFiles, type Survey } from "./extract/find-new-files.ts";
import { type BatchLimits, makeBatches } from "./extract/make-batches.ts";
import { finishForgetting } from "./forget.ts";
import { applyRegistry } from "./load/apply-registry.ts";
import { ensureCalendar } from "./load/calendar.ts";
import { recordBatches } from "./run-batches.ts";
import { closeIfOver, closeRun, closeStaleRuns, openRun, type RunTrigger } from "./run-ledger.ts";

export interface ExtractContext extends CustomersContext {
  source: Storage;
  registry: CafeRegistry;
  transformQueue: Queue<TransformMessage>;
  limits: BatchLimits;
  settleMs: number;
  /** Names what transform is now, for a replay: {@link ReplaySelection.outdated} means anything else. */
  transformVersion(): Promise<string>;
  /** Another run that goes on for longer is closed as incomplete; 0 where nobody else can be at work. */
  runDeadlineMs: number;
}

/** What a run is to look for. */
export interface RunAim {
  trigger: RunTrigger;
  days?: DayRange;
  /** Only these keys, of which the store has just told. */
  keys?: readonly string[];
  /** Files the ledger knows already are to be read again, instead of looking for new ones. */
  replay?: ReplaySelection;
  /** The user said that this source is to be added to a warehouse that has another. */
  addSource?: boolean;
}

/** A run that has begun: everything it needs is in order, and the warehouse knows of it. */
export interface BegunRun {
  readonly runId: string;
  readonly startedAt: Date;
  /** What a person should hear of the registry of cafés, where they have edited it. */
  readonly news: readonly InfinityError[];
  /** What a replay is to read again. */
  readonly replayable: Replayable | undefined;
}

/**
 * Begins a run: sees to it that warehouse, keys, registry and forgetting are in order, and closes runs that are overdue. Files
 * for a replay are chosen here, so that one that is refused was no run.
 *
 * @throws SettingError when the warehouse belongs to another source, or a key or the suppression list was lost
 * @throws RefusedError when nothing that is to be read again can be
 */
export async function beginRun(context: ExtractContext, { trigger, addSource, replay }: RunAim): Promise<BegunRun> {
  const { source, warehouse, now, runDeadlineMs } = context;
  const startedAt = now();
  await claimSource(warehouse, source.url, addSource ?? false, startedAt);
  await agreeOnKeys(context);
  const news = (await applyRegistry(context)) ?? [];
  await finishForgetting(context);
  await closeStaleRuns(warehouse, { now: startedAt, deadlineMs: runDeadlineMs });
  const replayable = replay && (await findFilesToReplay(context, replay));
  const runId = newRunId(startedAt);
  await openRun(warehouse, runId, trigger, startedAt);
  return { runId, startedAt, news, replayable };
}

interface ExtractOptions {
  /** From a moment ago, where there is one; a replay needs none. */
  survey?: Survey | undefined;
  onFound?(files: number): void;
}

/** Looks for what is to be loaded, and hands it to transform in batches, each known to the warehouse before it is sent. */
export async function extract(
  context: ExtractContext,
  { runId, replayable }: BegunRun,
  aim: RunAim,
  { survey, onFound }: ExtractOptions = {},
): Promise<Findings> {
  const { source, warehouse, transformQueue, limits } = context;
  const findings = replayable ?? (await findNewFiles(context, { days: aim.days, keys: aim.keys, survey }));
  onFound?.(findings.found.length);
  const messages = makeBatches(findings.found, limits).map((files, index) => ({
    runId,
    batchId: `${runId}-${index + 1}`,
    sourceUrl: source.url,
    files,
  }));
  await recordBatches(warehouse, runId, findings, messages);
  await transformQueue.send(messages);
  return findings;
}

/**
 * The part of a run that is extract's, where transform and load run somewhere else: it ends when the batches are sent.
 *
 * @returns the run, and its summary where there was nothing to do
 */
export async function extractRun(
  context: ExtractContext,
  aim: RunAim,
): Promise<{ run: BegunRun; findings: Findings; summary: RunSummary | undefined }> {
  const { warehouse, now } = context;
  const run = await beginRun(context, aim);
  try {
    await ensureCalendar(warehouse);
    const findings = await extract(context, run, aim);
    return { run, findings, summary: await closeIfOver(warehouse, run.runId, now()) };
  } catch (error) {
    const nothing = { discovered: 0, waiting: 0, unfinished: 0 };
    await closeRun(warehouse, { ...run, ...nothing, finishedAt: now(), status: "failed" }).catch(() => undefined);
    throw error;
  }
}

/** `20261122T060000Z-3f9a1c`: sorts by time, and two runs of one second differ. */
function newRunId(startedAt: Date): string {
  const time = startedAt.toISOString().replace(/[-:]|\.\d+/g, "");
  return `${time}-${randomBytes(3).toString("hex")}`;
}
