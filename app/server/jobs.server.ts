import type { ServiceContext } from "../services/context.ts";
import type { Container } from "./container.server.ts";
import type { Env } from "./env.server.ts";
import { exportInThread } from "./export-in-thread.server.ts";
import { startExportLoop } from "./export-loop.server.ts";
import { startLeaseSweeper } from "./lease-sweeper.server.ts";
import { startWebhookLoop } from "./webhook-loop.server.ts";
import { startWorker } from "./worker.server.ts";

const PROPOSALS_AT_ONCE = 4;

export interface Jobs {
  stop(): Promise<void>;
}

/** What a process does between requests: generation steps, exports, webhooks, and freeing the places of leases that ran out. */
export function startJobs(env: Env, container: Container): Jobs {
  const { ctx } = container;
  const render = env.renderConcurrency ?? rendersAtOnce(ctx);
  const worker = startWorker(ctx, { concurrency: { propose: PROPOSALS_AT_ONCE, render } });
  const exports = startExportLoop(ctx, {
    perform: exportInThread({ databaseUrl: env.databaseUrl, storage: env.storage }),
    keepDays: env.exportKeepDays,
  });
  container.onWake({ worker: worker.wake, exports: exports.wake });
  const sweeper = startLeaseSweeper(ctx);
  const webhooks = startWebhookLoop(ctx);
  return {
    async stop() {
      sweeper.stop();
      await Promise.all([worker.stop(), webhooks.stop(), exports.stop()]);
    },
  };
}

/** As many as the services may be asked for together; how many each may be is kept for all processes by its own limit. */
function rendersAtOnce(ctx: ServiceContext): number {
  const models = [...ctx.t2iModels.values()];
  const remote = models.filter((model) => ctx.providers.has(model.id));
  const embedded = models.filter((model) => !ctx.providers.has(model.id)).map((model) => model.concurrency);
  return Math.max(
    remote.reduce((sum, model) => sum + model.concurrency, 0),
    ...embedded,
  );
}
