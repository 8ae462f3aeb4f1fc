import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const made: string[] = [];

/** A new empty folder, removed after the last test of the file. */
export function makeTempDir(name = "test"): string {
  const dir = mkdtempSync(join(tmpdir(), `turnwise-${name}-`));
  made.push(dir);
  return dir;
}

// Hooks run last first: this one was registered before those of the test file, so it runs after them.
afterAll(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
});
