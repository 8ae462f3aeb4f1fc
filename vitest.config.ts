import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

const MINUTE_MS = 60_000;
const manyWorkers = Math.max(2, availableParallelism() - 1);

/** A project owns the folder of its name under tests/. */
const folder = (name: string) => ({ name, include: [`tests/${name}/**/*.test.{ts,tsx}`] });

// React Router's Vite plugin stays out: tests import modules, not the bundle.
export default defineConfig({
  test: {
    allowOnly: false,
    setupFiles: ["tests/support/console-guard.ts"],
    projects: [
      {
        extends: true,
        test: { ...folder("unit"), pool: "threads", maxWorkers: manyWorkers, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: {
          ...folder("contract"),
          globalSetup: ["tests/support/postgres.ts", "tests/support/s3-server.ts"],
          pool: "forks",
          maxWorkers: 2,
          testTimeout: MINUTE_MS / 2,
          hookTimeout: MINUTE_MS / 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...folder("integration"),
          globalSetup: ["tests/support/postgres.ts", "tests/support/s3-server.ts"],
          pool: "forks",
          maxWorkers: 2,
          testTimeout: MINUTE_MS / 2,
          hookTimeout: MINUTE_MS / 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...folder("browser"),
          globalSetup: [
            "tests/support/postgres.ts",
            "tests/support/s3-server.ts",
            "tests/support/chromium.ts",
          ],
          pool: "forks",
          maxWorkers: 1,
          testTimeout: 2 * MINUTE_MS,
          hookTimeout: 2 * MINUTE_MS,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
