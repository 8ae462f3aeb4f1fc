/** Runs one export on a thread of its own: the server's event loop only hears how far it is. */
import { parentPort, workerData } from "node:worker_threads";
import { datasetSource } from "../../db/repositories/dataset.ts";
import { openSnapshot } from "../../db/snapshot.ts";
import type { ReportedProgress } from "../services/dataset/claim-export.server.ts";
import { performExport } from "../services/dataset/perform-export.server.ts";
import { createObjectStore } from "../storage/registry.ts";
import { type ThreadMessage, type ThreadOrders, toSent } from "./export-thread-messages.ts";

const { task, databaseUrl, storage } = workerData as ThreadOrders;
const SHOW_EVERY_MS = 200;

const port = parentPort;
if (!port) throw new Error("this module is the main module of a thread");
const stop = new AbortController();
port.once("message", () => stop.abort(new Error("the export is to stop")));

let shownAt = 0;
let shownStage: ReportedProgress["stage"] | null = null;
const say = (message: ThreadMessage) => port.postMessage(message);
try {
  const result = await performExport(task, {
    async openSource() {
      const snapshot = await openSnapshot(databaseUrl);
      return { source: datasetSource(snapshot.store), close: snapshot.close };
    },
    objects: createObjectStore(storage),
    now: () => Date.now(),
    signal: stop.signal,
    onProgress(progress) {
      const isNews = progress.stage !== shownStage || performance.now() - shownAt > SHOW_EVERY_MS;
      if (!isNews) return;
      shownAt = performance.now();
      shownStage = progress.stage;
      say({ kind: "progress", progress });
    },
  });
  say({ kind: "done", result });
} catch (error) {
  say({ kind: "failed", error: toSent(error) });
}
port.close();
