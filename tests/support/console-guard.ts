/**
 * A test that prints fails. Output in a passing test is either a mistake that nobody sees or noise
 * that hides one; a test that expects output says so with `allowConsole`.
 */
import { format } from "node:util";
import { afterAll, afterEach, beforeEach } from "vitest";

type Pattern = string | RegExp;

interface Guard {
  unexpected: string[];
  allowedInFile: Pattern[];
  allowedInTest: Pattern[];
  inTest: boolean;
}

const METHODS = ["debug", "error", "info", "log", "warn"] as const;
const KEY = Symbol.for("turnwise.console-guard");
// Kept before a test can fake the timers.
const nextTurn = globalThis.setImmediate;

const store = globalThis as { [KEY]?: Guard };
const guard: Guard = { unexpected: [], allowedInFile: [], allowedInTest: [], inTest: false };
store[KEY] = guard;

function matches(pattern: Pattern, text: string): boolean {
  return typeof pattern === "string" ? text.includes(pattern) : pattern.test(text);
}

function record(source: string, text: string): void {
  const allowed = [...guard.allowedInFile, ...guard.allowedInTest].some((pattern) => matches(pattern, text));
  if (!allowed) guard.unexpected.push(`${source}: ${text}`);
}

function assertSilent(): void {
  const lines = guard.unexpected.splice(0);
  if (lines.length === 0) return;
  throw new Error(
    `Unexpected output:\n${lines.join("\n")}\n\nStop it, or expect it with allowConsole(/pattern/) from tests/support/console-guard.ts.`,
  );
}

/**
 * Lets console output and process warnings pass that contain the text or match the pattern: until the
 * end of the test when called in one, otherwise in the whole file.
 */
export function allowConsole(pattern: Pattern): void {
  const active = store[KEY] ?? guard;
  (active.inTest ? active.allowedInTest : active.allowedInFile).push(pattern);
}

for (const method of METHODS) {
  console[method] = (...args: unknown[]) => record(`console.${method}`, format(...args));
}
process.on("warning", (warning) => record("process warning", `${warning.name}: ${warning.message}`));

beforeEach(() => {
  guard.allowedInTest = [];
  guard.inTest = true;
});

afterEach(async () => {
  // Process warnings arrive one turn late.
  await new Promise((resolve) => nextTurn(resolve));
  guard.inTest = false;
  assertSilent();
});

afterAll(assertSilent);
