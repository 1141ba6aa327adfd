import { readFileSync } from "node:fs";
import { errorCode } from "#core/errors.ts";

/** A process as it can be told from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** From {@link processStartedAt}; null where the system does not tell. */
  readonly processStartedAt: string | null;
}

/**
 * When a process started, as a text to compare and not to read: the boot and the clock ticks since. Null where there is no
 * /proc, and for a process that has ended.
 */
export function processStartedAt(pid: number): string | null {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    // The program's name stands in brackets and may hold brackets and spaces itself; see proc_pid_stat(5).
    const [state, ...fields] = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    // A zombie has ended; its parent has not noticed yet.
    if (state === "Z" || state === "X") return null;
    return `${boot} ${fields[18]}`;
  } catch {
    return null;
  }
}

/** False when the process has ended, or its number now belongs to another. */
export function isRunning({ pid, processStartedAt: started }: ProcessIdentity): boolean {
  if (started !== null) return processStartedAt(pid) === started;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // There is such a process, but it is another user's.
    return errorCode(error) === "EPERM";
  }
}
