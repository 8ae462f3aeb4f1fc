import { eq } from "drizzle-orm";
import { type Actor, assertCapability } from "../../domain/actor.ts";
import { notFound } from "../../domain/errors.ts";
import type { ExportRow } from "../../domain/export-job.ts";
import type { ServiceContext } from "../context.ts";
import { selectExports, toExportRow } from "./export-row.ts";

/** One export. Throws NOT_FOUND. */
export async function getExport(
  ctx: ServiceContext,
  actor: Actor,
  { exportId }: { exportId: string },
): Promise<ExportRow> {
  assertCapability(actor, "dataset.export");
  const [found] = await selectExports(ctx).where(eq(ctx.store.t.exports.id, exportId));
  if (!found) throw notFound("export");
  return toExportRow(found);
}
