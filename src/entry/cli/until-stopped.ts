const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Settles when the user or the system asks this process to end. Asking twice ends it at once. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of signals) process.once(signal, () => resolve());
  });
}
