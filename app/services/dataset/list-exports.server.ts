import { asc, desc, eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { ExportRow } from "../../domain/staff-views.ts";
import type { ServiceContext } from "../context.ts";

const EXPORTS_MAX = 100;

/** The exports of a study, the newest first (at most 100). */
export async function listExports(
  ctx: ServiceContext,
  actor: Actor,
  { studyId }: { studyId: string },
): Promise<ExportRow[]> {
  assertCapability(actor, "dataset.export");
  const { exports } = ctx.store.t;
  const rows = await ctx.store.read
    .select()
    .from(exports)
    .where(eq(exports.studyId, studyId))
    .orderBy(desc(exports.createdAtMs), asc(exports.id))
    .limit(EXPORTS_MAX);
  return rows.map((row) => ({
    exportId: row.id,
    status: row.status,
    profile: row.profile,
    files: row.files ?? [],
    error: row.error,
    createdAtMs: row.createdAtMs,
    finishedAtMs: row.finishedAtMs,
  }));
}
