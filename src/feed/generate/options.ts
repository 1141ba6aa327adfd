import { z } from "zod";
import { addDays, day, dayIn } from "#core/day.ts";
import { RefusedError } from "#core/errors.ts";
import { type Day, dateOf, dayOf, firstDay, lastDay } from "./days.ts";

/** Thirteen months. */
const DEFAULT_DAYS = 396;

const schema = z.object({
  out: z.string().min(1, "name a folder"),
  cafes: z.coerce.number().int().min(1).max(999).default(104),
  days: z.coerce.number().int().min(1).max(18_000).default(DEFAULT_DAYS),
  until: day.optional(),
  receipts: z.coerce.number().min(1).max(2000).default(115),
  shape: z.enum(["A", "B", "C", "mixed"]).default("mixed"),
  seed: z.coerce.string().min(1).default("42"),
  faults: z.boolean().default(false),
  workers: z.number().int().min(1).max(64).optional(),
});

/** What to generate. Everything but the folder has a default. */
export interface GenerateOptions {
  /** The folder that the files go into. It is made if it is not there. */
  readonly out: string;
  /** How many cafés: 104. */
  readonly cafes?: number | string;
  /** How many days: 396, which is thirteen months. */
  readonly days?: number | string;
  /** The last day, `YYYY-MM-DD`: yesterday in the United Kingdom. */
  readonly until?: string;
  /** Mean receipts per café and day: 115. */
  readonly receipts?: number | string;
  /** The shape of file, or `mixed` for tills of every shape: `mixed`. */
  readonly shape?: string;
  /** Any text: 42. The same seed gives the same bytes. */
  readonly seed?: string | number;
  /** Plants faults too. */
  readonly faults?: boolean;
  /** Threads: as many as there are cores. */
  readonly workers?: number;
}

export interface Plan {
  readonly out: string;
  readonly cafes: number;
  readonly from: Day;
  readonly until: Day;
  readonly receipts: number;
  readonly shape: "A" | "B" | "C" | "mixed";
  readonly seed: string;
  readonly faults: boolean;
  readonly workers: number | undefined;
}

/**
 * Fills in what was left out.
 *
 * @throws RefusedError for a value that cannot be, or days outside 2000 to 2049.
 */
export function planOf(options: GenerateOptions): Plan {
  const parsed = schema.safeParse(options);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0] ?? "");
    const given = JSON.stringify(options[name as keyof GenerateOptions]);
    throw new RefusedError(
      `A sample cannot be generated with ${name} ${given}.`,
      `Choose another value for --${name}: ${issue?.message}.`,
    );
  }
  const { days, until, workers, ...rest } = parsed.data;
  const last = dayOf(until ?? yesterday());
  const from = last - days + 1;
  if (from < firstDay || last > lastDay) {
    throw new RefusedError(
      `The days from ${dateOf(from)} to ${dateOf(last)} are not all in the years the sample covers.`,
      `Choose --until and --days so that they lie between ${dateOf(firstDay)} and ${dateOf(lastDay)}.`,
    );
  }
  return { ...rest, from, until: last, workers };
}

function yesterday(): string {
  return addDays(dayIn("Europe/London", new Date()), -1);
}
