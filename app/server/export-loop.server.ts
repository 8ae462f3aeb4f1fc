/** Takes exports from the queue and runs them, one after the other, until stopped. */
import type { ServiceContext } from "../services/context.ts";
import { claimExport, releaseDeadExports } from "../services/dataset/claim-export.server.ts";
import { removeExpiredExports } from "../services/dataset/remove-export-files.server.ts";
import { type PerformExport, removeLeftWork, runExport } from "../services/dataset/run-export.server.ts";
import { createOwners } from "./worker-owner.ts";

const LEASE_MS = 30_000;
const POLL_MS = 1_000;
const MAX_PAUSE_MS = 30_000;
const TIDY_MS = 10 * 60_000;

export interface ExportLoop {
  wake(): void;
  /** Puts the running export back into the queue, with what is written of it, and waits for that. */
  stop(): Promise<void>;
}

const owners = createOwners();

/** Any number of loops may share a database: leases keep them apart. */
export function startExportLoop(
  ctx: ServiceContext,
  {
    perform,
    leaseMs = LEASE_MS,
    keepDays = 0,
  }: { perform: PerformExport; leaseMs?: number; keepDays?: number },
): ExportLoop {
  const owner = owners.add(ctx.newId("xwk"));
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  let faults = 0;
  let pausedUntil = 0;

  async function tidy(): Promise<void> {
    try {
      await removeExpiredExports(ctx);
      await removeLeftWork(ctx);
    } catch (err) {
      ctx.log.warn({ err }, "old exports could not be removed");
    }
  }

  async function drain(): Promise<void> {
    while (!stopping.signal.aborted) {
      const claim = await claimExport(ctx, { owner, leaseMs });
      faults = 0;
      if (!claim) return;
      await runExport(ctx, claim, { perform, leaseMs, keepDays, signal: stopping.signal });
      await tidy();
    }
  }

  function wake(): void {
    if (stopping.signal.aborted || running || performance.now() < pausedUntil) return;
    running = drain()
      .catch((err: unknown) => {
        pausedUntil = performance.now() + Math.min(POLL_MS * 2 ** ++faults, MAX_PAUSE_MS);
        ctx.log.error({ err, faults }, "the queue of exports could not be read");
      })
      .finally(() => {
        running = null;
      });
  }

  const timers = [setInterval(wake, POLL_MS), setInterval(tidy, TIDY_MS)];
  releaseDeadExports(ctx, owners.isDeadHere)
    .catch((err: unknown) => ctx.log.error({ err }, "exports of dead workers could not be released"))
    .finally(wake);

  return {
    wake,
    async stop() {
      for (const timer of timers) clearInterval(timer);
      stopping.abort(new Error("the server is stopped"));
      await running;
      owners.delete(owner);
    },
  };
}
