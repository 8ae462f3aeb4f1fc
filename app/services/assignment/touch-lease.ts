import { and, eq, lt } from "drizzle-orm";
import { renewedLease } from "../../domain/lease.ts";
import type { ServiceContext } from "../context.ts";
import { settingsOfVersion } from "../study/settings-of-version.ts";
import { RENEW_EVERY_MS } from "./renew-lease.ts";

/**
 * Renews the lease of an active assignment, for requests of its rater that load nothing else of it: images, and the
 * beats of an open event stream. Costs one read, and a write at most once a minute. The caller has checked whose it is.
 */
export async function touchLease(ctx: ServiceContext, assignmentId: string): Promise<void> {
  const { assignments } = ctx.store.t;
  const [row] = await ctx.store.read
    .select({
      status: assignments.status,
      studyId: assignments.studyId,
      studyVersion: assignments.studyVersion,
      leaseExpiresAtMs: assignments.leaseExpiresAtMs,
    })
    .from(assignments)
    .where(eq(assignments.id, assignmentId));
  if (row?.status !== "active") return;
  const now = ctx.now();
  const settings = await settingsOfVersion(ctx, ctx.store.read, row.studyId, row.studyVersion);
  const lease = renewedLease(settings, now);
  if (row.leaseExpiresAtMs > lease.leaseExpiresAtMs - RENEW_EVERY_MS) return;
  await ctx.store.tx((tx) =>
    tx
      .update(assignments)
      .set({ ...lease, updatedAtMs: now })
      .where(
        and(
          eq(assignments.id, assignmentId),
          eq(assignments.status, "active"),
          lt(assignments.leaseExpiresAtMs, lease.leaseExpiresAtMs),
        ),
      ),
  );
}
