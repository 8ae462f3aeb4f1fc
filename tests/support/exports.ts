import type { ServiceContext } from "../../app/services/context.ts";
import { claimExport } from "../../app/services/dataset/claim-export.server.ts";
import { performExport } from "../../app/services/dataset/perform-export.server.ts";
import { type PerformExport, runExport } from "../../app/services/dataset/run-export.server.ts";
import { datasetSource } from "../../db/repositories/dataset.ts";

/** The work in this process, without a thread. */
export const performHere =
  (ctx: ServiceContext): PerformExport =>
  (task, hooks) =>
    performExport(task, {
      openSource: async () => ({ source: datasetSource(ctx.store), close: async () => {} }),
      objects: ctx.objects,
      now: ctx.now,
      ...hooks,
    });

/** Does what is in the queue, as a worker would. Returns how many exports. */
export async function runQueuedExports(ctx: ServiceContext, perform = performHere(ctx)): Promise<number> {
  for (let n = 0; ; n++) {
    const claim = await claimExport(ctx, { owner: "test:1:here", leaseMs: 60_000 });
    if (!claim) return n;
    await runExport(ctx, claim, { perform, leaseMs: 60_000, signal: new AbortController().signal });
  }
}
