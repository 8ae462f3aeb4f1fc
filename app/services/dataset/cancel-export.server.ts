import { and, eq, inArray, sql } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound, RequestError } from "../../domain/errors.ts";
import { UNFINISHED_EXPORT_STATUSES } from "../../domain/export-job.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { ENDED } from "./claim-export.server.ts";

/**
 * Ends an export that waits or runs; nothing of it can be downloaded. Its worker finds out within seconds and cleans up.
 * Cancelling again has no effect. Throws NOT_FOUND, and ILLEGAL_TRANSITION when it has ended otherwise.
 */
export async function cancelExport(
  ctx: ServiceContext,
  actor: Actor,
  { exportId }: { exportId: string },
): Promise<void> {
  assertCapability(actor, "dataset.export");
  const { exports } = ctx.store.t;
  await ctx.store.tx(async (tx) => {
    const [cancelled] = await tx
      .update(exports)
      .set({
        status: "cancelled",
        ...ENDED,
        leaseToken: sql`${exports.leaseToken} + 1`,
        finishedAtMs: ctx.now(),
      })
      .where(and(eq(exports.id, exportId), inArray(exports.status, UNFINISHED_EXPORT_STATUSES)))
      .returning({ studyId: exports.studyId });
    if (!cancelled) {
      const [row] = await tx.select({ status: exports.status }).from(exports).where(eq(exports.id, exportId));
      if (!row) throw notFound("export");
      if (row.status === "cancelled") return;
      throw new RequestError(
        "ILLEGAL_TRANSITION",
        "The export has ended already.",
        {},
        { status: row.status },
      );
    }
    await recordAudit(ctx, tx, {
      actorUserId: actor.userId,
      action: "export.cancelled",
      subjectType: "study",
      subjectId: cancelled.studyId,
      data: { exportId },
    });
  });
  ctx.wakeExports();
}
