import { eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import type { ExportRow } from "../../domain/staff-views.ts";
import type { ServiceContext } from "../context.ts";

/** One export. Throws NOT_FOUND. */
export async function getExport(
  ctx: ServiceContext,
  actor: Actor,
  { exportId }: { exportId: string },
): Promise<ExportRow & { studyId: string }> {
  assertCapability(actor, "dataset.export");
  const { exports } = ctx.store.t;
  const [row] = await ctx.store.read.select().from(exports).where(eq(exports.id, exportId));
  if (!row) throw notFound("export");
  return {
    exportId: row.id,
    studyId: row.studyId,
    status: row.status,
    profile: row.profile,
    files: row.files ?? [],
    error: row.error,
    createdAtMs: row.createdAtMs,
    finishedAtMs: row.finishedAtMs,
  };
}
