import { count } from "./present.ts";

/** A progress bar on standard error, where there is a terminal to draw it on; otherwise nothing. */
export interface Progress {
  update(done: number, total: number): void;
  stop(): void;
}

/** @param what what is counted, such as "files" */
export async function showProgress(title: string, what: string, enabled: boolean): Promise<Progress> {
  if (!enabled || !process.stderr.isTTY) return { update() {}, stop() {} };
  const { SingleBar } = await import("cli-progress");
  const bar = new SingleBar({
    format: `${title} {bar} {done} of {all} ${what}`,
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 28,
    hideCursor: true,
    clearOnComplete: true,
    stream: process.stderr,
  });
  let started = false;
  return {
    update(done, total) {
      if (total === 0) return;
      const words = { done: count(done), all: count(total) };
      if (!started) bar.start(total, done, words);
      else {
        bar.setTotal(total);
        bar.update(done, words);
      }
      started = true;
    },
    stop() {
      if (started) bar.stop();
    },
  };
}
