import { remindLeases } from "../services/assignment/remind-leases.server.ts";
import { sweepLeases } from "../services/assignment/sweep-leases.server.ts";
import type { ServiceContext } from "../services/context.ts";

const EVERY_MS = 30_000;

/** Frees the places of leases that ran out, so that a study that looks full is not, and notes the reminders that are due. */
export function startLeaseSweeper(ctx: ServiceContext): { stop(): void } {
  const timer = setInterval(() => {
    sweepLeases(ctx)
      .then(() => remindLeases(ctx))
      .catch((error: unknown) => ctx.log.warn({ err: error }, "leases could not be swept"));
  }, EVERY_MS);
  return { stop: () => clearInterval(timer) };
}
