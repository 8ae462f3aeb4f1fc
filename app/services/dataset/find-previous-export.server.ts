import { and, desc, eq, lt } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import type { ExportRow } from "../../domain/export-job.ts";
import type { ServiceContext } from "../context.ts";
import { selectExports, toExportRow } from "./export-row.ts";

/** The finished export of the same study and profile before this one, to be compared with it; null = it was the first. */
export async function findPreviousExport(
  ctx: ServiceContext,
  actor: Actor,
  { studyId, profile, createdAtMs }: Pick<ExportRow, "studyId" | "profile" | "createdAtMs">,
): Promise<ExportRow | null> {
  assertCapability(actor, "dataset.export");
  const { exports } = ctx.store.t;
  const [found] = await selectExports(ctx)
    .where(
      and(
        eq(exports.studyId, studyId),
        eq(exports.profile, profile),
        eq(exports.status, "ready"),
        lt(exports.createdAtMs, createdAtMs),
      ),
    )
    .orderBy(desc(exports.createdAtMs))
    .limit(1);
  return found ? toExportRow(found) : null;
}
