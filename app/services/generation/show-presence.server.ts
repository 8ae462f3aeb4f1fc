import { lt } from "drizzle-orm";
import type { ServiceContext } from "../context.ts";

const FORGOTTEN_AFTER_MS = 24 * 3600_000;

/** A worker says that it is alive and what it does, or that it has stopped. `owner` is "host:pid:id". */
export async function showPresence(
  ctx: ServiceContext,
  worker: { owner: string; running: number; stopped?: boolean },
): Promise<void> {
  const { workers } = ctx.store.t;
  const now = ctx.now();
  const [host = "", pid = "0"] = worker.owner.split(":");
  const seen = { running: worker.running, heartbeatAtMs: now, stoppedAtMs: worker.stopped ? now : null };
  await ctx.store.tx(async (tx) => {
    await tx
      .insert(workers)
      .values({ id: worker.owner, host, pid: Number(pid), startedAtMs: now, ...seen })
      .onConflictDoUpdate({ target: workers.id, set: seen });
    await tx.delete(workers).where(lt(workers.heartbeatAtMs, now - FORGOTTEN_AFTER_MS));
  });
}
