import { databaseErrorCode } from "../../db/errors.ts";
import { ExportError } from "../../exporters/index.ts";
import type { ReportedProgress } from "../services/dataset/claim-export.server.ts";
import type { ExportResult, ExportTask } from "../services/dataset/run-export.server.ts";
import type { StorageConfig } from "../storage/config.ts";
import { ObjectStoreError } from "../storage/errors.ts";

export interface ThreadOrders {
  task: ExportTask;
  databaseUrl: string;
  storage: StorageConfig;
}

/** An error without its class, which does not survive the way between threads. */
export interface SentError {
  type: "export" | "store" | "other";
  message: string;
  code: string | undefined;
  stack: string | undefined;
}

export type ThreadMessage =
  | { kind: "progress"; progress: ReportedProgress }
  | { kind: "done"; result: ExportResult }
  | { kind: "failed"; error: SentError };

export function toSent(error: unknown): SentError {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  if (error instanceof ExportError) return { type: "export", message, code: undefined, stack };
  if (error instanceof ObjectStoreError) return { type: "store", message, code: error.kind, stack };
  return { type: "other", message, code: databaseErrorCode(error), stack };
}

export function fromSent({ type, message, code, stack }: SentError): Error {
  if (type === "export") return new ExportError(message);
  if (type === "store") return new ObjectStoreError(code ?? "unknown", message);
  return Object.assign(new Error(message), { stack }, code !== undefined && { code });
}
