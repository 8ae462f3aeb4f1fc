import { and, eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { ExportRow } from "../../domain/export-job.ts";
import type { ServiceContext } from "../context.ts";
import { selectExports, toExportRow } from "./export-row.ts";
import { afterCursor, cutPage, newestFirst, pageSize } from "./keyset.ts";

export interface ListExportsResult {
  rows: ExportRow[];
  /** For the next page; null = this was the last. */
  nextCursor: string | null;
}

/** The exports of a study, the newest first. Throws BAD_REQUEST for a cursor that is none of ours. */
export async function listExports(
  ctx: ServiceContext,
  actor: Actor,
  { studyId, cursor, limit }: { studyId: string; cursor?: string | null; limit?: number },
): Promise<ListExportsResult> {
  assertCapability(actor, "dataset.export");
  const { exports } = ctx.store.t;
  const size = pageSize(limit);
  const found = await selectExports(ctx)
    .where(and(eq(exports.studyId, studyId), afterCursor(cursor, exports.createdAtMs, exports.id)))
    .orderBy(...newestFirst(exports.createdAtMs, exports.id))
    .limit(size + 1);
  return cutPage(found.map(toExportRow), size, (row) => ({ ms: row.createdAtMs, id: row.exportId }));
}
