import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { TerminalError, TransientError } from "#core/errors.ts";
import type { LoadMessage, TransformMessage } from "#core/messages.ts";
import type { Settings } from "#core/settings.ts";

/** What all batches of a pool have in common: the first thing that a process is told. */
export interface WorkerOrder {
  /** The raw store's address. */
  source: string;
  settings: Pick<Settings, "home" | "clean" | "keys" | "records" | "formats" | "dayStartsAt">;
  largestFile: number;
}

export type WorkerAnswer =
  | { done: LoadMessage; failed?: undefined }
  | { done?: undefined; failed: { terminal: boolean; message: string; next: string } };

const workerPath = fileURLToPath(new URL("./transform-worker.ts", import.meta.url));

/** Transform processes, started as they are needed and kept until the run ends. */
export class TransformPool {
  readonly #order: WorkerOrder;
  readonly #idle: ChildProcess[] = [];
  readonly #all = new Set<ChildProcess>();
  #closed = false;

  constructor(order: WorkerOrder) {
    this.#order = order;
  }

  /**
   * Sees to it that so many processes are there, before they are handed a batch: beginning takes one a third of a second. No effect
   * once it is closed: a listing may go on for longer than a run that was refused.
   */
  warm(processes: number): void {
    if (this.#closed) return;
    while (this.#all.size < processes) this.#idle.push(this.#start());
  }

  /**
   * Has one batch transformed.
   *
   * @throws TransientError when the process died or what failed may work another time; TerminalError when it will not.
   */
  async transform(message: TransformMessage): Promise<LoadMessage> {
    const child = this.#idle.pop() ?? this.#start();
    const { done, failed } = await ask(child, message);
    this.#idle.push(child);
    if (done) return done;
    throw failed.terminal
      ? new TerminalError(failed.message, failed.next)
      : new TransientError(failed.message, failed.next);
  }

  /** Ends every process, also one that is at work. */
  close(): void {
    this.#closed = true;
    for (const child of this.#all) child.kill("SIGKILL");
    this.#all.clear();
    this.#idle.length = 0;
  }

  #start(): ChildProcess {
    const child = fork(workerPath, { stdio: ["ignore", "ignore", "inherit", "ipc"], serialization: "advanced" });
    this.#all.add(child);
    child.send(this.#order);
    child.once("exit", () => {
      this.#all.delete(child);
      const place = this.#idle.indexOf(child);
      if (place !== -1) this.#idle.splice(place, 1);
    });
    return child;
  }
}

function ask(child: ChildProcess, message: TransformMessage): Promise<WorkerAnswer> {
  return new Promise((resolve, reject) => {
    const onAnswer = (answer: WorkerAnswer) => {
      child.off("exit", onExit);
      resolve(answer);
    };
    const onExit = (code: number | null, signal: string | null) => {
      child.off("message", onAnswer);
      reject(
        new TransientError(
          `A transform process ended early (${signal ?? `code ${code}`}), with ${message.files.length} files in hand.`,
          "The batch will be tried again. If it happens every time, there may be too little memory: set batchFiles lower.",
        ),
      );
    };
    child.once("message", onAnswer);
    child.once("exit", onExit);
    child.send(message);
  });
}
