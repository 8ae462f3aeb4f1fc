import type { ServiceContext } from "../services/context.ts";
import { attemptDelivery, WEBHOOK_TIMEOUT_MS } from "../services/webhook/attempt-delivery.server.ts";
import { claimDeliveries } from "../services/webhook/claim-deliveries.server.ts";
import { purgeDeliveries } from "../services/webhook/purge-deliveries.server.ts";

const POLL_MS = 1_000;
const MAX_PAUSE_MS = 30_000;
const AT_ONCE = 8;
/** Longer than any attempt can take. */
const LEASE_MS = 4 * WEBHOOK_TIMEOUT_MS;
const PURGE_EVERY_MS = 60 * 60 * 1000;

/** Delivers webhooks until stopped. Any number of processes may do so on one database. */
export function startWebhookLoop(
  ctx: ServiceContext,
  { pollMs = POLL_MS }: { pollMs?: number } = {},
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  /** Webhook → its attempt under way. */
  const running = new Map<string, Promise<void>>();
  let faults = 0;
  let pausedUntil = 0;
  let looking: Promise<void> | null = null;

  async function look(): Promise<void> {
    const free = AT_ONCE - running.size;
    if (free <= 0) return;
    const claimed = await claimDeliveries(ctx, {
      limit: free,
      leaseMs: LEASE_MS,
      busyWebhookIds: [...running.keys()],
    });
    for (const one of claimed) {
      const attempt = attemptDelivery(ctx, one, { signal: stopping.signal })
        .catch((error: unknown) => ctx.log.error({ err: error }, "a webhook's outcome was not recorded"))
        .finally(() => {
          running.delete(one.webhookId);
          tick();
        });
      running.set(one.webhookId, attempt);
    }
  }

  function tick(): void {
    if (stopping.signal.aborted || looking || performance.now() < pausedUntil) return;
    looking = look()
      .then(() => {
        faults = 0;
      })
      .catch((error: unknown) => {
        // A database that is away is asked less and less often, and the log is not flooded.
        pausedUntil = performance.now() + Math.min(pollMs * 2 ** ++faults, MAX_PAUSE_MS);
        ctx.log.error({ err: error, faults }, "webhooks could not be looked for");
      })
      .finally(() => {
        looking = null;
      });
  }

  const poll = setInterval(tick, pollMs);
  const purge = setInterval(() => {
    purgeDeliveries(ctx).catch((error: unknown) =>
      ctx.log.warn({ err: error }, "old webhook messages could not be removed"),
    );
  }, PURGE_EVERY_MS);
  tick();

  return {
    async stop() {
      stopping.abort();
      clearInterval(poll);
      clearInterval(purge);
      await looking;
      await Promise.all(running.values());
    },
  };
}
