const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Settles when the user or the system asks this process to end. Asking a second time ends it at once: nothing is lost by that,
 * since whatever was under way is done again from where it stood.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of signals) {
      process.on(signal, () => {
        if (asked) process.exit(1);
        asked = true;
        resolve();
      });
    }
  });
}
