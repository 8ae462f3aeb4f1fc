import { and, eq, isNull } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound, RequestError } from "../../domain/errors.ts";
import type { ServiceContext } from "../context.ts";
import { recordAudit } from "../record-event.ts";
import { takeOffFiles } from "./export-files.ts";

/**
 * Removes the files of a finished export; the export stays in the history. Again has no effect. Throws NOT_FOUND, and
 * ILLEGAL_TRANSITION when it has no files.
 */
export async function removeExportFiles(
  ctx: ServiceContext,
  actor: Actor,
  { exportId }: { exportId: string },
): Promise<void> {
  assertCapability(actor, "dataset.export");
  const { exports } = ctx.store.t;
  const [row] = await ctx.store.read
    .select({ status: exports.status, removedAtMs: exports.filesRemovedAtMs, studyId: exports.studyId })
    .from(exports)
    .where(eq(exports.id, exportId));
  if (!row) throw notFound("export");
  if (row.status !== "ready")
    throw new RequestError("ILLEGAL_TRANSITION", "This export has no files.", {}, { status: row.status });
  if (row.removedAtMs !== null) return;
  await takeOffFiles(ctx, exportId, (tx) =>
    recordAudit(ctx, tx, {
      actorUserId: actor.userId,
      action: "export.removed",
      subjectType: "study",
      subjectId: row.studyId,
      data: { exportId },
    }),
  );
}

/** Removes the files of exports whose time is over. Returns how many exports. */
export async function removeExpiredExports(ctx: ServiceContext): Promise<number> {
  const { exports } = ctx.store.t;
  const rows = await ctx.store.read
    .select({ id: exports.id, expiresAtMs: exports.expiresAtMs })
    .from(exports)
    .where(and(eq(exports.status, "ready"), isNull(exports.filesRemovedAtMs)));
  const expired = rows.filter(({ expiresAtMs }) => expiresAtMs !== null && expiresAtMs <= ctx.now());
  for (const { id } of expired) await takeOffFiles(ctx, id);
  return expired.length;
}
