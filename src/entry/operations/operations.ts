import type { InfinityError } from "#core/errors.ts";
import type { SelectResult } from "#core/ports/warehouse.ts";
import type { RunSummary } from "#core/run-summary.ts";
import type { ReplaySelection } from "#pipeline/extract/find-files-to-replay.ts";
import type { DayRange } from "#pipeline/extract/find-new-files.ts";
import type { ForgetOrder } from "#pipeline/forget.ts";
import type { FailedAudit } from "#pipeline/load/audit.ts";
import type { TableDigest } from "#pipeline/load/digest.ts";
import type { RawPurge } from "#pipeline/purge-raw-files.ts";
import type { Rotation } from "#pipeline/rotate-keys.ts";
import type { RunProgress } from "#pipeline/run.ts";
import type { CafeChange } from "./cafe-changes.ts";
import type { ChangedCafes } from "./change-cafes.ts";
import type { Forgotten } from "./forget-customer.ts";
import type { CafeListing } from "./list-cafes.ts";
import type { Identification } from "./read-identification.ts";
import type { MetricOrder } from "./read-metric.ts";
import type { Quarantine } from "./read-quarantine.ts";
import type { ListedRun } from "./read-runs.ts";
import type { Status } from "./read-status.ts";
import type { Redriven } from "./redrive.ts";
import type { DayTrace } from "./trace-day.ts";

/** What a person asks of a run. */
export interface RunOrder {
  /** Where the tills leave their files: an absolute path or an address; undefined for the owner's own setting. */
  readonly source?: string | undefined;
  readonly days?: DayRange | undefined;
  readonly addSource?: boolean | undefined;
  /** Read these files again, instead of looking for new ones. */
  readonly replay?: ReplaySelection | undefined;
}

/** Who watches a run. */
export interface RunWatcher {
  onProgress(progress: RunProgress): void;
  /** A batch was given up, or something about the files wants looking at: what happened, and what to do. */
  onProblem(problem: Pick<InfinityError, "message" | "next">): void;
}

/**
 * What commands do with a home folder. One process owns it; a command does these things itself when that is it, and asks the
 * owner when that is `infinity serve`. The answers are the same, to the byte.
 */
export interface Operations {
  run(order: RunOrder, watcher: RunWatcher): Promise<RunSummary>;
  select(sql: string): Promise<SelectResult>;
  status(): Promise<Status>;
  /** The latest runs, newest first. */
  runs(limit: number): Promise<ListedRun[]>;
  /** Puts the dead letters back. It waits for a run that is under way. */
  redrive(): Promise<Redriven>;
  quarantine(): Promise<Quarantine>;
  /** Why a café's day is in the warehouse or is not. */
  why(cafe: string, date: string): Promise<DayTrace>;
  /** A metric's answer, as the API sends it: JSON, or CSV with `format=csv`. */
  metric(order: MetricOrder): Promise<string>;
  digest(): Promise<TableDigest[]>;
  /** Works out every roll-up again from the receipts: what differs. */
  audit(): Promise<FailedAudit[]>;
  /** What is needed to work out a person's ids, so that nobody has to be named here. */
  identification(): Promise<Identification>;
  /** Forgets a customer. Like the two below, it waits for a run that is under way, and the next run waits for it. */
  forget(order: ForgetOrder): Promise<Forgotten>;
  rotateKeys(): Promise<Rotation>;
  /** Removes raw files that were loaded long enough ago; with `dryRun` only says which. */
  purge(dryRun: boolean): Promise<RawPurge>;
  cafes(): Promise<CafeListing[]>;
  /** Writes what a person says about a café into the registry, and into the warehouse at once. */
  changeCafes(change: CafeChange): Promise<ChangedCafes>;
}
