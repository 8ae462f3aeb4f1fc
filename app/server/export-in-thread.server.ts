import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { projectRoot } from "../../db/store.ts";
import type { PerformExport } from "../services/dataset/run-export.server.ts";
import { fromSent, type ThreadMessage, type ThreadOrders } from "./export-thread-messages.ts";

/** A thread that does not stop when asked is ended. */
const STOP_WITHIN_MS = 5_000;
/** Exports need a tenth of it, whatever their size; more means a fault, which must not take the server along. */
const HEAP_MB = 512;

/** Exports on a thread, with connections of their own to database and store. */
export function exportInThread(orders: Omit<ThreadOrders, "task">): PerformExport {
  return (task, { signal, onProgress }) =>
    new Promise((resolve, reject) => {
      // From its source also in the built server: Node reads TypeScript, and the thread needs none of the pages.
      const worker = new Worker(join(projectRoot(), "app/server/export-thread.ts"), {
        workerData: { task, ...orders } satisfies ThreadOrders,
        resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
      });
      let outcome: (() => void) | null = null;
      const stop = () => {
        worker.postMessage("stop");
        setTimeout(() => void worker.terminate(), STOP_WITHIN_MS).unref();
      };
      if (signal.aborted) stop();
      else signal.addEventListener("abort", stop, { once: true });
      worker.on("message", (message: ThreadMessage) => {
        if (message.kind === "progress") onProgress(message.progress);
        else if (message.kind === "done") outcome = () => resolve(message.result);
        else outcome = () => reject(fromSent(message.error));
      });
      worker.on("error", (error) => {
        outcome = () => reject(error);
      });
      worker.on("exit", (code) => {
        signal.removeEventListener("abort", stop);
        if (signal.aborted) reject(signal.reason as Error);
        else if (outcome) outcome();
        else reject(new Error(`the thread of an export ended with code ${code} and no result`));
      });
    });
}
