/** What became of a run. `incomplete`: some batches could not be finished and lie in the dead letters. */
export type RunStatus = "running" | "completed" | "incomplete" | "failed";

/** What a run did, as the command line prints it and the dashboard shows it. Times are UTC, money is pence. */
export interface RunSummary {
  runId: string;
  status: RunStatus;
  startedAt: string;
  finishedAt: string;
  durationMs: number;
  files: {
    /** Till files in the source (of the days asked for). */
    discovered: number;
    /** New or changed files whose receipts now count. */
    loaded: number;
    /** Files that are as the warehouse already has them. */
    unchanged: number;
    /** The same bytes as another file: skipped. */
    duplicate: number;
    /** Deliveries that stopped counting because of this run: replaced by a corrected file. */
    superseded: number;
    /** Files refused whole. */
    quarantined: number;
    /** Files still being written, left for the next run. */
    waiting: number;
    /** Of a replay: files that were to be read again, and are not there as they were. */
    unreadable?: number;
  };
  rows: { read: number; loaded: number; quarantined: number };
  items: number;
  totalPence: number;
  /** What the run cost in the cloud, in pounds; null until there is a cost model. */
  costGbp: number | null;
}
