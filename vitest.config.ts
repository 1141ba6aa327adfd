import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // Each test file opens databases of its own. CI has two cores: a third process works while others wait for a disk, a server or a
    // browser, which takes a fourteenth of the time off.
    pool: "forks",
    maxWorkers: 3,
    // Bounds what hangs: how fast anything is belongs in the bench.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: "parts",
          include: ["src/**/*.test.ts", "dashboard/src/**/*.test.ts", "test/**/*.test.ts"],
          exclude: ["test/browser/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: "test/browser/setup.ts",
          testTimeout: 60_000,
        },
      },
    ],
  },
});
