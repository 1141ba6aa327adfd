import type { SignIn } from "#access/sign-in.ts";
import type { Warehouse } from "#core/ports/warehouse.ts";

/** What the schedule says just now. */
export interface ScheduleState {
  readonly running: boolean;
  /** Null when nothing is scheduled here. */
  readonly nextRunAt: Date | null;
  /** "daily at 06:00, Europe/London"; null when nothing is scheduled here. */
  readonly words: string | null;
}

/** Something that went wrong, for the log: never a value from the data, nor a token. */
export interface FailureEntry {
  readonly id: string;
  readonly status: number;
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly error: string;
  /** Where, without the message: engines quote row values in theirs. */
  readonly stack?: string | undefined;
}

/** What the API is handed by entry. */
export interface ApiParts {
  readonly warehouse: Pick<Warehouse, "query">;
  readonly signIn: SignIn;
  /** The data is the invented chain. */
  readonly sample: boolean;
  /** The addresses it is reached at, such as `http://localhost:4000`; requests for any other host are refused. */
  readonly origins: readonly string[];
  readonly schedule: () => ScheduleState;
  /** The built dashboard; null when there is none. */
  readonly dashboardFolder: string | null;
  readonly log: (entry: FailureEntry) => void;
}
