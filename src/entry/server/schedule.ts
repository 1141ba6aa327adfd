import { Cron } from "croner";
import { SettingError } from "#core/errors.ts";
import type { Settings } from "#core/settings.ts";

/** How often the clock is looked at for a moment that was slept through, in milliseconds. */
const lookEveryMs = 60_000;

interface ScheduleParts {
  settings: Pick<Settings, "schedule" | "timeZone">;
  /** When a run last began, whoever started it; null before the first. */
  lastRunAt(): Promise<Date | null>;
  /** Runs the pipeline. Must not throw. */
  run(): Promise<void>;
  now?: () => Date;
}

/**
 * Runs the pipeline at its times, for as long as the process lasts. At the moment itself by croner; and at the start, and every
 * minute, whatever moment went by since the last run began is caught up with one run: a laptop that slept at six loads at eight.
 */
export class Schedule {
  readonly #parts: ScheduleParts;
  readonly #cron: Cron;
  readonly #timer: NodeJS.Timeout;
  #running = false;
  #attemptedAt: Date | null = null;

  /** @throws SettingError when `schedule` is not a cron expression. */
  constructor(parts: ScheduleParts) {
    const { schedule, timeZone } = parts.settings;
    this.#parts = parts;
    try {
      this.#cron = new Cron(schedule, { timezone: timeZone, unref: true }, () => this.#look());
    } catch (error) {
      throw new SettingError(
        `The setting schedule cannot be "${schedule}".`,
        'Allowed: a cron expression of five fields, such as "0 6 * * *" for six every morning.',
        { cause: error },
      );
    }
    this.#timer = setInterval(() => this.#look(), lookEveryMs).unref();
  }

  /** The next moment; null when there is none. */
  get nextRunAt(): Date | null {
    return this.#cron.nextRun(this.#now());
  }

  /** "daily at 06:00, Europe/London", or the expression itself where it is not that simple. */
  get words(): string {
    const { schedule, timeZone } = this.#parts.settings;
    const [, minute, hour] = /^(\d{1,2}) (\d{1,2}) \* \* \*$/.exec(schedule) ?? [];
    const when =
      hour === undefined || minute === undefined
        ? schedule
        : `daily at ${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
    return `${when}, ${timeZone}`;
  }

  /** Runs once if a moment has gone by since the last run, or the last try, began. Two calls at once make one run. */
  async runIfDue(): Promise<boolean> {
    if (this.#running) return false;
    this.#running = true;
    try {
      const now = this.#now();
      const [moment] = this.#cron.previousRuns(1, new Date(now.getTime() + 1000));
      const lastRunAt = await this.#parts.lastRunAt();
      const latest = Math.max(lastRunAt?.getTime() ?? 0, this.#attemptedAt?.getTime() ?? 0);
      if (moment === undefined || latest >= moment.getTime()) return false;
      this.#attemptedAt = now;
      await this.#parts.run();
      return true;
    } finally {
      this.#running = false;
    }
  }

  stop(): void {
    this.#cron.stop();
    clearInterval(this.#timer);
  }

  /** The warehouse may not answer just now; the next look will tell. */
  #look(): void {
    this.runIfDue().catch(() => undefined);
  }

  #now(): Date {
    return this.#parts.now?.() ?? new Date();
  }
}
