import { z } from "zod";
import {
  BusyError,
  DamagedWarehouseError,
  InfinityError,
  RefusedError,
  SettingError,
  TerminalError,
  TransientError,
  unforeseen,
} from "#core/errors.ts";

/** What another process sends to the door for a run. */
export const runOrderMessage = z.strictObject({
  source: z.string().optional(),
  days: z.strictObject({ from: z.string().optional(), to: z.string().optional() }).optional(),
  addSource: z.boolean().optional(),
  replay: z
    .strictObject({
      file: z.string().optional(),
      reason: z.string().optional(),
      from: z.string().optional(),
      to: z.string().optional(),
      outdated: z.boolean().optional(),
    })
    .optional(),
});

export const selectMessage = z.strictObject({ sql: z.string() });
export const runsMessage = z.strictObject({ limit: z.number().int().min(1).max(9999) });
export const purgeMessage = z.strictObject({ dryRun: z.boolean() });
/** Ids as text: JSON has no numbers of 63 bits. */
export const forgetMessage = z.strictObject({
  customerHashes: z.array(z.string().regex(/^\d{1,19}$/)),
  keyFingerprint: z.string(),
});
export const whyMessage = z.strictObject({ cafe: z.string(), date: z.string() });
export const metricMessage = z.strictObject({
  metric: z.string(),
  params: z.record(z.string(), z.string()),
  cafes: z.array(z.string()),
});

const failureMessage = z.object({ name: z.string(), message: z.string(), next: z.string() });
export type FailureMessage = z.infer<typeof failureMessage>;

/** One line of a run's answer: what happens as it happens, then how it ended. */
export const runLine = z.union([
  z.object({ progress: z.object({ filesDone: z.number(), filesTotal: z.number() }) }),
  z.object({ problem: z.object({ message: z.string(), next: z.string() }) }),
  z.object({ done: z.unknown() }),
  z.object({ failed: failureMessage }),
]);
export type RunLine = z.infer<typeof runLine>;

/** The answer of everything else. */
export const doorAnswer = z.union([z.object({ done: z.unknown() }), z.object({ failed: failureMessage })]);

/** An error as it goes through the door. One that is not ours may quote a row, so only its kind goes. */
export function asFailure(error: unknown): FailureMessage {
  const told = error instanceof InfinityError ? error : unforeseen(error, "`infinity serve`");
  return { name: told.name, message: told.message, next: told.next };
}

const known = { BusyError, DamagedWarehouseError, RefusedError, SettingError, TerminalError, TransientError };

/** The error that came through the door, as the class it was. */
export function revived({ name, message, next }: FailureMessage): InfinityError {
  const Kind = known[name as keyof typeof known] ?? InfinityError;
  return new Kind(message, next);
}
