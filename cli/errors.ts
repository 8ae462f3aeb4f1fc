import { RequestError } from "../app/domain/errors.ts";
import { ObjectStoreError } from "../app/storage/errors.ts";
import { isStorageFault, StartupError } from "../db/errors.ts";
import { ExportError } from "../exporters/index.ts";

export const USAGE_EXIT_CODE = 2;
const INTERRUPTED_EXIT_CODE = 130;

/** Ends a command with one line on stderr. */
export class CliError extends Error {
  override readonly name = "CliError";
}

/** The command was stopped with Ctrl-C. */
export class InterruptedError extends CliError {}

export function exitCodeOf(error: unknown): number {
  return error instanceof InterruptedError ? INTERRUPTED_EXIT_CODE : 1;
}

/** One clear line for what the operator can mend; everything for a fault of ours. */
export function reportError(error: unknown): void {
  const line = explain(error);
  console.error(line === null ? error : `turnwise: ${line}`);
}

function explain(error: unknown): string | null {
  if (error instanceof CliError || error instanceof ExportError || error instanceof ObjectStoreError) {
    return error.message;
  }
  if (error instanceof StartupError || error instanceof RequestError) return error.userMessage;
  if (isStorageFault(error)) {
    return `The database or the disk cannot be used right now: ${error instanceof Error ? error.message : error}`;
  }
  const { code, path } = error as NodeJS.ErrnoException;
  if (typeof code === "string" && typeof path === "string") return `${path}: ${code}`;
  return null;
}
